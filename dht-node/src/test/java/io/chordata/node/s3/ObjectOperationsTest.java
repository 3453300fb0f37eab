package io.chordata.node.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single objects over HTTP, on a whole node. */
@SuppressWarnings("NullAway.Init")
class ObjectOperationsTest {
    @TempDir
    static Path directory;

    private static S3TestNode node;
    private static S3TestClient client;

    @BeforeAll
    static void start() {
        node = new S3TestNode(directory);
        client = node.client();
        assertThat(client.call("PUT", "/bkt").outcome()).isEqualTo("200");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void bucket_fromCreateToDelete_answersAsS3() {
        assertThat(client.call("PUT", "/fresh").header("Location")).isEqualTo("/fresh");
        assertThat(client.call("PUT", "/fresh").outcome()).isEqualTo("409 BucketAlreadyOwnedByYou");
        assertThat(client.call("HEAD", "/fresh").header("x-amz-bucket-region")).isEqualTo("us-east-1");
        assertThat(client.get("/").all("Name")).contains("bkt", "fresh");
        assertThat(client.put("/fresh/k", "x").outcome()).isEqualTo("200");
        assertThat(client.delete("/fresh").outcome()).isEqualTo("409 BucketNotEmpty");
        assertThat(client.delete("/fresh/k").outcome()).isEqualTo("204");
        assertThat(client.delete("/fresh").outcome()).isEqualTo("204");
        assertThat(client.call("HEAD", "/fresh").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16 << 10, (16 << 10) + 1, 1 << 20, (5 << 20) + 1})
    void object_ofAnySize_comesBackEqual(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        HttpReply put = client.call("PUT", "/bkt/size-" + size, bytes);
        assertThat(put.outcome()).isEqualTo("200");
        HttpReply get = client.get("/bkt/size-" + size);
        assertThat(get.body()).isEqualTo(bytes);
        assertThat(get.header("ETag")).isEqualTo(put.header("ETag"));
        assertThat(client.call("HEAD", "/bkt/size-" + size).header("Content-Length"))
                .isEqualTo("" + size);
    }

    @Test
    void object_withMetadata_comesBackWithIt() {
        String utf8 = new String("\u0436".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        client.put(
                "/bkt/meta",
                "x",
                "Content-Type",
                "text/plain",
                "Cache-Control",
                "no-cache",
                "Content-Encoding",
                "gzip, aws-chunked",
                "x-amz-meta-Colour",
                "blue",
                "x-amz-meta-utf8",
                utf8);
        HttpReply get = client.get("/bkt/meta");
        assertThat(get.header("Content-Type")).isEqualTo("text/plain");
        assertThat(get.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(get.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(get.header("x-amz-meta-colour")).isEqualTo("blue");
        assertThat(get.header("x-amz-meta-utf8")).isEqualTo(utf8);
        HttpReply overridden =
                client.get("/bkt/meta?response-content-type=a%2Fb&response-content-disposition=x%3D%D0%B6");
        assertThat(overridden.header("Content-Type")).isEqualTo("a/b");
        assertThat(overridden.header("Content-Disposition")).isEqualTo("x=" + utf8);
        assertThat(client.get("/bkt/meta?response-content-type=a%0D%0Ab").outcome())
                .isEqualTo("400 InvalidArgument");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "bytes=0-0, 206, 0, 'bytes 0-0/10'",
                "bytes=2-5, 206, 2345, 'bytes 2-5/10'",
                "bytes=7-, 206, 789, 'bytes 7-9/10'",
                "bytes=-3, 206, 789, 'bytes 7-9/10'",
                "bytes=-30, 206, 0123456789, 'bytes 0-9/10'",
                "bytes=-99999999999999999999, 206, 0123456789, 'bytes 0-9/10'",
                "bytes=000000000000000000007-, 206, 789, 'bytes 7-9/10'",
                "bytes=8-99999999999999999999, 206, 89, 'bytes 8-9/10'",
                "bytes=8-30, 206, 89, 'bytes 8-9/10'",
                "'bytes=0-1,3-4', 200, 0123456789, -",
                "bytes=5-2, 200, 0123456789, -",
                "chars=0-1, 200, 0123456789, -",
                "bytes=-, 200, 0123456789, -",
            })
    void range_thatCanBe_isAnswered(String range, int status, String body, String contentRange) {
        client.put("/bkt/range", "0123456789");
        HttpReply reply = client.get("/bkt/range", "Range", range);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text()).isEqualTo(body);
        assertThat(reply.headers().get("Content-Range")).isEqualTo(contentRange);
        assertThat(client.call("HEAD", "/bkt/range", "Range", range).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=99-100", "bytes=-0", "bytes=99999999999999999999-"})
    void range_thatCannotBe_isRefused(String range) {
        client.put("/bkt/range", "0123456789");
        HttpReply reply = client.get("/bkt/range", "Range", range);
        assertThat(reply.outcome()).isEqualTo("416 InvalidRange");
        assertThat(reply.header("Content-Range")).isEqualTo("bytes */10");
    }

    @Test
    void read_underConditions_followsTheirPrecedence() {
        String eTag = client.put("/bkt/cond", "x").header("ETag");
        String modified = client.call("HEAD", "/bkt/cond").header("Last-Modified");
        String before = "Sun, 06 Nov 1994 08:49:37 GMT";
        assertThat(client.get("/bkt/cond", "If-Match", eTag).status()).isEqualTo(200);
        assertThat(client.get("/bkt/cond", "If-Match", "\"other\"").outcome()).isEqualTo("412 PreconditionFailed");
        assertThat(client.get("/bkt/cond", "If-None-Match", eTag).status()).isEqualTo(304);
        assertThat(client.get("/bkt/cond", "If-None-Match", "*").status()).isEqualTo(304);
        assertThat(client.get("/bkt/cond", "If-None-Match", "\"other\"").status())
                .isEqualTo(200);
        assertThat(client.get("/bkt/cond", "If-Modified-Since", modified).status())
                .isEqualTo(304);
        assertThat(client.get("/bkt/cond", "If-Modified-Since", before).status())
                .isEqualTo(200);
        assertThat(client.get("/bkt/cond", "If-Unmodified-Since", before).status())
                .isEqualTo(412);
        assertThat(client.get("/bkt/cond", "If-Unmodified-Since", modified).status())
                .isEqualTo(200);
        assertThat(client.get("/bkt/cond", "If-Match", eTag, "If-Unmodified-Since", before)
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/bkt/cond", "If-None-Match", "\"other\"", "If-Modified-Since", modified)
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/bkt/cond", "If-None-Match", eTag, "If-Modified-Since", before)
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../x",
                "./a/../b",
                "/leading",
                "//two",
                "trailing/",
                "a//b",
                "a%2Fb",
                "a%252Fb",
                "%2e%2e",
                "sp%20ace",
                "pl+us",
                "per%25cent",
                "%3Fquestion",
                "%23hash",
                "%26%3D",
                "%0A%0D%09",
                "%01",
                "%D0%B6%F0%9F%98%80",
                "%EF%BB%BFbom",
                "%22%27%3C%3E",
            })
    void key_ofAnyText_isKeptExactly(String encoded) {
        assertThat(client.put("/bkt/odd-" + encoded, encoded).outcome()).isEqualTo("200");
        assertThat(client.get("/bkt/odd-" + encoded).text()).isEqualTo(encoded);
        String key = PercentDecoding.decode("odd-" + encoded, false);
        HttpReply list = client.get("/bkt?list-type=2&encoding-type=url&prefix=odd-" + encoded.replace("+", "%2B"));
        assertThat(list.all("Key").stream().map(k -> PercentDecoding.decode(k, false)))
                .contains(key);
        assertThat(client.delete("/bkt/odd-" + encoded).outcome()).isEqualTo("204");
        assertThat(client.get("/bkt/odd-" + encoded).outcome()).isEqualTo("404 NoSuchKey");
    }

    @Test
    void key_withALeadingSlash_isAnotherThanWithout() {
        client.put("/bkt//slash", "with");
        assertThat(client.get("/bkt/slash").outcome()).isEqualTo("404 NoSuchKey");
        assertThat(client.get("/bkt//slash").text()).isEqualTo("with");
    }

    @Test
    void bucket_asHost_isTheSameAsInThePath() {
        client.put("/bkt/virtual", "x");
        assertThat(client.get("/virtual", "Host", "bkt.localhost:9000").text()).isEqualTo("x");
    }

    @Test
    void writes_underConditions_areDecidedAtTheCommit() {
        assertThat(client.put("/bkt/cw", "1", "If-Match", "\"x\"").outcome()).isEqualTo("404 NoSuchKey");
        assertThat(client.put("/bkt/cw", "1", "If-Match", "*").outcome()).isEqualTo("404 NoSuchKey");
        HttpReply first = client.put("/bkt/cw", "1", "If-None-Match", "*");
        assertThat(first.outcome()).isEqualTo("200");
        assertThat(client.put("/bkt/cw", "2", "If-None-Match", "*").outcome()).isEqualTo("412 PreconditionFailed");
        assertThat(client.put("/bkt/cw", "2", "If-Match", "\"other\"").outcome())
                .isEqualTo("412 PreconditionFailed");
        assertThat(client.put("/bkt/cw", "2", "If-Match", first.header("ETag")).outcome())
                .isEqualTo("200");
        assertThat(client.put("/bkt/cw", "3", "If-None-Match", "\"x\"").outcome())
                .isEqualTo("501 NotImplemented");
        assertThat(client.put("/bkt/cw", "3", "If-None-Match", "*", "If-Match", "*")
                        .outcome())
                .isEqualTo("501 NotImplemented");
        assertThat(client.delete("/bkt/cw", "If-Match", first.header("ETag")).outcome())
                .isEqualTo("412 PreconditionFailed");
        assertThat(client.get("/bkt/cw").text()).isEqualTo("2");
    }

    @Test
    void puts_twentyAtOnceIfNoneMatch_exactlyOneWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            for (int round = 0; round < 10; round++) {
                String uri = "/bkt/race-" + round;
                List<Callable<String>> puts = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    String text = "writer " + i;
                    puts.add(() -> client.put(uri, text, "If-None-Match", "*").outcome());
                }
                List<String> outcomes = new ArrayList<>();
                for (Future<String> put : threads.invokeAll(puts)) {
                    outcomes.add(put.get());
                }
                assertThat(outcomes).filteredOn("200"::equals).hasSize(1);
                assertThat(outcomes)
                        .filteredOn("412 PreconditionFailed"::equals)
                        .hasSize(19);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void copy_ofAnObject_hasItsBytesAndMetadata() {
        client.put("/bkt/source+%20%D0%B6", "bytes", "x-amz-meta-a", "1", "Content-Type", "text/plain");
        HttpReply copy =
                client.call("PUT", "/bkt/target", "x-amz-copy-source", "/bkt/source%2B%20%D0%B6?versionId=null");
        assertThat(copy.outcome()).isEqualTo("200");
        HttpReply get = client.get("/bkt/target");
        assertThat(get.text()).isEqualTo("bytes");
        assertThat(get.header("x-amz-meta-a")).isEqualTo("1");
        assertThat(copy.element("ETag").replace("&quot;", "\"")).isEqualTo(get.header("ETag"));
        client.call(
                "PUT",
                "/bkt/target",
                "x-amz-copy-source",
                "bkt/target",
                "x-amz-metadata-directive",
                "REPLACE",
                "x-amz-meta-b",
                "2");
        assertThat(client.get("/bkt/target").header("x-amz-meta-a")).isEmpty();
        assertThat(client.get("/bkt/target").header("x-amz-meta-b")).isEqualTo("2");
    }

    @Test
    void copy_thatCannotBe_isRefused() {
        String eTag = client.put("/bkt/cs", "x").header("ETag");
        String source = "x-amz-copy-source";
        assertThat(client.call("PUT", "/bkt/cs", source, "bkt/cs").outcome()).isEqualTo("400 InvalidRequest");
        assertThat(client.call("PUT", "/bkt/ct", source, "bkt/missing").outcome())
                .isEqualTo("404 NoSuchKey");
        assertThat(client.call("PUT", "/bkt/ct", source, "missing/x").outcome()).isEqualTo("404 NoSuchBucket");
        assertThat(client.call("PUT", "/bkt/ct", source, "bkt").outcome()).isEqualTo("400 InvalidArgument");
        assertThat(client.call("PUT", "/bkt/ct", source, "bkt/%ff").outcome()).isEqualTo("400 InvalidArgument");
        assertThat(client.call("PUT", "/bkt/ct", source, "bkt/cs?versionId=x").outcome())
                .isEqualTo("400 InvalidArgument");
        assertThat(client.call("PUT", "/bkt/ct", source, "bkt/cs", source + "-if-match", "\"no\"")
                        .outcome())
                .isEqualTo("412 PreconditionFailed");
        assertThat(client.call("PUT", "/bkt/ct", source, "bkt/cs", source + "-if-none-match", eTag)
                        .outcome())
                .isEqualTo("412 PreconditionFailed");
        assertThat(client.call("PUT", "/bkt/ct", source, "bkt/cs", source + "-if-match", eTag)
                        .outcome())
                .isEqualTo("200");
    }

    @Test
    void checksum_thatTheClientGave_isVerifiedKeptAndShown() {
        CRC32 crc = new CRC32();
        crc.update("checksummed".getBytes(StandardCharsets.UTF_8));
        String crc32 = Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
        HttpReply wrong = client.put("/bkt/sum", "checksummed", "x-amz-checksum-crc32", "AAAAAA==");
        assertThat(wrong.outcome()).isEqualTo("400 BadDigest");
        assertThat(client.get("/bkt/sum").outcome()).isEqualTo("404 NoSuchKey");
        HttpReply put = client.put("/bkt/sum", "checksummed", "x-amz-checksum-crc32", crc32);
        assertThat(put.header("x-amz-checksum-crc32")).isEqualTo(crc32);
        assertThat(put.header("x-amz-checksum-type")).isEqualTo("FULL_OBJECT");
        assertThat(client.get("/bkt/sum").header("x-amz-checksum-crc32")).isEmpty();
        assertThat(client.get("/bkt/sum", "x-amz-checksum-mode", "ENABLED").header("x-amz-checksum-crc32"))
                .isEqualTo(crc32);
        HttpReply attributes = client.get("/bkt/sum?attributes", "x-amz-object-attributes", "ETag,Checksum,ObjectSize");
        assertThat(attributes.element("ChecksumCRC32")).isEqualTo(crc32);
        assertThat(attributes.element("ObjectSize")).isEqualTo("11");
        assertThat(attributes.element("ETag")).hasSize(32);
    }
}

package io.chordata.node.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Multipart uploads over HTTP, on a whole node. */
@SuppressWarnings("NullAway.Init")
class MultipartOperationsTest {
    private static final byte[] PART = new byte[5 << 20];
    private static final byte[] LAST = "the end".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path directory;

    private static S3TestNode node;
    private static S3TestClient client;

    @BeforeAll
    static void start() {
        node = new S3TestNode(directory);
        client = node.client();
        client.call("PUT", "/bkt");
        new Random(1).nextBytes(PART);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void upload_ofTwoParts_becomesOneObject() {
        String upload = create("/bkt/two", "x-amz-meta-a", "1");
        String first = part("/bkt/two", upload, 1, PART);
        String last = part("/bkt/two", upload, 2, LAST);
        HttpReply parts = client.get("/bkt/two?uploadId=" + upload + "&max-parts=1");
        assertThat(parts.element("NextPartNumberMarker")).isEqualTo("1");
        assertThat(parts.element("IsTruncated")).isEqualTo("true");
        assertThat(client.get("/bkt?uploads").all("UploadId")).contains(upload);
        HttpReply complete = complete("/bkt/two", upload, first, last);
        assertThat(complete.outcome()).isEqualTo("200");
        assertThat(complete.element("ETag")).endsWith("-2&quot;");
        assertThat(complete("/bkt/two", upload, first, last).element("ETag")).isEqualTo(complete.element("ETag"));
        HttpReply get = client.get("/bkt/two");
        assertThat(get.header("x-amz-meta-a")).isEqualTo("1");
        assertThat(get.body()).hasSize(PART.length + LAST.length);
        assertThat(Arrays.equals(get.body(), 0, PART.length, PART, 0, PART.length))
                .isTrue();
        assertPartsCanBeRead();
        assertThat(client.get("/bkt?uploads").all("UploadId")).doesNotContain(upload);
    }

    private static void assertPartsCanBeRead() {
        HttpReply second = client.get("/bkt/two?partNumber=2");
        assertThat(second.status()).isEqualTo(206);
        assertThat(second.body()).isEqualTo(LAST);
        assertThat(second.header("Content-Range")).isEqualTo("bytes 5242880-5242886/5242887");
        assertThat(second.header("x-amz-mp-parts-count")).isEqualTo("2");
        HttpReply head = client.call("HEAD", "/bkt/two?partNumber=1");
        assertThat(head.header("Content-Length")).isEqualTo("5242880");
        assertThat(client.get("/bkt/two?partNumber=3").outcome()).isEqualTo("416 InvalidPartNumber");
        assertThat(client.get("/bkt/two?partNumber=1", "Range", "bytes=0-1").outcome())
                .isEqualTo("400 InvalidRequest");
        HttpReply across = client.get("/bkt/two", "Range", "bytes=5242879-5242881");
        assertThat(across.body()).containsExactly(PART[PART.length - 1], LAST[0], LAST[1]);
        HttpReply attributes = client.get("/bkt/two?attributes", "x-amz-object-attributes", "ObjectParts");
        assertThat(attributes.element("PartsCount")).isEqualTo("2");
    }

    @Test
    void complete_withWrongParts_isRefusedAndCanBeRepeated() {
        String upload = create("/bkt/wrong");
        String first = part("/bkt/wrong", upload, 1, LAST);
        String second = part("/bkt/wrong", upload, 2, LAST);
        assertThat(complete("/bkt/wrong", upload, first, second).outcome()).isEqualTo("400 EntityTooSmall");
        assertThat(complete("/bkt/wrong", upload, "\"none\"").outcome()).isEqualTo("400 InvalidPart");
        String swapped = "<CompleteMultipartUpload><Part><PartNumber>2</PartNumber><ETag>" + second
                + "</ETag></Part><Part><PartNumber>1</PartNumber><ETag>" + first
                + "</ETag></Part></CompleteMultipartUpload>";
        assertThat(post("/bkt/wrong?uploadId=" + upload, swapped).outcome()).isEqualTo("400 InvalidPartOrder");
        assertThat(post("/bkt/wrong?uploadId=" + upload, "<CompleteMultipartUpload/>")
                        .outcome())
                .isEqualTo("400 MalformedXML");
        assertThat(client.get("/bkt/wrong").outcome()).isEqualTo("404 NoSuchKey");
        assertThat(complete("/bkt/wrong", upload, first).outcome()).isEqualTo("200");
        assertThat(client.get("/bkt/wrong").body()).isEqualTo(LAST);
    }

    @Test
    void complete_underConditions_isDecidedAtTheCommit() {
        String upload = create("/bkt/once");
        String eTag = part("/bkt/once", upload, 1, LAST);
        client.put("/bkt/once", "before");
        String document = document(eTag);
        assertThat(post("/bkt/once?uploadId=" + upload, document, "If-None-Match", "*")
                        .outcome())
                .isEqualTo("412 PreconditionFailed");
        assertThat(post("/bkt/once?uploadId=" + upload, document, "If-Match", "\"no\"")
                        .outcome())
                .isEqualTo("412 PreconditionFailed");
        assertThat(client.delete("/bkt/once").outcome()).isEqualTo("204");
        assertThat(post("/bkt/once?uploadId=" + upload, document, "If-None-Match", "*")
                        .outcome())
                .isEqualTo("200");
    }

    @Test
    void upload_thatIsAborted_isGone() {
        String upload = create("/bkt/aborted");
        part("/bkt/aborted", upload, 1, LAST);
        assertThat(client.delete("/bkt/aborted?uploadId=" + upload).outcome()).isEqualTo("204");
        assertThat(client.delete("/bkt/aborted?uploadId=" + upload).outcome()).isEqualTo("404 NoSuchUpload");
        assertThat(client.get("/bkt/aborted").outcome()).isEqualTo("404 NoSuchKey");
    }

    @Test
    void part_copiedFromAnObject_hasItsRange() {
        client.put("/bkt/from", "0123456789");
        String upload = create("/bkt/to");
        String uri = "/bkt/to?partNumber=1&uploadId=" + upload;
        String range = "x-amz-copy-source-range";
        HttpReply copy = client.call("PUT", uri, "x-amz-copy-source", "/bkt/from", range, "bytes=2-5");
        assertThat(copy.outcome()).isEqualTo("200");
        assertThat(client.call("PUT", uri, "x-amz-copy-source", "/bkt/from", range, "bytes=2-10")
                        .outcome())
                .isEqualTo("400 InvalidArgument");
        assertThat(client.call("PUT", uri, "x-amz-copy-source", "/bkt/from", range, "bytes=2-")
                        .outcome())
                .isEqualTo("400 InvalidArgument");
        assertThat(complete("/bkt/to", upload, copy.element("ETag")).outcome()).isEqualTo("200");
        assertThat(client.get("/bkt/to").text()).isEqualTo("2345");
    }

    @ParameterizedTest
    @CsvSource({
        "CRC32, COMPOSITE, 200",
        "CRC32, FULL_OBJECT, 200",
        "CRC64NVME, FULL_OBJECT, 200",
        "CRC64NVME, COMPOSITE, 400",
        "SHA1, FULL_OBJECT, 400",
        "SHA256, COMPOSITE, 200",
        "MD5, COMPOSITE, 400",
        "CRC32, NONE, 400",
    })
    void upload_withAChecksum_takesTheTypesThatExist(String algorithm, String type, int status) {
        assertThat(client.call(
                                "POST",
                                "/bkt/sum?uploads",
                                "x-amz-checksum-algorithm",
                                algorithm,
                                "x-amz-checksum-type",
                                type)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void upload_withAFullChecksum_isVerifiedAtTheEnd() throws Exception {
        String[] headers = {"x-amz-checksum-algorithm", "CRC32", "x-amz-checksum-type", "FULL_OBJECT"};
        String upload = create("/bkt/full", headers);
        String first = part("/bkt/full", upload, 1, PART);
        String last = part("/bkt/full", upload, 2, LAST);
        String document = document(first, last);
        HttpReply wrong = post("/bkt/full?uploadId=" + upload, document, "x-amz-checksum-crc32", "AAAAAA==");
        assertThat(wrong.outcome()).isEqualTo("400 BadDigest");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(PART);
        whole.write(LAST);
        HttpReply right =
                post("/bkt/full?uploadId=" + upload, document, "x-amz-checksum-crc32", crc32(whole.toByteArray()));
        assertThat(right.element("ChecksumCRC32")).isEqualTo(crc32(whole.toByteArray()));
        assertThat(right.element("ChecksumType")).isEqualTo("FULL_OBJECT");
        HttpReply head = client.call("HEAD", "/bkt/full", "x-amz-checksum-mode", "ENABLED");
        assertThat(head.header("x-amz-checksum-crc32")).isEqualTo(crc32(whole.toByteArray()));
    }

    private static String crc32(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        byte[] value = new byte[4];
        for (int i = 0; i < 4; i++) {
            value[i] = (byte) (crc.getValue() >>> (24 - 8 * i));
        }
        return Base64.getEncoder().encodeToString(value);
    }

    private static String create(String uri, String... headers) {
        return client.call("POST", uri + "?uploads", headers).element("UploadId");
    }

    private static String part(String uri, String upload, int number, byte[] bytes) {
        HttpReply reply = client.call("PUT", uri + "?partNumber=" + number + "&uploadId=" + upload, bytes);
        assertThat(reply.outcome()).isEqualTo("200");
        return reply.header("ETag");
    }

    private static HttpReply complete(String uri, String upload, String... eTags) {
        return post(uri + "?uploadId=" + upload, document(eTags));
    }

    private static String document(String... eTags) {
        StringBuilder document = new StringBuilder("<CompleteMultipartUpload>");
        for (int i = 0; i < eTags.length; i++) {
            document.append("<Part><PartNumber>").append(i + 1).append("</PartNumber><ETag>");
            document.append(eTags[i]).append("</ETag></Part>");
        }
        return document.append("</CompleteMultipartUpload>").toString();
    }

    private static HttpReply post(String uri, String document, String... headers) {
        return client.call("POST", uri, document.getBytes(StandardCharsets.UTF_8), headers);
    }
}

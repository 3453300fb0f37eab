package io.chordata.node.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listings and batch deletes over HTTP, on a whole node. */
@SuppressWarnings("NullAway.Init")
class ListingOperationsTest {
    private static final int KEYS = 1500;

    @TempDir
    static Path directory;

    private static S3TestNode node;
    private static S3TestClient client;

    @BeforeAll
    static void start() throws Exception {
        node = new S3TestNode(directory);
        client = node.client();
        client.call("PUT", "/bkt");
        client.call("PUT", "/long");
        putAll(
                "/bkt",
                IntStream.range(0, KEYS).mapToObj(ListingOperationsTest::key).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?list-type=2", "?versions", "?delimiter=%02"})
    void names_thatNoXmlCanHold_areEncodedUnasked(String query) {
        client.call("PUT", "/control");
        client.put("/control/a%01b", "x");
        client.put("/control/plain%20name", "x");
        HttpReply page = client.get("/control" + query);
        assertThat(page.element("EncodingType")).isEqualTo("url");
        assertThat(page.all("Key")).containsExactly("a%01b", "plain%20name");
        HttpReply others = client.get("/control" + query + (query.isEmpty() ? "?" : "&") + "prefix=p");
        assertThat(others.element("EncodingType")).isEqualTo(query.contains("%02") ? "url" : "");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String key(int i) {
        return String.format("dir-%02d/key-%04d", i % 15, i);
    }

    private static void putAll(String bucket, List<String> keys) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> puts = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int first = t;
            puts.add(threads.submit(() -> {
                try (HttpConversation conversation = client.connect()) {
                    for (int i = first; i < keys.size(); i += 8) {
                        client.call(conversation, "PUT", bucket + "/" + keys.get(i), new byte[1]);
                    }
                }
            }));
        }
        for (Future<?> put : puts) {
            put.get();
        }
        threads.shutdown();
    }

    private static List<String> sorted() {
        return IntStream.range(0, KEYS)
                .mapToObj(ListingOperationsTest::key)
                .sorted()
                .toList();
    }

    @Test
    void listV2_pageByPage_isCompleteAndOrdered() {
        List<String> keys = new ArrayList<>();
        String token = "";
        do {
            HttpReply page = client.get(
                    "/bkt?list-type=2&max-keys=400" + (token.isEmpty() ? "" : "&continuation-token=" + token));
            keys.addAll(page.all("Key"));
            assertThat(page.element("KeyCount")).isEqualTo("" + page.all("Key").size());
            token = page.element("NextContinuationToken");
            assertThat(page.element("IsTruncated")).isEqualTo("" + !token.isEmpty());
        } while (!token.isEmpty());
        assertThat(keys).isEqualTo(sorted());
    }

    @Test
    void listV1_withMarkers_isCompleteAndOrdered() {
        List<String> keys = new ArrayList<>();
        HttpReply page = client.get("/bkt?marker=");
        keys.addAll(page.all("Key"));
        assertThat(page.all("Key")).hasSize(1000);
        assertThat(page.element("IsTruncated")).isEqualTo("true");
        keys.addAll(
                client.get("/bkt?marker=" + keys.get(999).replace("/", "%2F")).all("Key"));
        assertThat(keys).isEqualTo(sorted());
    }

    @Test
    void list_withDelimiter_rollsUpPrefixes() {
        HttpReply all = client.get("/bkt?list-type=2&delimiter=/");
        assertThat(all.all("Key")).isEmpty();
        assertThat(all.all("Prefix").stream().filter(p -> !p.isEmpty())).hasSize(15);
        HttpReply one = client.get("/bkt?delimiter=/&prefix=dir-03/&encoding-type=url");
        assertThat(one.all("Key")).hasSize(100);
        assertThat(one.element("EncodingType")).isEqualTo("url");
        HttpReply page = client.get("/bkt?delimiter=/&max-keys=4");
        assertThat(page.element("NextMarker")).isEqualTo("dir-03/");
        HttpReply next = client.get("/bkt?delimiter=/&max-keys=4&marker=dir-03/");
        assertThat(next.all("Prefix")).contains("dir-04/", "dir-07/").doesNotContain("dir-03/");
    }

    @Test
    void list_ofNothing_isEmpty() {
        HttpReply none = client.get("/bkt?list-type=2&max-keys=0");
        assertThat(none.element("KeyCount")).isEqualTo("0");
        assertThat(none.element("IsTruncated")).isEqualTo("false");
        assertThat(client.get("/bkt?prefix=nothing").all("Key")).isEmpty();
        assertThat(client.get("/bkt?list-type=2&start-after=z").all("Key")).isEmpty();
        assertThat(client.get("/bkt?list-type=2&max-keys=5000").element("MaxKeys"))
                .isEqualTo("1000");
    }

    @Test
    void listVersions_withoutVersioning_showsOneNullVersionEach() {
        HttpReply page = client.get("/bkt?versions&max-keys=2&prefix=dir-00/");
        assertThat(page.all("VersionId")).containsExactly("null", "null");
        assertThat(page.all("IsLatest")).containsExactly("true", "true");
        assertThat(page.element("NextVersionIdMarker")).isEqualTo("null");
        HttpReply next = client.get("/bkt?versions&max-keys=1&prefix=dir-00/&version-id-marker=null&key-marker="
                + page.element("NextKeyMarker"));
        assertThat(next.element("Key")).isEqualTo("dir-00/key-0030");
        assertThat(client.get("/bkt?versions&version-id-marker=null").outcome()).isEqualTo("400 InvalidArgument");
    }

    @Test
    void deletes_ofAThousandLongestKeys_allHappen() throws Exception {
        List<String> keys = IntStream.range(0, 1000)
                .mapToObj(i -> String.format("%04d", i) + "k".repeat(1020))
                .toList();
        putAll("/long", keys);
        assertThat(client.get("/long?list-type=2").all("Key")).hasSize(1000);
        StringBuilder document = new StringBuilder("<Delete>");
        keys.forEach(key -> document.append("<Object><Key>").append(key).append("</Key></Object>"));
        HttpReply reply = delete("/long", document.append("</Delete>").toString());
        assertThat(reply.outcome()).isEqualTo("200");
        assertThat(reply.all("Key")).isEqualTo(keys);
        assertThat(client.get("/long?list-type=2").all("Key")).isEmpty();
    }

    @Test
    void deletes_ofWhichSomeCannotBe_answerEachItsOwn() throws Exception {
        client.put("/long/a", "x");
        client.put("/long/b", "x");
        HttpReply reply = delete(
                "/long",
                "<Delete><Object><Key>a</Key></Object><Object><Key>b</Key><ETag>no</ETag></Object>"
                        + "<Object><Key>missing</Key></Object><Object><Key>" + "k".repeat(1025) + "</Key></Object>"
                        + "<Object><Key>v</Key><VersionId>x</VersionId></Object>"
                        + "<Object><Key>s</Key><Size>1</Size></Object></Delete>");
        assertThat(reply.text()).contains("<Deleted><Key>a</Key></Deleted>", "<Deleted><Key>missing</Key></Deleted>");
        assertThat(reply.all("Code"))
                .containsExactly("PreconditionFailed", "KeyTooLongError", "InvalidArgument", "NotImplemented");
        HttpReply quiet = delete("/long", "<Delete><Quiet>true</Quiet><Object><Key>b</Key></Object></Delete>");
        assertThat(quiet.all("Key")).isEmpty();
        assertThat(client.get("/long/b").outcome()).isEqualTo("404 NoSuchKey");
        assertThat(client.call("POST", "/long?delete", "<Delete/>".getBytes(StandardCharsets.UTF_8))
                        .outcome())
                .isEqualTo("400 InvalidRequest");
    }

    private static HttpReply delete(String bucket, String document) throws Exception {
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        String md5 = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(body));
        return client.call("POST", bucket + "?delete", body, "Content-MD5", md5);
    }
}

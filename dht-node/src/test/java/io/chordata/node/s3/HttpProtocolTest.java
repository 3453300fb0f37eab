package io.chordata.node.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.process.Await;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients notice of the connection rather than of the answer. */
@SuppressWarnings("NullAway.Init")
class HttpProtocolTest {
    private static final int VERSION_BYTES = 8 << 20;

    @TempDir
    static Path directory;

    private static S3TestNode node;
    private static S3TestClient client;

    @BeforeAll
    static void start() {
        node = new S3TestNode(
                directory,
                new S3Options(
                        "127.0.0.1",
                        0,
                        List.of("localhost"),
                        "eu-north-7",
                        5_000,
                        1_000,
                        1,
                        4_500,
                        1_000,
                        1,
                        1,
                        30_000));
        client = node.client();
        client.call("PUT", "/bkt");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void answer_ofAnyKind_hasItsNames() {
        HttpReply good = client.put("/bkt/k", "x");
        HttpReply bad = client.get("/bkt/none");
        for (HttpReply reply : List.of(good, bad)) {
            assertThat(reply.header("x-amz-request-id")).matches("[0-9A-F]{16}");
            assertThat(reply.header("x-amz-id-2")).isEqualTo("test-node");
            assertThat(reply.header("Server")).isEqualTo("Chordata");
            assertThat(HttpDates.parseSeconds(reply.header("Date"))).isPresent();
        }
        assertThat(bad.element("RequestId")).isEqualTo(bad.header("x-amz-request-id"));
        assertThat(bad.element("Resource")).isEqualTo("/bkt/none");
        assertThat(bad.header("Content-Type")).isEqualTo("application/xml");
        assertThat(client.get("/bkt?location").element("LocationConstraint")).isEmpty();
        assertThat(client.get("/bkt?location").text()).contains(">eu-north-7<");
    }

    @Test
    void head_thatFails_hasNoBody() {
        try (HttpConversation conversation = client.connect()) {
            assertThat(client.call(conversation, "HEAD", "/bkt/none", S3TestClient.NOTHING)
                            .status())
                    .isEqualTo(404);
            assertThat(client.call(conversation, "GET", "/bkt/none", S3TestClient.NOTHING)
                            .outcome())
                    .isEqualTo("404 NoSuchKey");
        }
    }

    @Test
    void continue_forAGoodRequest_comesBeforeTheAnswer() {
        try (HttpConversation conversation = client.connect()) {
            conversation.send(client.head("PUT", "/bkt/continued", 5, "Expect", "100-continue"));
            assertThat(conversation.receive().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
            conversation.send("hello");
            assertThat(conversation.receive().outcome()).isEqualTo("200");
            assertThat(client.call(conversation, "GET", "/bkt/continued", S3TestClient.NOTHING)
                            .text())
                    .isEqualTo("hello");
        }
    }

    @Test
    void continue_forARefusedRequest_neverComes() {
        for (String[] wrong : new String[][] {
            {"/none/k", "404 NoSuchBucket"}, {"/bkt/k?uploadId=x&partNumber=1", "404 NoSuchUpload"},
        }) {
            try (HttpConversation conversation = client.connect()) {
                conversation.send(client.head("PUT", wrong[0], 5, "Expect", "100-continue"));
                HttpReply reply = conversation.receive();
                assertThat(reply.outcome()).isEqualTo(wrong[1]);
                assertThat(reply.header("Connection")).isEqualTo("close");
            }
        }
        try (HttpConversation conversation = client.connect()) {
            conversation.send(client.unsigned("PUT", "/bkt/k", "Expect", "100-continue", "Content-Length", "5"));
            assertThat(conversation.receive().outcome()).isEqualTo("403 AccessDenied");
        }
    }

    @Test
    void continue_forAnEmptyBody_comesAllTheSame() {
        try (HttpConversation conversation = client.connect()) {
            for (int i = 0; i < 2; i++) {
                conversation.send(client.head("PUT", "/bkt/empty", 0, "Expect", "100-continue"));
                assertThat(conversation.receive().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
                HttpReply reply = conversation.receive();
                assertThat(reply.outcome()).isEqualTo("200");
                assertThat(reply.header("Connection")).isEmpty();
            }
        }
    }

    @Test
    void form_withoutSignatureInItsHead_isNotOffered() {
        try (HttpConversation conversation = client.connect()) {
            conversation.send(client.unsigned("POST", "/bkt", "Content-Length", "0"));
            assertThat(conversation.receive().outcome()).isEqualTo("501 NotImplemented");
        }
    }

    @Test
    void connection_afterRefusals_servesOn() {
        try (HttpConversation conversation = client.connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.call(conversation, "PUT", "/none/k", new byte[100_000])
                                .outcome())
                        .isEqualTo("404 NoSuchBucket");
                assertThat(client.call(conversation, "PUT", "/bkt/k", new byte[10], "Content-MD5", "x")
                                .outcome())
                        .isEqualTo("400 InvalidDigest");
                assertThat(client.call(conversation, "GET", "/bkt/none", S3TestClient.NOTHING)
                                .outcome())
                        .isEqualTo("404 NoSuchKey");
                assertThat(client.call(conversation, "PUT", "/bkt/again", new byte[100])
                                .outcome())
                        .isEqualTo("200");
            }
        }
    }

    @Test
    void refusal_ofALargeBody_reachesTheClientThatSendsOn() {
        try (HttpConversation conversation = client.connect()) {
            HttpReply reply = client.call(conversation, "PUT", "/none/large", new byte[16 << 20]);
            assertThat(reply.outcome()).isEqualTo("404 NoSuchBucket");
            assertThat(reply.header("Connection")).isEqualTo("close");
            assertThat(conversation.isAtEnd()).isTrue();
        }
    }

    @Test
    void requests_inOneWrite_areAnsweredInOrder() {
        client.put("/bkt/pipelined", "x");
        try (HttpConversation conversation = client.connect()) {
            String one = new String(client.head("GET", "/bkt/pipelined", 0), StandardCharsets.ISO_8859_1);
            String two = new String(client.head("GET", "/bkt/none", 0), StandardCharsets.ISO_8859_1);
            conversation.send(one + two + one);
            assertThat(conversation.receive().text()).isEqualTo("x");
            assertThat(conversation.receive().outcome()).isEqualTo("404 NoSuchKey");
            assertThat(conversation.receive().text()).isEqualTo("x");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: h\n\n",
                "PUT /bkt/k HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
                "PUT /bkt/k HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "PUT /bkt/k HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n",
                "PUT /bkt/k HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nx-amz-meta-a: \u0001\r\n\r\n",
                "nonsense\r\n\r\n",
            })
    void request_thatIsNoCleanHttp_endsTheConnection(String text) {
        try (HttpConversation conversation = client.connect()) {
            conversation.send(text);
            assertThat(conversation.receive().status()).isEqualTo(400);
            assertThat(conversation.isAtEnd()).isTrue();
        }
    }

    /** Each is answered once, and what stands behind it in the same bytes is no request of ours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /bkt/k HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n",
                "PUT /bkt/k HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\n folded: 1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nX-A: b\r\n\tContent-Length: 1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\n: nameless\r\n\r\n",
                "PUT /bkt/k HTTP/1.1\r\nHost: h\r\nHost: i\r\nContent-Length: 0\r\n\r\n",
                "PUT /bkt/k HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
            })
    void request_behindARefusedFraming_isNotServed(String text) {
        client.put("/bkt/kept", "x");
        try (HttpConversation conversation = client.connect()) {
            String behind = new String(client.head("DELETE", "/bkt/kept", 0), StandardCharsets.ISO_8859_1);
            conversation.send(text + behind + behind);
            assertThat(conversation.receive().status()).isEqualTo(400);
            assertThat(conversation.isAtEnd()).isTrue();
        }
        assertThat(client.get("/bkt/kept").text()).isEqualTo("x");
    }

    @Test
    void request_behindAnAnswerThatEndsTheConnection_isNotServed() {
        client.put("/bkt/kept", "x");
        byte[] large = client.head("PUT", "/none/large", 2 << 20);
        byte[] behind = client.head("DELETE", "/bkt/kept", 0);
        for (int i = 0; i < 10; i++) {
            try (HttpConversation conversation = client.connect()) {
                conversation.send(Buffer.buffer()
                        .appendBytes(large)
                        .appendBytes(new byte[2 << 20])
                        .appendBytes(behind)
                        .getBytes());
                HttpReply reply = conversation.receive();
                assertThat(reply.outcome()).isEqualTo("404 NoSuchBucket");
                assertThat(reply.header("Connection")).isEqualTo("close");
                assertThat(conversation.isAtEnd()).isTrue();
            }
        }
        assertThat(client.get("/bkt/kept").text()).isEqualTo("x");
    }

    @Test
    void upgrade_toHttp2_isNotTaken() {
        try (HttpConversation conversation = client.connect()) {
            conversation.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n");
            assertThat(conversation.receive().outcome()).isEqualTo("403 AccessDenied");
        }
    }

    @Test
    void preflight_withoutCors_isForbidden() {
        try (HttpConversation conversation = client.connect()) {
            conversation.send(client.unsigned("OPTIONS", "/bkt/k", "Origin", "http://x"));
            assertThat(conversation.receive().outcome()).isEqualTo("403 AccessForbidden");
        }
    }

    @Test
    void head_thatTrickles_isCutOff() {
        try (HttpConversation conversation = client.connect()) {
            conversation.send("GET / HTTP/1.1\r\nHost: h\r\nX-Slow: ");
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            conversation.send("x");
                            Await.pass(Duration.ofMillis(50));
                        }
                    })
                    .hasMessageMatching(".*(Broken pipe|Connection reset).*");
        }
    }

    @Test
    void lineEnds_betweenRequests_areNoBeginningOfAHead() {
        try (HttpConversation conversation = client.connect()) {
            client.call(conversation, "GET", "/bkt/none", S3TestClient.NOTHING);
            conversation.send("\r\n");
            Await.pass(Duration.ofMillis(1_500));
            assertThat(client.call(conversation, "GET", "/bkt/none", S3TestClient.NOTHING)
                            .outcome())
                    .isEqualTo("404 NoSuchKey");
        }
    }

    @Test
    void connection_thatRests_isKeptUntilTheIdleTimeout() {
        try (HttpConversation conversation = client.connect()) {
            client.call(conversation, "GET", "/bkt/none", S3TestClient.NOTHING);
            Await.pass(Duration.ofMillis(1_500));
            assertThat(client.call(conversation, "GET", "/bkt/none", S3TestClient.NOTHING)
                            .outcome())
                    .isEqualTo("404 NoSuchKey");
            assertThat(conversation.isAtEnd()).isTrue();
        }
    }

    @Test
    void readers_thatAreSlowWhileTheObjectChanges_getOneVersionWhole() throws Exception {
        putVersion((byte) 0);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<byte[]>> reads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            reads.add(threads.submit(HttpProtocolTest::readSlowly));
        }
        for (int version = 1; version <= 5; version++) {
            putVersion((byte) version);
        }
        client.delete("/bkt/versions");
        for (Future<byte[]> read : reads) {
            byte[] body = read.get();
            byte[] expected = new byte[VERSION_BYTES];
            Arrays.fill(expected, body[0]);
            assertThat(body).isEqualTo(expected);
        }
        threads.shutdown();
        assertThat(client.get("/bkt/versions").outcome()).isEqualTo("404 NoSuchKey");
    }

    private static void putVersion(byte version) {
        byte[] bytes = new byte[VERSION_BYTES];
        Arrays.fill(bytes, version);
        assertThat(client.call("PUT", "/bkt/versions", bytes).outcome()).isEqualTo("200");
    }

    /** Reads a little, waits, then reads on. */
    private static byte[] readSlowly() throws IOException {
        try (HttpConversation conversation = client.connect()) {
            conversation.socket().setReceiveBufferSize(16 << 10);
            conversation.send(client.head("GET", "/bkt/versions", 0));
            InputStream in = conversation.socket().getInputStream();
            byte[] beginning = in.readNBytes(1 << 10);
            Await.pass(Duration.ofMillis(700));
            byte[] rest = in.readNBytes(VERSION_BYTES + headLength(beginning) - beginning.length);
            byte[] body = new byte[VERSION_BYTES];
            int inBeginning = beginning.length - headLength(beginning);
            System.arraycopy(beginning, headLength(beginning), body, 0, inBeginning);
            System.arraycopy(rest, 0, body, inBeginning, rest.length);
            return body;
        }
    }

    private static int headLength(byte[] beginning) {
        return new String(beginning, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
    }

    @Test
    void reader_thatGoesAway_givesItsMemoryBack() {
        putVersion((byte) 9);
        long free = node.bodies.freeReadBytes();
        for (int i = 0; i < 10; i++) {
            try (HttpConversation conversation = client.connect()) {
                conversation.send(client.head("GET", "/bkt/versions", 0));
                conversation.receive(true);
            }
        }
        Await.until(
                "the readers' memory to come back", Duration.ofSeconds(10), () -> node.bodies.freeReadBytes() == free);
    }

    @Test
    void copy_thatTakesLong_keepsTheClientWaiting() {
        putVersion((byte) 7);
        HttpReply copy = client.call("PUT", "/bkt/copy", "x-amz-copy-source", "/bkt/versions");
        assertThat(copy.header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(copy.status()).isEqualTo(200);
        assertThat(copy.text()).matches("(?s)<\\?xml [^>]*>\\s+<CopyObjectResult .*</CopyObjectResult>");
        HttpReply refused =
                client.call("PUT", "/bkt/copy", "x-amz-copy-source", "/bkt/versions", "If-Match", "\"other\"");
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.text()).matches("(?s)<\\?xml [^>]*>\\s+<Error><Code>PreconditionFailed.*</Error>");
    }

    @Test
    void copy_thatBeganItsAnswerOverALargeBody_endsTheConnection() {
        putVersion((byte) 7);
        try (HttpConversation conversation = client.connect()) {
            HttpReply copy = client.call(
                    conversation, "PUT", "/bkt/copy", new byte[16 << 20], "x-amz-copy-source", "/bkt/versions");
            assertThat(copy.header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(copy.header("Connection")).isEqualTo("close");
            assertThat(conversation.isAtEnd()).isTrue();
        }
    }

    @Test
    void observer_ofEveryAnswer_isToldOnce() {
        // Answers that an earlier test left under way may be observed, too: these three operations are asked for here
        // only.
        List<String> asked = List.of(
                "HeadBucket 200",
                "GetObjectAttributes 404 NoSuchKey",
                "ListBucketInventoryConfigurations 501 NotImplemented");
        client.call("HEAD", "/bkt");
        client.call("GET", "/bkt/unseen?attributes", "x-amz-object-attributes", "ETag");
        client.call("GET", "/bkt?inventory");
        Await.until("three answers", Duration.ofSeconds(5), () -> node.observed.containsAll(asked));
        assertThat(node.observed).filteredOn(asked::contains).containsExactlyInAnyOrderElementsOf(asked);
    }
}

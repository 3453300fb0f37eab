package io.chordata.node.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of browsers, which come in by another door and are not signed. */
class SessionRequestsTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final long PATIENCE_MILLIS = 60_000;

    @TempDir
    private static Path directory;

    private static S3TestNode node;
    private static int door;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        node = new S3TestNode(directory, patiently(S3TestNode.OPTIONS));
        door = node.openDoor("root");
        assertThat(send("PUT", "/photos", "").statusCode()).isEqualTo(200);
    }

    /** On a busy machine, too, the answer is the node's and not that it took long. */
    private static S3Options patiently(S3Options options) {
        return new S3Options(
                options.host(),
                options.port(),
                options.domains(),
                options.region(),
                options.idleTimeoutMillis(),
                options.headerTimeoutMillis(),
                options.keepAliveMillis(),
                PATIENCE_MILLIS,
                options.connectionsMax(),
                options.bodyBytesPerSecondMin(),
                options.answerBytesPerSecondMin(),
                options.bodyRateWindowMillis());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door + path))
                .method(method, BodyPublishers.ofString(body, UTF_8));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString(UTF_8));
    }

    @Test
    void object_putByASession_isThatOfTheS3Port() throws IOException, InterruptedException {
        assertThat(send("PUT", "/photos/a%2F..%2Fb", "hello", "Content-Type", "text/html")
                        .statusCode())
                .isEqualTo(200);

        assertThat(send("GET", "/photos/a%2F..%2Fb", "").body()).isEqualTo("hello");
        assertThat(send("GET", "/photos?list-type=2", "").body()).contains("<Key>a/../b</Key>");
        assertThat(node.observed).contains("PutObject 200", "GetObject 200");
        assertThat(node.client().get("/photos/a/../b").status()).isEqualTo(200);
    }

    @Test
    void object_givenToABrowser_isNoPageOfTheConsole() throws IOException, InterruptedException {
        send("PUT", "/photos/page", "<script>", "Content-Type", "text/html", "Content-Disposition", "inline");
        HttpResponse<String> answer = send("GET", "/photos/page", "");

        assertThat(answer.headers().firstValue("Content-Disposition")).hasValue("attachment");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).hasValue("default-src 'none'; sandbox");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(send("HEAD", "/photos/page", "").headers().firstValue("Content-Disposition"))
                .hasValue("inline");
    }

    @ParameterizedTest
    @CsvSource({
        "text/javascript, application/octet-stream",
        "text/css, application/octet-stream",
        "text/html; charset=utf-8, application/octet-stream",
        "'image/png,text/javascript', application/octet-stream",
        "application/pdf, application/octet-stream",
        "image/png, image/png",
        "image/svg+xml, image/svg+xml"
    })
    void object_givenToABrowser_isNoScriptOfAnyPage(String stored, String told)
            throws IOException, InterruptedException {
        send("PUT", "/photos/typed", "alert(1)", "Content-Type", stored);

        assertThat(send("GET", "/photos/typed", "").headers().firstValue("Content-Type"))
                .hasValue(told);
        assertThat(send("HEAD", "/photos/typed", "").headers().firstValue("Content-Type"))
                .hasValue(stored);
        assertThat(node.client().get("/photos/typed").header("Content-Type")).isEqualTo(stored);
    }

    @Test
    void listing_givenToABrowser_isXml() throws IOException, InterruptedException {
        assertThat(send("GET", "/photos?list-type=2", "").headers().firstValue("Content-Type"))
                .hasValue("application/xml");
    }

    @Test
    void body_withAHash_isHeldToIt() throws IOException, InterruptedException {
        HttpResponse<String> answer = send("PUT", "/photos/wrong", "hello", "x-amz-content-sha256", "0".repeat(64));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("XAmzContentSHA256Mismatch");
    }

    @Test
    void body_inSignedChunks_isRefusedWhereNothingIsSigned() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send("PUT", "/photos/chunks", "hello", "x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(send("HEAD", "/photos/chunks", "").statusCode()).isEqualTo(404);
    }

    @Test
    void host_thatNamesABucketAtTheS3Port_namesNoneHere() throws IOException {
        try (HttpConversation conversation = new HttpConversation(door)) {
            conversation.send("GET / HTTP/1.1\r\nHost: photos.localhost\r\n\r\n");

            assertThat(conversation.receive().text()).contains("<ListAllMyBucketsResult");
        }
    }
}

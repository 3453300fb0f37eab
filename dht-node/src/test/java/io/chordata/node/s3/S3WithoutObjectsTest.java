package io.chordata.node.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.runtime.SecureRandomSource;
import io.chordata.node.runtime.SystemClock;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class S3WithoutObjectsTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** As the S3 reference has it: the element of the root, then code, message, resource and request. */
    private static final Pattern ERROR = Pattern.compile("<\\?xml version=\"1.0\" encoding=\"UTF-8\"\\?>\\s*"
            + "<Error><Code>ServiceUnavailable</Code><Message>Objects are at http://10.0.0.1:9000.</Message>"
            + "<Resource>/[^<]*</Resource><RequestId>[^<]+</RequestId><HostId>joined-node</HostId></Error>");

    private final Vertx vertx = Vertx.vertx();
    private final AtomicReference<String> elsewhere = new AtomicReference<>("http://10.0.0.1:9000");
    private final List<String> observed = new CopyOnWriteArrayList<>();
    private final S3Server server = S3Server.withoutObjects(
            vertx,
            S3TestNode.OPTIONS,
            new S3Basics(observer(), new SystemClock(), new SecureRandomSource(), "joined-node"),
            () -> "Objects are at " + elsewhere.get() + ".");

    private S3Observer observer() {
        return new S3Observer() {
            @Override
            public void onAnswer(String operation, int status, String code, long in, long out, long nanos) {
                observed.add(operation + ' ' + status + ' ' + code);
            }

            @Override
            public void onConnectionRefused() {
                observed.add("connection refused");
            }
        };
    }

    @AfterEach
    void stop() throws Exception {
        server.stop(Duration.ZERO).await();
        vertx.close().await();
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, method.equals("PUT") ? BodyPublishers.ofString("body") : BodyPublishers.noBody())
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    @Test
    void request_ofAnyKind_isAnsweredUnavailableAndWhereToGo() throws Exception {
        server.start(1).await();

        for (String request : List.of(
                "GET /",
                "PUT /bucket",
                "GET /bucket?list-type=2",
                "DELETE /bucket",
                "PUT /bucket/key",
                "GET /bucket/key",
                "DELETE /bucket/key",
                "POST /bucket/key?uploads",
                "GET /bucket?policy")) {
            String[] words = request.split(" ");
            HttpResponse<String> answer = send(words[0], words[1]);
            assertThat(answer.statusCode()).as(request).isEqualTo(503);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/xml");
            assertThat(answer.headers().firstValue("Retry-After")).contains("30");
            assertThat(answer.body()).as(request).matches(ERROR);
            assertThat(answer.headers().firstValue("x-amz-id-2")).contains("joined-node");
        }
        assertThat(send("HEAD", "/bucket/key").statusCode()).isEqualTo(503);
        elsewhere.set("http://10.0.0.2:9000");
        assertThat(send("GET", "/bucket/key").body()).contains("Objects are at http://10.0.0.2:9000.");
        assertThat(observed).contains("GetObject 503 ServiceUnavailable").doesNotContain("connection refused");
    }
}

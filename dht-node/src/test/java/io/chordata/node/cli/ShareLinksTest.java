package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.cli.LoneNode.Answer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that a node makes are good at its S3 port, for whoever has them. */
class ShareLinksTest {
    @TempDir
    private static Path data;

    private static LoneNode node;

    @BeforeAll
    static void start() {
        node = LoneNode.start(data);
        node.s3("PUT", "/shelf", "");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Answer share(String key, Object seconds) {
        JsonObject body =
                new JsonObject().put("bucket", "shelf").put("key", key).put("seconds", seconds);
        return node.signed("POST", "/v1/objects/share", body.encode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.txt", "a b/\u00e9?#%2F+.txt", "a/../b", "../c", "d//e", "f/."})
    void link_ofAnObject_leadsToIt(String key) {
        node.put("shelf", key, "text of " + key);
        Answer made = share(key, 60);
        JsonObject link = new JsonObject(made.body());

        Answer got = node.send(HttpRequest.newBuilder(URI.create(link.getString("url")))
                .timeout(LoneNode.PATIENCE)
                .build());

        assertThat(got.status()).as(made + " " + got).isEqualTo(200);
        assertThat(got.body()).isEqualTo("text of " + key);
        assertThat(URI.create(link.getString("url")).getRawPath().split("/")).doesNotContain(".", "..");
        assertThat(link.getLong("expires") - System.currentTimeMillis()).isBetween(0L, 60_000L);
    }

    @Test
    void link_changed_isRefused() {
        node.put("shelf", "a.txt", "text");
        String url = new JsonObject(share("a.txt", 60).body()).getString("url");

        Answer got = node.send(HttpRequest.newBuilder(URI.create(url.replace("Expires=60", "Expires=61")))
                .build());

        assertThat(got.status()).isEqualTo(403);
        assertThat(url).doesNotContain(LoneNode.SECRET_KEY);
    }

    @Test
    void link_forNoTimeOrTooLong_isNotMade() {
        for (Object seconds : new Object[] {0, -1, 604_801, 1.5, "60"}) {
            assertThat(share("a.txt", seconds).status()).as("" + seconds).isEqualTo(400);
        }
        assertThat(share("a.txt", 604_800).status()).isEqualTo(200);
        assertThat(share("", 60).status()).isEqualTo(400);
    }

    @Test
    void link_thatBrowsersWouldResolve_isNotMade() {
        assertThat(share("..", 60).status()).isEqualTo(409);
    }

    @Test
    void link_askedForByAStranger_isNotMade() {
        Answer answer = node.send(HttpRequest.newBuilder(node.uri("/v1/objects/share"))
                .timeout(LoneNode.PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString("{\"bucket\":\"shelf\",\"key\":\"a.txt\",\"seconds\":60}"))
                .build());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("Signature=");
    }
}

package io.chordata.node.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where clients are told to send their requests. */
@SuppressWarnings("NullAway.Init")
class GetRoutingTest {
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
    void routing_askedFor_answersAsDesigned() {
        JsonObject routing = new JsonObject(client.get("/?chordata-routing").text());

        assertThat(routing).isEqualTo(new JsonObject("""
                {"version":7,"nodes":[{"id":"n1","s3":"127.0.0.1:9000"}],
                 "partitions":[{"point":"00","members":["n1","n2"],"leader":"n1"},
                               {"point":"80","members":["n2"],"leader":null}]}"""));
    }

    @Test
    void routing_ofABucket_tellsItsShards() {
        JsonObject bucket =
                new JsonObject(client.get("/?chordata-routing&bucket=bkt").text()).getJsonObject("bucket");

        assertThat(bucket.getString("id")).hasSize(32);
        assertThat(bucket.getInteger("shards")).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/?chordata-routing&bucket=absent,404 NoSuchBucket",
        "GET,/?chordata-routing&bucket=,404 NoSuchBucket",
        "GET,/?chordata-routing&bucket=..%2F,404 NoSuchBucket",
        "PUT,/?chordata-routing,405 MethodNotAllowed",
        "GET,/bkt?chordata-routing,405 MethodNotAllowed"
    })
    void routing_askedForWrongly_isRefused(String method, String uri, String outcome) {
        assertThat(client.call(method, uri).outcome()).isEqualTo(outcome);
    }

    @Test
    void routing_askedForUnsigned_isRefused() {
        try (HttpConversation conversation = client.connect()) {
            conversation.send("GET /?chordata-routing HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(conversation.receive().outcome()).isEqualTo("403 AccessDenied");
        }
    }

    @Test
    void answer_ofAnyKind_namesTheVersion() {
        for (String uri : new String[] {"/", "/bkt", "/bkt/absent", "/absent"}) {
            assertThat(client.get(uri).header("x-chordata-routing-version")).isEqualTo("7");
        }
    }
}

package io.chordata.node.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that the client takes from any replica, at a node that has the only ones. */
@SuppressWarnings("NullAway.Init")
class EventualReadsTest {
    private static final String CONSISTENCY = "x-chordata-consistency";
    private static final String AGE = "x-chordata-age-millis";

    @TempDir
    static Path directory;

    private static S3TestNode node;
    private static S3TestClient client;

    @BeforeAll
    static void start() {
        node = new S3TestNode(directory);
        client = node.client();
        assertThat(client.call("PUT", "/bkt").outcome()).isEqualTo("200");
        client.put("/bkt/small", "small");
        client.put("/bkt/large", "x".repeat(3 << 20));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/bkt/small,200",
        "HEAD,/bkt/small,200",
        "GET,/bkt/large,200",
        "GET,/bkt?list-type=2,200",
        "GET,/bkt,200",
        "GET,/bkt?versions,200",
        "HEAD,/bkt,200",
        "GET,/,200",
        "GET,/bkt/absent,404 NoSuchKey",
        "HEAD,/bkt/absent,404",
        "GET,/absent/key,404 NoSuchBucket"
    })
    void read_fromAnyReplica_saysHowOldItMayBe(String method, String uri, String outcome) {
        HttpReply reply = client.call(method, uri, CONSISTENCY, "eventual");

        assertThat(reply.outcome()).isEqualTo(outcome);
        assertThat(Long.parseLong(reply.header(AGE))).isBetween(0L, 60_000L);
    }

    @Test
    void content_readFromAnyReplica_isWhole() {
        assertThat(client.get("/bkt/small", CONSISTENCY, "eventual").text()).isEqualTo("small");
        assertThat(client.get("/bkt/large", CONSISTENCY, "eventual").body()).hasSize(3 << 20);
        assertThat(client.get("/bkt?list-type=2", CONSISTENCY, "eventual").text())
                .contains("<Key>large</Key>", "<Key>small</Key>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"strong", "Eventual", "eventual, eventual"})
    void consistency_thatThereIsNot_isRefused(String value) {
        for (String method : new String[] {"GET", "PUT", "DELETE"}) {
            assertThat(client.call(method, "/bkt/other", CONSISTENCY, value).outcome())
                    .as(method)
                    .isEqualTo("400 InvalidArgument");
        }
    }

    @Test
    void write_thatAsksForIt_isAWriteAsEver() {
        HttpReply reply = client.put("/bkt/written", "x", CONSISTENCY, "eventual");

        assertThat(reply.outcome()).isEqualTo("200");
        assertThat(reply.header(AGE)).isEmpty();
        assertThat(client.get("/bkt/written").header(AGE)).isEmpty();
    }
}

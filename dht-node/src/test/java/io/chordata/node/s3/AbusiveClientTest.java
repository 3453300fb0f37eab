package io.chordata.node.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Await;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that hold what they do not use, against a node with tight limits. */
@SuppressWarnings("NullAway.Init")
class AbusiveClientTest {
    private static final int CONNECTIONS = 4;
    private static final int BYTES_PER_SECOND = 100;
    private static final String REFUSED = "connection refused";

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
                        "us-east-1",
                        180_000,
                        20_000,
                        10_000,
                        4_500,
                        CONNECTIONS,
                        BYTES_PER_SECOND,
                        BYTES_PER_SECOND,
                        1_000));
        client = node.client();
        client.call("PUT", "/bkt");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void body_thatStopsOrTrickles_isTimedOut() {
        for (int bytesAtATime : new int[] {0, 2}) {
            try (HttpConversation conversation = client.connect()) {
                conversation.send(client.head("PUT", "/bkt/slow", 100_000));
                conversation.send(new byte[20_000]);
                for (int i = 0; i < 30; i++) {
                    conversation.send(new byte[bytesAtATime]);
                    Await.pass(Duration.ofMillis(100));
                }
                HttpReply reply = conversation.receive();
                assertThat(reply.outcome()).isEqualTo("400 RequestTimeout");
                assertThat(reply.header("Connection")).isEqualTo("close");
            }
        }
        assertThat(client.get("/bkt/slow").outcome()).isEqualTo("404 NoSuchKey");
    }

    @Test
    void body_thatNeverBegins_isTimedOut() {
        try (HttpConversation conversation = client.connect()) {
            conversation.send(client.head("PUT", "/bkt/slow", 5, "Expect", "100-continue"));
            assertThat(conversation.receive().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(conversation.receive().outcome()).isEqualTo("400 RequestTimeout");
        }
    }

    @Test
    void body_thatIsSlowButSteady_isTaken() {
        try (HttpConversation conversation = client.connect()) {
            conversation.send(client.head("PUT", "/bkt/steady", 30 << 10));
            for (int i = 0; i < 30; i++) {
                conversation.send(new byte[1 << 10]);
                Await.pass(Duration.ofMillis(100));
            }
            assertThat(conversation.receive().outcome()).isEqualTo("200");
        }
    }

    @Test
    void answer_thatNobodyTakes_isCutOffAndGivesItsMemoryBack() {
        try (HttpConversation conversation = client.connect()) {
            askAndTakeNothing(conversation);
            HttpReply reply = conversation.receive();
            assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(reply.whole()).isFalse();
        }
    }

    @Test
    void answer_thatNobodyTakes_losesItsSocketThoughNobodyReads() {
        try (HttpConversation conversation = client.connect()) {
            askAndTakeNothing(conversation);
            Await.until("the socket to be closed", Duration.ofSeconds(20), () -> !conversation.takesMore());
        }
    }

    private static void askAndTakeNothing(HttpConversation conversation) {
        byte[] large = new byte[32 << 20];
        client.call("PUT", "/bkt/large", large);
        long free = node.bodies.freeReadBytes();
        conversation.send(client.head("GET", "/bkt/large", 0));
        Await.until("the answer to begin", Duration.ofSeconds(20), () -> node.bodies.freeReadBytes() < free);
        Await.until("the answer to be cut off", Duration.ofSeconds(20), () -> node.bodies.freeReadBytes() == free);
    }

    @Test
    void answer_thatIsTakenSlowlyButSteadily_comesWhole() {
        byte[] large = new byte[32 << 20];
        client.call("PUT", "/bkt/large", large);
        try (HttpConversation conversation = client.connect()) {
            conversation.send(client.head("GET", "/bkt/large", 0));
            assertThat(conversation.receive(true).outcome()).isEqualTo("200");
            int taken = 0;
            while (taken < large.length) {
                byte[] some = conversation.receiveBytes(1 << 20);
                assertThat(some).as("after %d bytes", taken).isNotEmpty();
                taken += some.length;
                Await.pass(Duration.ofMillis(100));
            }
        }
    }

    @Test
    void refusedBody_thatTrickles_isNotWaitedFor() {
        try (HttpConversation conversation = client.connect()) {
            conversation.send(client.head("PUT", "/missing/slow", 100_000));
            conversation.send(new byte[1_000]);
            HttpReply reply = conversation.receive();
            assertThat(reply.outcome()).isEqualTo("404 NoSuchBucket");
            assertThat(reply.header("Connection")).isEmpty();
            assertThat(conversation.isAtEnd()).isTrue();
        }
    }

    @Test
    void connections_beyondTheLimit_areClosedUntilAnotherGoes() {
        List<HttpConversation> open = new ArrayList<>();
        try {
            Await.until("the connections of other tests to go", Duration.ofSeconds(20), () -> openAll(open));
            node.observed.clear();
            try (HttpConversation tooMany = client.connect()) {
                assertThat(tooMany.isAtEnd()).isTrue();
            }
            Await.until("the refusal to be seen", Duration.ofSeconds(20), () -> node.observed.contains(REFUSED));
            assertThat(open).allMatch(AbusiveClientTest::isServed);
            open.remove(0).close();
            Await.until("room for another connection", Duration.ofSeconds(20), AbusiveClientTest::isNewServed);
        } finally {
            closeAll(open);
        }
    }

    private static boolean openAll(List<HttpConversation> open) {
        closeAll(open);
        while (open.size() < CONNECTIONS) {
            open.add(client.connect());
        }
        return open.stream().allMatch(AbusiveClientTest::isServed);
    }

    private static void closeAll(List<HttpConversation> open) {
        open.forEach(HttpConversation::close);
        open.clear();
    }

    private static boolean isNewServed() {
        try (HttpConversation conversation = client.connect()) {
            return isServed(conversation);
        }
    }

    private static boolean isServed(HttpConversation conversation) {
        try {
            return client.call(conversation, "HEAD", "/bkt", S3TestClient.NOTHING)
                            .status()
                    == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}

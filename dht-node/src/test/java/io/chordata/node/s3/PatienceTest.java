package io.chordata.node.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.PartitionRefusedException;
import io.chordata.node.process.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a client waits at most, on a whole node whose partitions answer when the test wants. */
@SuppressWarnings("NullAway.Init")
class PatienceTest {
    private static final long PATIENCE_MILLIS = 600;
    private static final String REFUSED = "503 ServiceUnavailable";

    @TempDir
    static Path directory;

    private static S3TestNode node;
    private static S3TestClient client;

    private final Queue<Promise<Void>> held = new ConcurrentLinkedQueue<>();

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
                        PATIENCE_MILLIS,
                        100,
                        1,
                        1,
                        30_000));
        client = node.client();
        assertThat(client.call("PUT", "/bkt").outcome()).isEqualTo("200");
        client.put("/bkt/there", "x");
    }

    @AfterEach
    void answerAgain() {
        node.lossy.delay = Future::succeededFuture;
        held.forEach(Promise::tryComplete);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private void hold() {
        node.lossy.delay = () -> {
            Promise<Void> promise = Promise.promise();
            held.add(promise);
            return promise.future();
        };
    }

    @Test
    void requests_whosePartitionsDoNotAnswer_areRefusedInTime() {
        hold();
        for (String request :
                List.of("GET /bkt/there", "GET /bkt/never", "GET /bkt?list-type=2", "DELETE /bkt/there")) {
            String[] words = request.split(" ", 2);
            HttpReply reply = client.call(words[0], words[1]);
            assertThat(reply.outcome()).as(request).isEqualTo(REFUSED);
            assertThat(reply.header("Retry-After")).as(request).isEqualTo("1");
        }
        assertThat(client.put("/bkt/small", "x").outcome()).isEqualTo(REFUSED);
        assertThat(client.call("PUT", "/bkt/large", new byte[300_000]).outcome())
                .isEqualTo(REFUSED);
    }

    @Test
    void request_ofSeveralSteps_hasOneTimeForAll() {
        client.call("PUT", "/steps");
        node.lossy.delay = () -> node.after(PATIENCE_MILLIS * 2 / 3);
        assertThat(client.call("DELETE", "/steps").outcome()).isEqualTo(REFUSED);
    }

    @Test
    void put_whoseClientTakesItsTime_isNotRefused() {
        byte[] half = new byte[150_000];
        try (HttpConversation conversation = client.connect()) {
            conversation.send(client.head("PUT", "/bkt/slow", 2L * half.length));
            conversation.send(half);
            Await.pass(Duration.ofMillis(2 * PATIENCE_MILLIS));
            conversation.send(half);
            assertThat(conversation.receive().outcome()).isEqualTo("200");
        }
    }

    @Test
    void put_refusedBeforeItsBodyWasRead_leavesNothing() {
        long free = node.bodies.freeWriteBytes();
        node.lossy.losesNext = true;
        assertThat(client.call("PUT", "/fresh").outcome()).isEqualTo(REFUSED);
        hold();
        assertThat(client.call("PUT", "/fresh/k", new byte[300_000]).outcome()).isEqualTo(REFUSED);
        answerAgain();
        Await.until(
                "the bucket is there",
                Duration.ofSeconds(20),
                () -> client.get("/fresh?list-type=2").outcome().equals("200"));
        assertThat(client.get("/fresh/k").outcome()).isEqualTo("404 NoSuchKey");
        Await.until("its memory is free", Duration.ofSeconds(20), () -> node.bodies.freeWriteBytes() == free);
    }

    @Test
    void deletes_ofManyKeysThatNobodyAnswersFor_areNotAllTried() throws NoSuchAlgorithmException {
        AtomicInteger tried = new AtomicInteger();
        node.lossy.delay = () -> {
            tried.incrementAndGet();
            return node.after(20)
                    .compose(passed -> Future.failedFuture(new PartitionRefusedException(
                            new PartitionId(0), PartitionRefusedException.Reason.NOT_SERVING, "as the test wants")));
        };
        String keys = IntStream.range(0, 500)
                .mapToObj(key -> "<Object><Key>k" + key + "</Key></Object>")
                .collect(Collectors.joining());
        byte[] body = ("<Delete>" + keys + "</Delete>").getBytes(StandardCharsets.UTF_8);
        String md5 = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(body));
        HttpReply reply = client.call("POST", "/bkt?delete", body, "Content-MD5", md5);
        assertThat(reply.all("Code")).hasSize(500).containsOnly("ServiceUnavailable");
        assertThat(tried).hasValueLessThan(100);
    }
}

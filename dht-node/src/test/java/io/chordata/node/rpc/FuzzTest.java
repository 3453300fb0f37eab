package io.chordata.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.process.Await;
import io.chordata.node.process.Figures;
import io.chordata.node.rpc.RpcProtos.Envelope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Conversations that are right but for some changes by chance. {@code chordata.fuzz.seconds} says for how long each kind
 * runs, {@code chordata.seed} where chance begins.
 */
class FuzzTest {
    private static final int SECONDS = Integer.getInteger("chordata.fuzz.seconds", 3);
    private static final long SEED = Long.getLong("chordata.seed", System.nanoTime());
    private static final int FRAMES = 5;
    private static final int CHECK_EVERY = 200;
    private static final int RANDOM_FRAMES = 1_000_000;
    private static final int NOT_RECORDED_BYTES = 100;
    private static final int FRAMES_EACH = 50;
    private static final int RECORDS_EACH = 100;
    private static final long GROWTH_BYTES_MAX = 16 << 20;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(TestNode.LOOPS));
    private final Random random = new Random(SEED);
    private final Recorder recorder = Recorder.echo();
    private final TestNode node = new TestNode(vertx, 1);
    private final TestNode friend = new TestNode(vertx, 2);

    @BeforeEach
    void start() {
        node.start();
        node.peers.serve(Service.RING, recorder);
        friend.start();
    }

    @AfterEach
    void stop() {
        friend.close();
        node.close();
        TestNode.await(vertx.close());
    }

    private int conversations;
    private int deliveredMessages;

    private interface Round {
        void run();
    }

    private void fuzz(String what, Round round) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        int rounds = 0;
        try (LoopProbe probe = new LoopProbe(vertx, TestNode.LOOPS)) {
            while (System.nanoTime() < end) {
                round.run();
                if (++rounds % 20 == 0) {
                    assertServesFriend();
                }
            }
            assertServesFriend();
            assertThat(probe.worstMillis()).as("seed %d", SEED).isLessThan(LoopProbe.LIMIT_MILLIS);
            Figures.note("rpc fuzz: " + rounds + " conversations of " + what + ", event loop held for at most "
                    + probe.worstMillis() + " ms, seed " + SEED);
        }
        assertThat(rounds).isPositive();
    }

    private void assertServesFriend() {
        Buffer answer = TestNode.await(friend.peers.call(node.peer(), Service.RING, Buffer.buffer("friend"), 20_000));
        assertThat(answer).as("seed %d", SEED).hasToString("friend");
    }

    /** Changed on the wire: what arrives is what was sent, from the first on, up to the first change. */
    @Test
    void records_changedOnTheWire_deliverNothingThatWasNotSent() {
        Map<String, List<String>> sent = new LinkedHashMap<>();
        fuzz("changed records", () -> {
            String conversation = Long.toHexString(random.nextLong());
            sent.put(conversation, sendChanged(conversation));
            if (sent.size() == CHECK_EVERY) {
                assertOnlyDelivered(sent);
            }
        });
        assertOnlyDelivered(sent);
    }

    private List<String> sendChanged(String conversation) {
        List<String> texts = IntStream.range(0, FRAMES)
                .mapToObj(i -> conversation + " " + random.nextLong())
                .toList();
        try (RawPeer peer = RawPeer.proved(node, 3)) {
            conversations++;
            ByteArrayOutputStream records = new ByteArrayOutputStream();
            for (String text : texts) {
                records.writeBytes(peer.sealed(Frames.message(Service.RING, Buffer.buffer(text))));
            }
            peer.send(changed(records.toByteArray()));
        }
        return texts;
    }

    private void assertOnlyDelivered(Map<String, List<String>> sent) {
        Await.until("all conversations to end", Duration.ofSeconds(30), () -> node.observed.closed() == conversations);
        Map<String, List<String>> delivered = new LinkedHashMap<>();
        for (String text : recorder.messages) {
            delivered
                    .computeIfAbsent(text.split(" ")[0], added -> new ArrayList<>())
                    .add(text);
        }
        delivered.forEach((conversation, texts) -> assertThat(sent.get(conversation))
                .as("seed %d", SEED)
                .isNotNull()
                .startsWith(texts.toArray(String[]::new)));
        deliveredMessages += recorder.messages.size();
        assertThat(deliveredMessages).as("some are changed late").isPositive();
        recorder.messages.clear();
        sent.clear();
    }

    /** Before the handshake is over, nothing that is changed leads to an open connection. */
    @Test
    void handshakes_changedOnTheWire_neverOpen() {
        fuzz("changed handshakes", () -> {
            try (RawPeer peer = RawPeer.connect(node)) {
                Handshake handshake = RawPeer.stranger(RawPeer.self(3), TestNode.SECRET);
                byte[] hello = handshake.opening();
                byte[] changedHello = changed(hello);
                peer.send(changedHello);
                peer.send(changed(new byte[SessionKeys.PROOF_BYTES]));
            }
        });
        assertThat(node.observed.opened.get()).as("the friend's alone").isLessThanOrEqualTo(TestNode.LOOPS);
        assertThat(recorder.messages).isEmpty();
    }

    /** Changed before it was sealed, as by a peer with a fault: the connection may end, the node goes on. */
    @Test
    void frames_ofAFaultyPeer_harmNobodyElse() {
        fuzz("faulty frames", () -> {
            try (RawPeer peer = RawPeer.proved(node, 3)) {
                for (int i = 0; i < FRAMES; i++) {
                    peer.send(peer.sealedBytes(changed(plain(i + 1))));
                }
            }
        });
    }

    /**
     * A million frames of any kind, for any service, with any payload. Where one ends the connection, the next begins; answers
     * are not read.
     */
    @Test
    void frames_atRandom_harmNobodyAndLeaveNothing() {
        EnumSet.complementOf(EnumSet.of(Service.RING)).forEach(service -> node.peers.serve(service, recorder));
        sendRandomFrames(RANDOM_FRAMES / 10);
        assertServesFriend();
        long before = usedHeapBytes();
        int connections = sendRandomFrames(RANDOM_FRAMES);
        assertServesFriend();
        Await.until("all strangers to be gone", Duration.ofSeconds(60), () -> node.observed.closed() >= connections);
        long grown = usedHeapBytes() - before;
        Figures.note("rpc fuzz: " + RANDOM_FRAMES + " random frames on " + connections + " connections, heap grown by "
                + (grown >> 10) + " KiB, seed " + SEED);
        assertThat(grown).as("seed %d", SEED).isLessThan(GROWTH_BYTES_MAX);
    }

    /** On how many connections. */
    private int sendRandomFrames(int count) {
        int connections = 0;
        int sent = 0;
        while (sent < count) {
            try (RawPeer peer = RawPeer.proved(node, 3)) {
                connections++;
                int closed = node.observed.closed();
                for (int i = 0; i < RECORDS_EACH && sent < count && node.observed.closed() == closed; i++) {
                    Envelope[] frames = new Envelope[FRAMES_EACH];
                    Arrays.setAll(frames, each -> randomFrame());
                    peer.write(frames);
                    sent += FRAMES_EACH;
                }
            }
        }
        return connections;
    }

    private Envelope randomFrame() {
        byte[] payload = new byte[NOT_RECORDED_BYTES + random.nextInt(100)];
        random.nextBytes(payload);
        return RandomFrames.of(random, payload);
    }

    private static long usedHeapBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static byte[] plain(int request) {
        Envelope[] frames = {
            Frames.message(Service.RING, Buffer.buffer("a message")),
            Frames.request(Service.RING, request, 5_000, 0, Buffer.buffer("a request")),
            Frames.answer(request, Buffer.buffer("an answer")),
            Frames.refusal(request, RpcProtos.Refusal.BUSY)
        };
        byte[] bytes = new byte[Arrays.stream(frames).mapToInt(Frames::size).sum()];
        int end = 0;
        for (Envelope frame : frames) {
            end = Frames.write(frame, bytes, end);
        }
        return bytes;
    }

    /** The node dials; the listener's words are changed, or its frames are. */
    @Test
    void listener_withFaults_failsCallsAndNothingElse() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Peer faulty = new Peer(new NodeAddress("127.0.0.1", server.getLocalPort()), null);
            TestNode dialer = new TestNode(
                    vertx,
                    new RpcOptions("127.0.0.1", 0, null, 5_000, 500, 5_000, 60_000, 1, 1, 4 << 20, 4_096, 64, 64),
                    TestNode.identity(4));
            dialer.start();
            fuzz("faulty listeners", () -> answerBadly(server, dialer, faulty));
            dialer.close();
        }
    }

    private void answerBadly(ServerSocket server, TestNode dialer, Peer faulty) {
        Future<Buffer> call = dialer.peers.call(faulty, Service.RING, Buffer.buffer("x"), 2_000);
        if (!isDialed(call)) {
            return;
        }
        try (RawPeer peer = RawPeer.acceptedAndProved(server, 9)) {
            if (random.nextBoolean()) {
                peer.send(changed(peer.sealedBytes(plain(1))));
            } else {
                peer.send(peer.sealedBytes(changed(plain(1))));
            }
        }
        Await.until("the call to end", Duration.ofSeconds(20), call::isComplete);
    }

    /** A call within the wait after a failure fails without a dial. */
    private static boolean isDialed(Future<Buffer> call) {
        Await.pass(Duration.ofMillis(3));
        return !call.isComplete();
    }

    /** Some bytes flipped, cut, doubled, inserted or set to extremes; never the same as before. */
    private byte[] changed(byte[] original) {
        byte[] bytes = original;
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes = changedOnce(bytes);
        }
        if (Arrays.equals(bytes, original)) {
            bytes = original.clone();
            bytes[random.nextInt(Math.min(bytes.length, 32))] ^= 1;
        }
        return bytes;
    }

    private byte[] changedOnce(byte[] bytes) {
        if (bytes.length < 2) {
            return new byte[] {1, 2, 3};
        }
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(5)) {
            case 0 -> flipped(bytes, at);
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> joined(bytes, at, Arrays.copyOfRange(bytes, random.nextInt(at + 1), at));
            case 3 -> joined(bytes, at, new byte[random.nextInt(40)]);
            default -> extreme(bytes, at);
        };
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private byte[] extreme(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
        return changed;
    }

    private static byte[] joined(byte[] bytes, int at, byte[] inserted) {
        Buffer buffer = Buffer.buffer().appendBytes(bytes, 0, at).appendBytes(inserted);
        return buffer.appendBytes(bytes, at, bytes.length - at).getBytes();
    }
}

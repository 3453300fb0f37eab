package io.chordata.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.core.Uint128;
import io.chordata.node.process.Await;
import io.chordata.node.process.Figures;
import io.chordata.node.rpc.RpcProtos.Envelope;
import io.chordata.node.rpc.RpcProtos.Kind;
import io.chordata.node.rpc.RpcProtos.Refusal;
import io.chordata.node.runtime.SecureRandomSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever can reach the internal port, with the cluster secret and without: the node goes on for its true peers. */
class HostilePeerTest {
    private static final ClusterSecret OTHER_SECRET = ClusterSecret.of("another secret, 0123456789abcdefgh");
    private static final int FLOOD = 1_000;
    private static final long HEAP_BYTES_MAX = 64 << 20;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(TestNode.LOOPS));
    private final Recorder recorder = Recorder.echo();
    private TestNode node = new TestNode(vertx, 1);
    private final TestNode friend = new TestNode(vertx, 2);

    @BeforeEach
    void start() {
        node.start();
        node.peers.serve(Service.RING, recorder);
        friend.start();
    }

    @AfterEach
    void stop() {
        assertServesFriend();
        friend.close();
        node.close();
        TestNode.await(vertx.close());
    }

    private void assertServesFriend() {
        Buffer answer = TestNode.await(friend.peers.call(node.peer(), Service.RING, Buffer.buffer("friend"), 20_000));
        assertThat(answer).hasToString("friend");
    }

    private static void until(String what, BooleanSupplier condition) {
        Await.until(what, Duration.ofSeconds(30), condition::getAsBoolean);
    }

    private void assertEnds(Closing why, RawPeer peer) {
        peer.awaitEnd();
        until(why + ", " + node.observed.closings, () -> node.observed.closed(why) > 0);
        assertThat(recorder.taken).hasValue(0);
    }

    @Test
    void garbage_ofAnySize_isEndedAsAStranger() {
        Random random = new Random(1);
        for (int size : new int[] {128, 129, 1_000, 200_000}) {
            byte[] garbage = new byte[size];
            random.nextBytes(garbage);
            try (RawPeer peer = RawPeer.connect(node)) {
                peer.send(garbage);
                assertEnds(Closing.STRANGER, peer);
            }
        }
    }

    @Test
    void request_ofAnotherProtocol_isEndedAsAStranger() {
        try (RawPeer peer = RawPeer.connect(node)) {
            peer.send(("GET / HTTP/1.1\r\nHost: x\r\n" + "X-Padding: x\r\n".repeat(20) + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            assertEnds(Closing.STRANGER, peer);
        }
    }

    @Test
    void handshake_withAnotherSecret_isRefused() {
        try (RawPeer peer = RawPeer.connect(node)) {
            peer.shakeHands(RawPeer.stranger(RawPeer.self(3), OTHER_SECRET));
            assertEnds(Closing.WRONG_SECRET, peer);
        }
    }

    @Test
    void handshake_ofAnotherCluster_isRefused() {
        RpcNode other = new RpcNode(new ClusterId(new Uint128(2, 2)), TestNode.id(3), Uint128.ZERO);
        try (RawPeer peer = RawPeer.connect(node)) {
            peer.shakeHands(RawPeer.stranger(other, TestNode.SECRET));
            assertEnds(Closing.OTHER_CLUSTER, peer);
        }
    }

    @Test
    void newcomer_thatAsksForMoreThanFounding_isRefusedBeforeItIsReadAndMayStillAskForThat() {
        Recorder ring = Recorder.echo();
        node.peers.serve(Service.DIRECTORY, ring);
        node.peers.serve(Service.FOUNDING, Recorder.echo());
        RpcNode newcomer = new RpcNode(ClusterId.NONE, TestNode.id(3), Uint128.ZERO);
        try (RawPeer peer = RawPeer.connect(node)) {
            peer.shakeHands(RawPeer.stranger(newcomer, TestNode.SECRET));
            peer.write(
                    Frames.message(Service.DIRECTORY, Buffer.buffer("x")),
                    Frames.request(Service.DIRECTORY, 1, 5_000, 0, Buffer.buffer("x")));
            assertThat(peer.read()).containsExactly(Frames.refusal(1, Refusal.UNKNOWN_SERVICE));
            peer.write(Frames.request(Service.FOUNDING, 2, 5_000, 0, Buffer.buffer("y")));
            assertThat(peer.read()).containsExactly(Frames.answer(2, Buffer.buffer("y")));
        }
        assertThat(ring.taken).hasValue(0);
    }

    @Test
    void newcomer_withMoreThanFoundingTakes_isEnded() {
        node.peers.serve(Service.FOUNDING, Recorder.echo());
        RpcNode newcomer = new RpcNode(ClusterId.NONE, TestNode.id(3), Uint128.ZERO);
        try (RawPeer peer = RawPeer.connect(node)) {
            peer.shakeHands(RawPeer.stranger(newcomer, TestNode.SECRET));
            Buffer large = Buffer.buffer(new byte[Service.FOUNDING.bytesMax() + 1]);
            peer.write(Frames.request(Service.FOUNDING, 1, 5_000, 0, large));
            assertEnds(Closing.MALFORMED, peer);
        }
    }

    @Test
    void handshake_underTheNodesOwnId_isRefusedAsAClone() {
        try (RawPeer peer = RawPeer.connect(node)) {
            peer.shakeHands(RawPeer.stranger(RawPeer.self(1), TestNode.SECRET));
            assertEnds(Closing.CLONED_NODE, peer);
        }
    }

    @Test
    void handshake_forAnotherNode_isRefused() {
        try (RawPeer peer = RawPeer.connect(node)) {
            peer.shakeHands(
                    Handshake.dialing(RawPeer.self(3), TestNode.SECRET, TestNode.id(9), new SecureRandomSource()));
            assertEnds(Closing.WRONG_NODE, peer);
        }
    }

    @Test
    void handshake_ofAFutureVersion_isRefused() {
        Hello future = new Hello(7, 9, RawPeer.self(3), null, new byte[Hello.NONCE_BYTES]);
        try (RawPeer peer = RawPeer.connect(node)) {
            peer.send(future.encode());
            assertEnds(Closing.INCOMPATIBLE_VERSION, peer);
        }
    }

    @Test
    void conversation_replayed_changesNothing() {
        byte[] conversation;
        try (RawPeer peer = RawPeer.proved(node, 3)) {
            peer.write(Frames.message(Service.RING, Buffer.buffer("once")));
            until("the message", () -> recorder.messages.size() == 1);
            conversation = peer.sent();
        }
        recorder.taken.set(0);
        try (RawPeer peer = RawPeer.connect(node)) {
            peer.send(conversation);
            assertEnds(Closing.WRONG_SECRET, peer);
        }
        assertThat(recorder.messages).containsExactly("once");
    }

    @Test
    void record_replayed_endsTheConnection() {
        try (RawPeer peer = RawPeer.proved(node, 3)) {
            byte[] record = peer.sealed(Frames.message(Service.RING, Buffer.buffer("once")));
            peer.send(record);
            peer.send(record);
            peer.awaitEnd();
        }
        until("tampering", () -> node.observed.closed(Closing.TAMPERED) == 1);
        assertThat(recorder.messages).containsExactly("once");
    }

    @Test
    void record_ofAnotherConnection_endsTheConnection() {
        try (RawPeer one = RawPeer.proved(node, 3);
                RawPeer other = RawPeer.proved(node, 3)) {
            other.send(one.sealed(Frames.message(Service.RING, Buffer.buffer("moved"))));
            assertEnds(Closing.TAMPERED, other);
        }
    }

    @Test
    void record_thatIsTooLarge_endsTheConnectionBeforeItCame() {
        for (int length : new int[] {-1, 0, 15, RecordKey.PLAIN_BYTES_MAX + 17, Integer.MAX_VALUE}) {
            try (RawPeer peer = RawPeer.proved(node, 3)) {
                peer.send(Buffer.buffer().appendInt(length).getBytes());
                assertEnds(Closing.OVERSIZED, peer);
            }
        }
    }

    @Test
    void record_withoutFrames_endsTheConnection() {
        try (RawPeer peer = RawPeer.proved(node, 3)) {
            peer.send(peer.sealedBytes(new byte[] {0, 0, 0, 1, 7}));
            assertEnds(Closing.MALFORMED, peer);
        }
    }

    @Test
    void request_underANumberInUse_endsTheConnection() {
        Recorder silent = Recorder.silent();
        node.peers.serve(Service.DIRECTORY, silent);
        try (RawPeer peer = RawPeer.proved(node, 3)) {
            Envelope request = Frames.request(Service.DIRECTORY, 5, 10_000, 0, Buffer.buffer());
            peer.write(request, request);
            assertEnds(Closing.MALFORMED, peer);
        }
    }

    @Test
    void conversation_cutAnywhere_leavesNothingBehind() {
        byte[] conversation;
        try (RawPeer peer = RawPeer.proved(node, 3)) {
            conversation = peer.sent();
        }
        for (int length = 0; length < conversation.length; length += 7) {
            try (RawPeer peer = RawPeer.connect(node)) {
                peer.send(Arrays.copyOf(conversation, length));
            }
        }
        until("all to be gone " + node.observed.closings, () -> node.observed.closed(Closing.DISCONNECTED) >= 20);
        assertThat(recorder.taken).hasValue(0);
    }

    @Test
    void service_ofANewerRelease_isRefusedPolitely() {
        try (RawPeer peer = RawPeer.proved(node, 3)) {
            peer.write(
                    Envelope.newBuilder()
                            .setKind(Kind.REQUEST)
                            .setService(99)
                            .setRequest(1)
                            .build(),
                    Envelope.newBuilder()
                            .setKindValue(77)
                            .setService(1)
                            .setRequest(2)
                            .build(),
                    Envelope.newBuilder().setKindValue(77).setService(1).build(),
                    Frames.message(Service.DIRECTORY, Buffer.buffer("nobody serves this")),
                    Frames.answer(3, Buffer.buffer("nobody asked")),
                    Frames.request(Service.RING, 4, 10_000, 0, Buffer.buffer("known")));
            List<Envelope> answers = new ArrayList<>();
            while (answers.size() < 3) {
                answers.addAll(peer.read());
            }
            assertThat(answers)
                    .containsExactly(
                            Frames.refusal(1, Refusal.UNKNOWN_SERVICE),
                            Frames.refusal(2, Refusal.UNKNOWN_SERVICE),
                            Frames.answer(4, Buffer.buffer("known")));
        }
        assertThat(node.observed.stray).hasValue(3);
    }

    @Test
    void peer_thatSaysNothing_isGivenUp() {
        useNode(new RpcOptions("127.0.0.1", 0, null, 5_000, 100, 400, 60_000, 20, 200, 4 << 20, 4_096, 64, 64));
        try (RawPeer peer = RawPeer.proved(node, 3)) {
            peer.awaitEnd();
        }
        until("silence", () -> node.observed.closed(Closing.SILENT) == 1);
    }

    /** Sooner than one that nobody waits for. */
    @Test
    void peer_thatAskedAndSaysNothing_isGivenUpSoon() {
        useNode(new RpcOptions("127.0.0.1", 0, null, 5_000, 100, 400, 60_000, 20, 200, 4 << 20, 4_096, 64, 64));
        node.peers.serve(Service.DIRECTORY, Recorder.silent());
        try (RawPeer quiet = RawPeer.proved(node, 3);
                RawPeer asker = RawPeer.proved(node, 4)) {
            asker.write(Frames.request(Service.DIRECTORY, 1, 60_000, 0, Buffer.buffer()));
            until("silence", () -> node.observed.closed(Closing.SILENT) == 1);
            assertThat(quiet.unreadBytes()).isZero();
            assertThat(asker.unreadBytes()).isGreaterThanOrEqualTo(2 * RecordKey.sealedBytes(0));
        }
    }

    @Test
    void stranger_whoIsSlow_isEndedInTime() {
        useNode(new RpcOptions("127.0.0.1", 0, null, 500, 500, 5_000, 60_000, 20, 200, 4 << 20, 4_096, 64, 64));
        byte[] hello = RawPeer.stranger(RawPeer.self(3), TestNode.SECRET).opening();
        try (RawPeer peer = RawPeer.connect(node)) {
            for (int i = 0; node.observed.closed(Closing.HANDSHAKE_TIMEOUT) == 0; i++) {
                assertThat(i).isLessThan(hello.length);
                peer.send(new byte[] {hello[i]});
                Await.pass(Duration.ofMillis(100));
            }
            assertEnds(Closing.HANDSHAKE_TIMEOUT, peer);
        }
    }

    private void useNode(RpcOptions options) {
        node.close();
        node = new TestNode(vertx, options, TestNode.identity(1)).start();
        node.peers.serve(Service.RING, recorder);
    }

    @Test
    void flood_ofHalfOpenConnections_leavesRoomForTruePeers() {
        List<RawPeer> strangers = new ArrayList<>();
        byte[] half =
                Arrays.copyOf(RawPeer.stranger(RawPeer.self(3), TestNode.SECRET).opening(), 100);
        try (LoopProbe probe = new LoopProbe(vertx, TestNode.LOOPS)) {
            for (int i = 0; i < FLOOD; i++) {
                RawPeer stranger = RawPeer.connect(node);
                strangers.add(stranger);
                stranger.send(half);
            }
            assertServesFriend();
            until("the oldest to go", () -> node.observed.closed(Closing.CROWDED_OUT) >= FLOOD - 2 * 64);
            Figures.note(
                    "rpc: 1,000 half-open connections held an event loop for at most " + probe.worstMillis() + " ms");
            assertThat(probe.worstMillis()).isLessThan(LoopProbe.LIMIT_MILLIS);
        } finally {
            strangers.forEach(RawPeer::close);
        }
    }

    /** Each begins a frame, and announces the largest that there is. */
    @Test
    void flood_ofProvedConnections_costsWhatTheySentAndNoMore() {
        List<RawPeer> peers = new ArrayList<>();
        long before = usedHeapBytes();
        try (LoopProbe probe = new LoopProbe(vertx, TestNode.LOOPS)) {
            for (int i = 0; i < FLOOD; i++) {
                RawPeer peer = RawPeer.proved(node, 3 + i);
                peers.add(peer);
                peer.send(peer.sealedBytes(Buffer.buffer()
                        .appendInt(Frames.FRAME_BYTES_MAX)
                        .appendBytes(new byte[1000])
                        .getBytes()));
            }
            assertServesFriend();
            long grown = usedHeapBytes() - before;
            Figures.note("rpc: 1,000 proved connections, each with a frame begun: " + (grown >> 20)
                    + " MiB of heap for both sides, event loop held for at most " + probe.worstMillis() + " ms");
            assertThat(grown).isLessThan(HEAP_BYTES_MAX);
            assertThat(probe.worstMillis()).isLessThan(LoopProbe.LIMIT_MILLIS);
        } finally {
            peers.forEach(RawPeer::close);
        }
    }

    private static long usedHeapBytes() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** 40 MiB are asked for; half of the 4 MiB that may wait does, then the connection is not read. */
    @Test
    void peer_thatTakesNoAnswers_isNotReadAnyMore() {
        Buffer large = Buffer.buffer(new byte[1 << 20]);
        node.peers.serve(Service.STATUS, Recorder.answering(request -> {
            recorder.taken.incrementAndGet();
            return Future.succeededFuture(large);
        }));
        try (RawPeer peer = RawPeer.proved(node, 3)) {
            Envelope[] requests = new Envelope[40];
            Arrays.setAll(requests, i -> Frames.request(Service.STATUS, i + 1, 60_000, 0, Buffer.buffer()));
            peer.write(requests);
            until("some answers to wait", () -> recorder.taken.get() >= 3);
            assertServesFriend();
            assertThat(recorder.taken.get()).isLessThan(30);
            List<Envelope> answers = new ArrayList<>();
            while (answers.size() < requests.length) {
                answers.addAll(peer.read());
            }
            assertThat(answers).allMatch(answer -> answer.getPayload().size() == large.length());
        }
        recorder.taken.set(0);
    }
}

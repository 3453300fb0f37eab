package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.process.Await;
import io.chordata.node.process.Figures;
import io.chordata.node.ring.SocketRing.Node;
import io.chordata.node.ring.directory.LargeDirectory;
import io.chordata.node.ring.status.StatusProtos;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.Position;
import io.chordata.node.rpc.LoopProbe;
import io.chordata.node.rpc.VertxPeers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest messages that there can be, at nodes with real sockets: their loops go on. */
class HostileTrafficTest {
    private static final int MESSAGES = 20;
    private static final int NODES = 10_000;
    private static final int PLACES = 32;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private SocketRing ring;

    /** With loops of their own. */
    @SuppressWarnings("NullAway.Init")
    private SocketRing outside;

    @SuppressWarnings("NullAway.Init")
    private Node node;

    @SuppressWarnings("NullAway.Init")
    private VertxPeers attacker;

    @SuppressWarnings("NullAway.Init")
    private NodeRecord self;

    @BeforeEach
    void begin() {
        ring = new SocketRing(folder.resolve("ring"));
        outside = new SocketRing(folder.resolve("outside"));
        node = ring.start(0, 1);
        SocketRing.await(node.service.joined());
        attacker = outside.peers(new NodeId(new Uint128(6, 6)), new AtomicReference<>());
        self = SocketRing.record(new NodeId(new Uint128(6, 6)), new NodeAddress("127.0.0.1", attacker.port()), 1);
    }

    @AfterEach
    void end() {
        SocketRing.await(attacker.stop());
        outside.close();
        ring.close();
    }

    private void assertLoopsGoOn(String what, Runnable traffic) {
        try (LoopProbe probe = new LoopProbe(ring.vertx, SocketRing.LOOPS)) {
            traffic.run();
            Figures.note("ring, " + what + ": event loops worked for " + probe.busiestMillis()
                    + " ms at most without a pause, and stood still for " + probe.worstMillis() + " ms");
            assertThat(probe.busiestMillis()).isLessThan(LoopProbe.LIMIT_MILLIS);
        }
    }

    private void send(Service service, byte[] message) {
        attacker.send(node.peer(), service, Buffer.buffer(message));
    }

    private void awaitAll() {
        long before = SocketRing.await(node.service.figures()).messagesUnreadable();
        send(Service.RING, new byte[] {1});
        send(Service.DIRECTORY, new byte[] {1});
        Await.until(
                "all to be read",
                SocketRing.DEADLINE,
                () -> SocketRing.await(node.service.figures()).messagesUnreadable() >= before + 2);
    }

    @Test
    void ringMessages_asLargeAsTheyCanBe_keepNoLoop() {
        Position at = Position.of(self.contact(), 0, 0);
        List<Position> list = IntStream.range(1, 400)
                .mapToObj(i ->
                        Position.of(new Contact(new NodeId(new Uint128(5, i)), new NodeAddress("n", 1), 1), 0, 0))
                .sorted(Comparator.comparing(position -> at.id().distanceTo(position.id())))
                .limit(RingOptions.SUCCESSOR_ENTRIES_MAX)
                .toList();
        Answer told = new Answer.Told(new Pointers(at, list.get(0), list));
        byte[] answers = RingCodec.encode(
                new RingMessage.Answers(self.contact(), 1, Collections.nCopies(RingMessage.PARTS_MAX, told)));
        assertLoopsGoOn("answers of " + answers.length + " bytes", () -> {
            IntStream.range(0, MESSAGES).forEach(i -> send(Service.RING, answers));
            awaitAll();
        });
        byte[] many = tooManyParts(answers);
        assertLoopsGoOn("answers of " + many.length + " bytes", () -> {
            IntStream.range(0, MESSAGES).forEach(i -> send(Service.RING, many));
            awaitAll();
        });
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < RingMessage.PARTS_MAX; i++) {
            questions.add(new Question.AskHop(new RingId(new Uint128(i * 0x9E3779B97F4A7C15L, 1))));
        }
        byte[] asked = RingCodec.encode(new RingMessage.Questions(self.contact(), 1, questions));
        assertLoopsGoOn(RingMessage.PARTS_MAX + " questions for the way", () -> {
            IntStream.range(0, MESSAGES).forEach(i -> send(Service.RING, asked));
            awaitAll();
        });
    }

    private static byte[] tooManyParts(byte[] answers) {
        try {
            RingProtos.Message.Builder message = RingProtos.Message.parseFrom(answers).toBuilder();
            RingProtos.Answer one = message.getAnswers().getAnswers(0);
            int count = (Service.RING.bytesMax() - 10_000) / (one.getSerializedSize() + 4);
            message.getAnswersBuilder().clearAnswers().addAllAnswers(Collections.nCopies(count, one));
            return message.build().toByteArray();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void news_ofThousandsOfNodes_keepsNoLoop() {
        byte[] nodes = LargeDirectory.gossip(self, 0, 0, Service.DIRECTORY.bytesMax());
        assertLoopsGoOn("news of nodes without places, " + nodes.length + " bytes", () -> {
            send(Service.DIRECTORY, nodes);
            awaitAll();
        });
    }

    @Test
    void news_ofAMillionPlaces_keepsNoLoop() {
        byte[] nodes = LargeDirectory.gossip(self, 0, Position.PER_NODE_MAX, Service.DIRECTORY.bytesMax());
        assertLoopsGoOn("news of nodes with many places, " + nodes.length + " bytes", () -> {
            send(Service.DIRECTORY, nodes);
            awaitAll();
        });
    }

    /** As a newcomer learns the whole cluster from somebody who has run in it for long. */
    @Test
    void exchange_ofTenThousandNodes_keepsNoLoop() {
        byte[] image = LargeDirectory.image(NODES, PLACES);
        assertLoopsGoOn("exchange of " + NODES + " nodes of " + PLACES + " places", () -> {
            outside.start(1, 1, image, node.address());
            Await.until(
                    "all to be known",
                    SocketRing.DEADLINE,
                    () -> node.service.view().nodeCount() >= NODES
                            && node.service.view().positionCount() >= NODES * PLACES);
        });
        assertLoopsGoOn(
                "directory of " + NODES + " nodes, none of which answers", () -> Await.pass(Duration.ofSeconds(5)));
    }

    /** Of the node with the most positions that there can be, for all of them with their fingers. */
    @Test
    void questionsOfOperators_manyAtOnce_keepNoLoop() {
        ring.positions = Position.PER_NODE_MAX;
        Node large = ring.start(1, 1, node.address());
        SocketRing.await(large.service.joined());
        large.serveStatus();
        Buffer question = Buffer.buffer(StatusProtos.Question.newBuilder()
                .setPositions(StatusProtos.AskPositions.newBuilder().setFingers(true))
                .build()
                .toByteArray());
        Await.pass(Duration.ofSeconds(1));
        assertLoopsGoOn(
                "a ring of " + Position.PER_NODE_MAX + " positions that nobody asks",
                () -> Await.pass(Duration.ofSeconds(3)));
        assertLoopsGoOn("questions for " + Position.PER_NODE_MAX + " positions", () -> {
            for (int round = 0; round < 3; round++) {
                List<Future<Buffer>> answers = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    answers.add(attacker.call(large.peer(), Service.STATUS, question, 60_000));
                }
                answers.forEach(answer -> SocketRing.await(answer.otherwiseEmpty()));
            }
        });
    }
}

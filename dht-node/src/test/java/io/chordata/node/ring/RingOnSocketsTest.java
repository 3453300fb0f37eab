package io.chordata.node.ring;

import static io.chordata.node.ring.SocketRing.DEADLINE;
import static io.chordata.node.ring.SocketRing.POSITIONS;
import static io.chordata.node.ring.SocketRing.await;

import io.chordata.node.core.RingId;
import io.chordata.node.process.Await;
import io.chordata.node.ring.RingOptions.Routing;
import io.chordata.node.ring.SocketRing.Node;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Position;
import io.chordata.node.runtime.SecureRandomSource;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes with real connections, timers and records, in one process. */
class RingOnSocketsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private SocketRing ring;

    @BeforeEach
    void begin() {
        ring = new SocketRing(folder);
    }

    @AfterEach
    void stopAll() {
        ring.close();
    }

    @Test
    void nodes_onSockets_formARing_answer_go_andComeBack() {
        Node first = ring.start(0, 1);
        Node second = ring.start(1, 1, first.address());
        Node third = ring.start(2, 1, first.address());
        ring.nodes.forEach(node -> await(node.service.joined()));
        untilAllKnow(3 * POSITIONS);
        assertThatLookupsAreRight();

        third.stop();
        Await.until(
                "the others know that it went",
                DEADLINE,
                () -> first.holds(third, NodeState.DOWN) && second.holds(third, NodeState.DOWN));
        Node again = ring.start(2, 2);
        await(again.service.joined());
        untilAllKnow(3 * POSITIONS);
        Await.until(
                "the others know that it is back",
                DEADLINE,
                () -> first.holds(again, NodeState.ALIVE) && second.holds(again, NodeState.ALIVE));
        assertThatLookupsAreRight();
    }

    private void untilAllKnow(int positions) {
        Await.until(
                "all know all positions",
                DEADLINE,
                () -> ring.nodes.stream().allMatch(node -> node.service.view().positionCount() == positions));
    }

    private void assertThatLookupsAreRight() {
        SecureRandomSource random = new SecureRandomSource();
        for (int i = 0; i < 30; i++) {
            RingId id = new RingId(random.nextUint128());
            Node node = ring.nodes.get(i % ring.nodes.size());
            Position owner = Objects.requireNonNull(node.service.view().successor(id));
            Await.until("the right answer by the directory", DEADLINE, () -> isFoundAt(node, id, Routing.ALL, owner));
            Await.until(
                    "the right answer by fingers",
                    DEADLINE,
                    () -> isFoundAt(node, id, new Routing(true, false, false), owner));
        }
    }

    private static boolean isFoundAt(Node node, RingId id, Routing routing, Position owner) {
        return await(node.service.lookup(id, routing)) instanceof LookupResult.Found found
                && found.owner().id().equals(owner.id());
    }
}

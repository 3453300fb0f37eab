package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.admin.PartitionView;
import io.chordata.node.admin.ProblemException;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.ServiceCluster;
import io.chordata.node.ring.ServiceCluster.SimNode;
import io.chordata.node.ring.orders.OrderLinks;
import io.chordata.node.ring.view.Departure;
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whole nodes on a simulated ring that are told to leave; who holds which partition is told by the test. */
class NodeDeparturesTest {
    private static final int REPLICATION = 3;
    private static final String KEY = "root";
    private static final NodeId NOBODY = new NodeId(Uint128.ZERO);

    private final ServiceCluster cluster = new ServiceCluster(20261127);
    private final List<NodeDepartures> departures = new ArrayList<>();
    /** Of the one partition that there is. */
    private final TreeSet<NodeId> voters = new TreeSet<>();

    private void form(int nodes) {
        cluster.form(nodes);
        for (SimNode node : cluster.nodes) {
            NodeDepartures serving = new NodeDepartures();
            serving.serving(new NodeDepartures.Parts(
                    node.service(),
                    node.id,
                    new OrderLinks(node.peers()),
                    () -> Future.succeededFuture(List.of(partition())),
                    () -> !voters.contains(node.id),
                    REPLICATION));
            departures.add(serving);
        }
    }

    private PartitionView partition() {
        List<String> ids = voters.stream().map(NodeId::toString).toList();
        return new PartitionView(0, "0", ids, ids, List.of(), "leader", 1, 1, null, null, null, "healthy");
    }

    private SimNode node(int number) {
        return cluster.nodes.get(number);
    }

    /** Asks one node about another. */
    private Future<NodeState> ask(int asked, int about, Departure departure) {
        Future<NodeState> answer = departures.get(asked).depart(node(about).id, departure, KEY);
        cluster.await("an answer", 20_000, answer::isComplete);
        return answer;
    }

    private void assertRefused(Future<?> answer, String detail) {
        assertThat(answer.cause()).isInstanceOf(ProblemException.class).hasMessageContaining(detail);
    }

    private void awaitSeen(int number, NodeState state) {
        cluster.await(
                state + " seen by all",
                60_000,
                () -> cluster.nodes.stream()
                        .filter(SimNode::isUp)
                        .allMatch(by -> recordOf(number, by).state() == state));
    }

    private NodeRecord recordOf(int number, SimNode by) {
        return Objects.requireNonNull(by.service().view().node(node(number).id));
    }

    @Test
    void drain_askedOfAnyNode_reachesTheOneConcerned() {
        form(4);
        assertThat(ask(0, 2, Departure.DRAIN).result()).isEqualTo(NodeState.DRAINING);
        awaitSeen(2, NodeState.DRAINING);
        assertThat(ask(3, 2, Departure.DRAIN).result()).as("again").isEqualTo(NodeState.DRAINING);
        assertThat(ask(2, 2, Departure.NONE).result()).isEqualTo(NodeState.ALIVE);
        awaitSeen(2, NodeState.ALIVE);
    }

    @Test
    void drain_thatLeavesTooFew_isRefusedWithTheReason() {
        form(4);
        ask(0, 1, Departure.DRAIN);
        awaitSeen(1, NodeState.DRAINING);
        assertRefused(ask(0, 2, Departure.DRAIN), "only 2 nodes would be left to hold 3 copies");
        assertRefused(ask(0, 3, Departure.DECOMMISSION), "only 2 nodes would be left to hold 3 copies");
        assertThat(ask(0, 1, Departure.DRAIN).succeeded())
                .as("what is under way")
                .isTrue();
        assertThat(recordOf(2, node(2)).state()).isEqualTo(NodeState.ALIVE);
    }

    @Test
    void order_forANodeThatCannot_saysWhy() {
        form(4);
        assertRefused(departures.get(0).depart(NOBODY, Departure.DRAIN, KEY), "no node");
        node(2).crash();
        assertRefused(ask(0, 2, Departure.DRAIN), "once it is down, it can be decommissioned");
        awaitSeen(2, NodeState.DOWN);
        assertRefused(ask(0, 2, Departure.DRAIN), "is down");
        assertRefused(new NodeDepartures().depart(node(1).id, Departure.DRAIN, KEY), "starting");
    }

    @Test
    void decommission_ofANodeThatIsDown_isForEver() {
        form(4);
        voters.addAll(Stream.of(1, 2, 3).map(number -> node(number).id).toList());
        node(2).crash();
        awaitSeen(2, NodeState.DOWN);
        assertThat(ask(0, 2, Departure.DECOMMISSION).result()).isEqualTo(NodeState.DECOMMISSIONED);
        awaitSeen(2, NodeState.DECOMMISSIONED);
        assertThat(ask(1, 2, Departure.DECOMMISSION).result()).isEqualTo(NodeState.DECOMMISSIONED);
        assertRefused(ask(1, 2, Departure.DRAIN), "for ever");
        node(2).start(ServiceCluster.addressOf(0));
        cluster.await("the refusal", 60_000, () -> !node(2).isUp());
    }

    /** Of three voters one may go for ever, two not. */
    @Test
    void decommission_thatCostsAMajority_isRefused() {
        form(5);
        voters.addAll(Stream.of(1, 2, 3).map(number -> node(number).id).toList());
        node(2).crash();
        node(3).crash();
        awaitSeen(2, NodeState.DOWN);
        awaitSeen(3, NodeState.DOWN);
        ask(0, 2, Departure.DECOMMISSION);
        awaitSeen(2, NodeState.DECOMMISSIONED);
        assertRefused(ask(0, 3, Departure.DECOMMISSION), "1 partitions would never have a majority again");
        voters.remove(node(2).id);
        voters.add(node(4).id);
        assertThat(ask(0, 3, Departure.DECOMMISSION).succeeded()).isTrue();
    }

    @Test
    void decommission_ofANodeThatRuns_endsItWhenNothingIsLeftOnIt() {
        form(4);
        voters.add(node(2).id);
        assertThat(ask(0, 2, Departure.DECOMMISSION).result()).isEqualTo(NodeState.DRAINING);
        awaitSeen(2, NodeState.DRAINING);
        look(new NodeLoad(1, 0, 0, 5, 0, 0, 0));
        voters.clear();
        look(new NodeLoad(0, 0, 0, 5, 0, 0, 0));
        assertThat(node(2).isJoined()).as("with blocks left").isTrue();
        look(NodeLoad.NONE);
        awaitSeen(2, NodeState.DECOMMISSIONED);
        cluster.await("its end", 30_000, () -> !node(2).isUp());
    }

    private void look(NodeLoad load) {
        node(2).service().report(load);
        cluster.scheduler.advanceMillis(100);
        departures.get(2).look();
        cluster.scheduler.advanceMillis(5_000);
    }

    @Test
    void drainedNode_thatIsNotToBeGone_runsOn() {
        form(4);
        ask(0, 2, Departure.DRAIN);
        look(NodeLoad.NONE);
        assertThat(node(2).isJoined()).isTrue();
        assertThat(recordOf(2, node(0)).state()).isEqualTo(NodeState.DRAINING);
    }
}

package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.partition.GroupCluster.Node;
import io.chordata.node.partition.LedgerMachine.Op;
import io.chordata.node.partition.move.BlockTransfer;
import io.chordata.node.partition.move.MoveOptions;
import io.chordata.node.partition.move.MovePorts;
import io.chordata.node.partition.move.MoveService;
import io.chordata.node.partition.move.NodeCondition;
import io.chordata.node.partition.move.PeerMoveLinks;
import io.chordata.node.partition.move.PlacementWatch;
import io.chordata.node.partition.move.Surroundings;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftCodec;
import io.chordata.node.partition.raft.RaftCodec.Addressed;
import io.chordata.node.partition.raft.RaftMessage;
import io.chordata.node.partition.raft.RaftMessage.Heartbeat;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimTimers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whole replicas with their stores and messages, which follow a ring. */
class MovesOfPartitionsTest {
    private static final MoveOptions OPTIONS =
            new MoveOptions(100, 500, 600, 1_500, 2_500, 250, 1_500, 1_200, 4, 4, 20);
    private static final int FRAME_BYTES = 1 << 20;
    private static final BlockTransfer NO_BLOCKS = new BlockTransfer() {
        @Override
        public Future<Void> backfill(PartitionId partition, Configuration configuration, Member learner) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> settle(PartitionId partition, Configuration joint) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> deleteCopy(PartitionId partition) {
            return Future.succeededFuture();
        }
    };

    private final GroupCluster cluster = new GroupCluster(11, 5);
    private List<Integer> placed = List.of();

    private void serve(Node node) {
        PlacementWatch watch = new PlacementWatch(GroupCluster.PARTITIONING.count());
        MovePorts ports = new MovePorts(
                new SimClock(cluster.scheduler),
                new SimTimers(cluster.scheduler, node.loops()),
                node.partitions().movable(() -> false),
                new PeerMoveLinks(node.id, GroupCluster.PARTITIONING, node.peers(), node::peer),
                NO_BLOCKS,
                () -> look(watch));
        MoveService service = new MoveService(node.id, ports, OPTIONS);
        node.loops().ownerOf(new PartitionId(0)).execute(service::start);
    }

    private Surroundings look(PlacementWatch watch) {
        List<PlacementWatch.Node> nodes = cluster.nodes.stream()
                .map(node -> new PlacementWatch.Node(
                        node.id, node.isUp() ? NodeCondition.ALIVE : NodeCondition.DOWN, "zone"))
                .toList();
        return watch.look(cluster.scheduler.nowMillis(), nodes, this::desired);
    }

    /** Three of those that are placed, beginning somewhere else for each partition. */
    private List<NodeId> desired(PartitionId partition) {
        List<NodeId> desired = new ArrayList<>();
        for (int i = 0; i < Math.min(3, placed.size()); i++) {
            desired.add(cluster.nodes.get(placed.get((partition.number() + i) % placed.size())).id);
        }
        return desired;
    }

    private boolean isAsDesired() {
        for (int p = 0; p < GroupCluster.PARTITIONING.count(); p++) {
            PartitionId partition = new PartitionId(p);
            Node leader = cluster.leader(partition);
            if (leader == null || !leader.id.equals(desired(partition).get(0)) || !isAsDesired(partition, leader)) {
                return false;
            }
        }
        return true;
    }

    private boolean isAsDesired(PartitionId partition, Node leader) {
        Configuration configuration =
                Objects.requireNonNull(leader.partitions().standing(partition)).configuration();
        TreeSet<NodeId> voters = new TreeSet<>();
        configuration.voters().forEach(voter -> voters.add(voter.node()));
        TreeSet<NodeId> holders = new TreeSet<>();
        cluster.nodes.stream()
                .filter(node -> node.isUp() && node.partitions().standing(partition) != null)
                .forEach(node -> holders.add(node.id));
        return !configuration.isJoint()
                && configuration.learners().isEmpty()
                && voters.equals(new TreeSet<>(desired(partition)))
                && holders.equals(voters);
    }

    private void add(long id) {
        for (int p = 0; p < GroupCluster.PARTITIONING.count(); p++) {
            PartitionId partition = new PartitionId(p);
            Node leader = Objects.requireNonNull(cluster.leader(partition));
            cluster.await(leader.partitions().propose(partition, LedgerMachine.command(Op.ADD, id + p, 1)));
        }
    }

    /** What no member of a sound group says to who leads it: that it leads in the same term. The invariant of one replica breaks. */
    private void breakLeader(PartitionId partition, Node leader) {
        Standing standing = Objects.requireNonNull(leader.partitions().standing(partition));
        Node liar = cluster.nodes.get((leader.number + 1) % 3);
        Member from = Objects.requireNonNull(standing.configuration().memberOf(liar.id));
        RaftMessage claim =
                new RaftMessage(from, standing.self(), standing.generation(), standing.term(), new Heartbeat(0, 0, 0));
        List<Addressed> messages = List.of(new Addressed(partition, claim));
        for (byte[] frame : RaftCodec.encode(messages, cluster.scheduler.nowMillis(), FRAME_BYTES)) {
            liar.peers().send(Objects.requireNonNull(liar.peer(leader.id)), Service.GROUPS, Buffer.buffer(frame));
        }
    }

    private boolean isAsDesiredAfter(PartitionId partition, Node node, long tenure) {
        Standing standing = node.partitions().standing(partition);
        return isAsDesired() && standing != null && standing.self().tenure() > tenure;
    }

    @Test
    void replica_thatFailsAlone_isTakenAnew() {
        placed = List.of(0, 1, 2);
        cluster.nodes.subList(0, 3).forEach(this::serve);
        cluster.until(this::isAsDesired);
        add(100);
        for (int p = 0; p < 3; p++) {
            PartitionId partition = new PartitionId(p);
            Node failing = Objects.requireNonNull(cluster.leader(partition));
            long tenure = Objects.requireNonNull(failing.partitions().standing(partition))
                    .self()
                    .tenure();
            breakLeader(partition, failing);
            cluster.until(() -> failing.partitions().standing(partition) == null);
            cluster.until(() -> isAsDesiredAfter(partition, failing, tenure));
            add(200 + p);
        }
    }

    @Test
    void partitions_followTheRing_asNodesJoinLeaveAndDie() {
        placed = List.of(0);
        cluster.nodes.forEach(this::serve);
        cluster.until(this::isAsDesired);
        add(100);
        placed = List.of(0, 1, 2);
        cluster.until(this::isAsDesired);
        add(200);
        placed = List.of(1, 2, 3, 4);
        cluster.until(this::isAsDesired);
        assertThat(cluster.nodes.get(0).partitions().standings()).isEmpty();
        add(300);
        cluster.nodes.get(4).crash();
        placed = List.of(0, 1, 2, 3);
        cluster.until(this::isAsDesired);
        add(400);
    }
}

package io.chordata.node.admin;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.ring.RingServiceOptions;
import io.chordata.node.ring.ServiceCluster;
import io.chordata.node.ring.ServiceCluster.SimNode;
import io.chordata.node.ring.status.ClusterRing;
import io.chordata.node.ring.status.FlowReport;
import io.chordata.node.ring.status.RingPicture;
import io.chordata.node.ring.status.ServiceRing;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Placement;
import io.chordata.node.ring.view.RingView;
import io.chordata.node.sim.SimTimers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a node tells of a simulated cluster, second by second, while some of its nodes crash and come back: whole rings with their
 * directories, of which the pictures are drawn as in a process. Partitions are not simulated: who should hold them follows from
 * the ring by the rule that nodes go by, who does from how it was at first, and those lead who are not down.
 */
public final class RingTape {
    private static final Partitioning PARTITIONING = Partitioning.DEFAULT;
    private static final int REPLICAS = 3;
    private static final int SECOND = 1_000;
    private static final int SECONDS_AWAY = 16;
    private static final int SECONDS_BETWEEN = 2;
    /** Rings are large, and the console asks for them seldom. */
    private static final int SECONDS_OF_RING = 5;

    private final ServiceCluster cluster;
    private final Map<NodeId, ClusterRing> rings = new LinkedHashMap<>();
    private final JsonArray moments = new JsonArray();
    private final JsonObject told = new JsonObject();
    private List<List<NodeId>> members = List.of();
    private List<List<NodeId>> desired = List.of();

    private RingTape(long seed) {
        cluster = new ServiceCluster(seed, RingServiceOptions.DEFAULT, PARTITIONING);
    }

    /**
     * Records it.
     *
     * @param churning so many of the nodes crash, one after the other, and come back
     * @return {@code [{nodes, ring, partitions}]} as in the answers of {@code /v1/…}, each without what is as in the moment before
     */
    public static JsonArray record(long seed, int nodes, int churning) {
        RingTape tape = new RingTape(seed);
        tape.cluster.form(nodes);
        tape.cluster.nodes.forEach(tape::draw);
        tape.place();
        tape.members = tape.desired;
        int seconds = churning * SECONDS_BETWEEN + SECONDS_AWAY;
        for (int second = 0; second <= seconds; second++) {
            tape.churn(second, churning);
            tape.cluster.scheduler.advanceMillis(SECOND);
            tape.note(second);
        }
        return tape.moments;
    }

    /** The founder stays, as it is the one that is asked. */
    private void churn(int second, int churning) {
        for (int number = 1; number <= churning; number++) {
            SimNode node = cluster.nodes.get(number);
            int crash = (number - 1) * SECONDS_BETWEEN;
            if (second == crash) {
                node.crash();
            } else if (second == crash + SECONDS_AWAY) {
                node.start(ServiceCluster.addressOf(0));
                draw(node);
            }
        }
    }

    private void draw(SimNode node) {
        ServiceRing own = new ServiceRing(
                node.id, node.service(), () -> Future.succeededFuture(List.of()), () -> FlowReport.NOTHING);
        ClusterRing drawn = new ClusterRing(
                new ClusterRing.Ports(
                        own, PARTITIONING, node.peers(), node.loops(), new SimTimers(cluster.scheduler, node.loops())),
                node.loops().ownerOf(new PartitionId(0)));
        drawn.serve();
        rings.put(node.id, drawn);
    }

    private ClusterRing asked() {
        ClusterRing asked = rings.get(cluster.nodes.get(0).id);
        if (asked == null) {
            throw new IllegalStateException("nobody draws");
        }
        return asked;
    }

    private void place() {
        Placement placement = Placement.of(asked().view(), PARTITIONING, REPLICAS, Set.of());
        desired = IntStream.range(0, PARTITIONING.count())
                .mapToObj(number -> placement.replicas(new PartitionId(number)))
                .toList();
    }

    private void note(int second) {
        JsonObject moment = new JsonObject();
        if (second % SECONDS_OF_RING == 0) {
            RingPicture picture = cluster.scheduler.await(asked().whole());
            JsonArray positions = new JsonArray();
            picture.positions().forEach(position -> positions.add(RingJson.position(position)));
            tell(moment, "ring", RingJson.frame(picture).put("positions", positions));
            place();
        }
        RingView view = asked().view();
        JsonArray nodes = new JsonArray();
        view.nodes().forEach(node -> nodes.add(new NodeView(node, null, false).toJson()));
        tell(moment, "nodes", nodes);
        tell(moment, "partitions", partitions(view));
        moments.add(moment);
    }

    private void tell(JsonObject moment, String name, Object content) {
        if (!content.equals(told.getValue(name))) {
            moment.put(name, content);
            told.put(name, content);
        }
    }

    private JsonArray partitions(RingView view) {
        Set<NodeId> down = new TreeSet<>();
        for (NodeRecord node : view.nodes()) {
            if (node.state() == NodeState.DOWN) {
                down.add(node.node());
            }
        }
        JsonArray partitions = new JsonArray();
        for (int number = 0; number < desired.size(); number++) {
            partitions.add(partition(number, desired.get(number), down).toJson());
        }
        return partitions;
    }

    private PartitionView partition(int number, List<NodeId> desired, Set<NodeId> down) {
        List<NodeId> voters = members.get(number);
        List<String> live =
                texts(voters.stream().filter(voter -> !down.contains(voter)).toList());
        boolean isServed = live.size() > REPLICAS / 2;
        return new PartitionView(
                number,
                PARTITIONING.point(new PartitionId(number)).toString(),
                texts(desired),
                texts(voters),
                List.of(),
                isServed ? live.get(0) : null,
                1,
                1,
                null,
                null,
                null,
                !isServed ? "unavailable" : voters.containsAll(desired) ? "healthy" : "short");
    }

    private static List<String> texts(List<NodeId> nodes) {
        return nodes.stream().map(NodeId::toString).toList();
    }
}

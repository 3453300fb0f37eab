package io.chordata.node.ring.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.Arc;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RingViewTest {
    private static final long SEED = 7;

    /** What a view should hold, in the plainest form: a sorted map, and all places sorted anew for each question. */
    private static final class Model {
        final TreeMap<NodeId, NodeRecord> nodes = new TreeMap<>();

        List<Position> positions() {
            return nodes.values().stream()
                    .filter(NodeRecord::isOnRing)
                    .flatMap(node -> node.positions().stream())
                    .sorted()
                    .toList();
        }

        static @Nullable Position successor(List<Position> positions, RingId point) {
            return positions.stream()
                    .min(Comparator.comparing(position -> point.distanceTo(position.id())))
                    .orElse(null);
        }

        /** Clockwise from the point the farthest; a place on the point itself is no way ahead, so it comes last. */
        static @Nullable Position predecessor(List<Position> positions, RingId point) {
            return positions.stream()
                    .max(Comparator.comparing(position -> point.distanceTo(position.id())))
                    .orElse(null);
        }
    }

    @Test
    void view_afterManyRandomChanges_isWhatTheModelIs() {
        SimRandom random = new SimRandom(SEED);
        Model model = new Model();
        RingView view = RingView.EMPTY;
        for (int step = 0; step < 3_000; step++) {
            view = changeBoth(random, view, model);
            if (step % 50 == 0) {
                compare(random, view, model, step);
            }
        }
        compare(random, view, model, 3_000);
        for (NodeId node : List.copyOf(model.nodes.keySet())) {
            model.nodes.remove(node);
            view = view.without(node);
        }
        compare(random, view, model, 3_001);
    }

    private static RingView changeBoth(SimRandom random, RingView view, Model model) {
        List<NodeId> known = List.copyOf(model.nodes.keySet());
        if (known.isEmpty() || random.chance(0.2)) {
            NodeRecord node = ViewWorld.node(NodeId.random(random), "z", random.nextInt(20));
            model.nodes.put(node.node(), node);
            return view.with(node);
        }
        NodeId chosen = known.get(random.nextInt(known.size()));
        if (random.chance(0.1)) {
            model.nodes.remove(chosen);
            return view.without(chosen);
        }
        NodeRecord changed = changed(random, Objects.requireNonNull(model.nodes.get(chosen)));
        model.nodes.put(chosen, changed);
        return view.with(changed);
    }

    private static NodeRecord changed(SimRandom random, NodeRecord node) {
        if (random.chance(0.5)) {
            return node.withState(NodeState.values()[random.nextInt(NodeState.values().length)]);
        }
        if (random.chance(0.5)) {
            long incarnation = node.contact().incarnation() + 1;
            return node.withContact(new Contact(node.node(), new NodeAddress("moved", 1), incarnation));
        }
        return node.withCandidates(List.of(random.nextInt(64), random.nextInt(64)));
    }

    private static void compare(SimRandom random, RingView view, Model model, int step) {
        List<Position> positions = model.positions();
        assertThat(view.nodes()).as("step %d", step).containsExactlyElementsOf(model.nodes.values());
        assertThat(all(view, new RingId(Uint128.ZERO))).as("step %d", step).containsExactlyElementsOf(positions);
        assertThat(view.positionCount()).isEqualTo(positions.size());
        assertThat(view.nodeCount()).isEqualTo(model.nodes.size());
        for (RingId point : points(random, positions)) {
            assertThat(view.successor(point))
                    .as("at %s, step %d", point, step)
                    .isEqualTo(Model.successor(positions, point));
            assertThat(view.predecessor(point))
                    .as("at %s, step %d", point, step)
                    .isEqualTo(Model.predecessor(positions, point));
        }
        for (NodeRecord node : model.nodes.values()) {
            assertThat(view.node(node.node())).isEqualTo(node);
            List<Position> own = positions.stream()
                    .filter(position -> position.owner().node().equals(node.node()))
                    .toList();
            assertThat(view.positionsOf(node.node())).as("step %d", step).isEqualTo(own);
        }
    }

    /** The edges, some places and their neighbours, some at random. */
    private static List<RingId> points(SimRandom random, List<Position> positions) {
        List<RingId> points = new ArrayList<>(List.of(new RingId(Uint128.ZERO), new RingId(new Uint128(-1, -1))));
        for (int i = 0; i < 5; i++) {
            points.add(new RingId(random.nextUint128()));
            if (!positions.isEmpty()) {
                RingId id = positions.get(random.nextInt(positions.size())).id();
                points.add(id);
                points.add(id.plus(new Uint128(0, 1)));
                points.add(id.plus(new Uint128(-1, -1)));
            }
        }
        return points;
    }

    @Test
    void oldView_afterChanges_isAsItWas() {
        SimRandom random = new SimRandom(SEED);
        RingView view = RingView.EMPTY.change(ViewWorld.nodes(random, 50, "z", 8), List.of());
        List<NodeRecord> nodes = view.nodes();
        List<Position> positions = all(view, new RingId(Uint128.ZERO));
        RingView later = view.change(ViewWorld.nodes(random, 100, "z", 8), List.of());
        for (NodeRecord node : nodes) {
            later = later.with(node.withState(NodeState.DOWN)).without(node.node());
        }
        assertThat(view.nodes()).isEqualTo(nodes);
        assertThat(all(view, new RingId(Uint128.ZERO))).isEqualTo(positions);
        assertThat(later.nodeCount()).isEqualTo(100);
    }

    @Test
    void version_ofAChange_risesByOneAndElseStays() {
        NodeRecord node = ViewWorld.node(NodeId.random(new SimRandom(SEED)), "z", 4);
        RingView one = RingView.EMPTY.with(node);
        assertThat(one.version()).isEqualTo(1);
        assertThat(one.with(node)).isSameAs(one);
        assertThat(one.without(NodeId.random(new SimRandom(SEED + 1)))).isSameAs(one);
        assertThat(one.with(node.withState(NodeState.SUSPECT)).version()).isEqualTo(2);
        assertThat(one.without(node.node()).version()).isEqualTo(2);
    }

    @Test
    void emptyRing_askedAnything_hasNothing() {
        RingId point = new RingId(Uint128.ZERO);
        NodeRecord joining = ViewWorld.node(new NodeId(Uint128.ZERO), "z", 4).withState(NodeState.JOINING);
        for (RingView view : List.of(RingView.EMPTY, RingView.EMPTY.with(joining))) {
            assertThat(view.successor(point)).isNull();
            assertThat(view.predecessor(point)).isNull();
            assertThat(view.successor(point, node -> true)).isNull();
            assertThat(view.clockwise(point).hasNext()).isFalse();
            assertThat(view.share(joining.node())).isZero();
        }
    }

    @Test
    void ringOfOne_askedForNeighbours_hasOnlyItself() {
        NodeRecord node = ViewWorld.node(new NodeId(Uint128.ZERO), "z", 1);
        RingView view = RingView.EMPTY.with(node);
        Position only = node.positions().get(0);
        assertThat(view.successor(only.id())).isEqualTo(only);
        assertThat(view.predecessor(only.id())).isEqualTo(only);
        assertThat(view.arc(only)).isEqualTo(new Arc(only.id(), only.id()));
        assertThat(view.share(node.node())).isEqualTo(1);
    }

    @Test
    void shares_ofAllNodes_sumToOne() {
        RingView view = RingView.EMPTY.change(ViewWorld.nodes(new SimRandom(SEED), 40, "z", 16), List.of());
        double sum = view.nodes().stream()
                .mapToDouble(node -> view.share(node.node()))
                .sum();
        assertThat(sum).isBetween(1 - 1e-9, 1 + 1e-9);
    }

    @Test
    void successor_withATest_passesOverOthers() {
        SimRandom random = new SimRandom(SEED);
        List<NodeRecord> nodes = new ArrayList<>(ViewWorld.nodes(random, 10, "z", 8));
        nodes.replaceAll(node -> random.chance(0.5) ? node.withState(NodeState.DOWN) : node);
        RingView view = RingView.EMPTY.change(nodes, List.of());
        RingView live = RingView.EMPTY.change(
                nodes.stream().filter(node -> node.state().isRoutable()).toList(), List.of());
        for (int i = 0; i < 1_000; i++) {
            RingId point = new RingId(random.nextUint128());
            assertThat(view.successor(point, node -> node.state().isRoutable())).isEqualTo(live.successor(point));
        }
    }

    @Test
    void contactOfANode_changed_isThatOfItsPlaces() {
        NodeRecord node = ViewWorld.node(new NodeId(Uint128.ZERO), "z", 4);
        Contact moved = new Contact(node.node(), new NodeAddress("elsewhere", 2), 2);
        RingView view = RingView.EMPTY.with(node).with(node.withContact(moved));
        assertThat(all(view, new RingId(Uint128.ZERO)))
                .hasSize(4)
                .allMatch(position -> position.owner().equals(moved));
    }

    static List<Position> all(RingView view, RingId from) {
        List<Position> all = new ArrayList<>();
        Iterator<Position> walk = view.clockwise(from);
        walk.forEachRemaining(all::add);
        return all;
    }
}

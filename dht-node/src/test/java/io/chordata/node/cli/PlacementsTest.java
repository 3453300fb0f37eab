package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.Loop;
import io.chordata.node.core.Loops;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.ring.status.RingWorld;
import io.chordata.node.ring.view.DownNodes;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Placement;
import io.chordata.node.ring.view.RingView;
import io.chordata.node.sim.SimClock;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class PlacementsTest {
    private static final int REPLICATION = 2;
    private static final long REPLACE_AFTER_MILLIS = 10_000;
    private static final PartitionId PARTITION = new PartitionId(0);

    private final RingWorld world = new RingWorld(20261126, 3, 2);

    private Placements placements(Loops loops) {
        return new Placements(
                loops,
                new SimClock(world.scheduler),
                RingWorld.PARTITIONING,
                REPLICATION,
                new DownNodes(REPLACE_AFTER_MILLIS));
    }

    private List<NodeId> replicas(Placements placements, RingView view) {
        return world.await(placements.of(view)).replicas(PARTITION);
    }

    @Test
    void replicas_ofAPartition_leaveOutWhoIsDownForTooLong() {
        Placements placements = placements(world.loops);
        RingView whole = world.view();
        List<NodeId> both = replicas(placements, whole);
        NodeRecord first = Objects.requireNonNull(whole.node(both.get(0)));
        RingView without = whole.with(first.withState(NodeState.DOWN));

        placements.look(without);
        world.scheduler.advanceMillis(REPLACE_AFTER_MILLIS - 1);
        placements.look(without);
        assertThat(replicas(placements, without)).isEqualTo(both);

        world.scheduler.advanceMillis(1);
        placements.look(without);
        assertThat(replicas(placements, without)).hasSize(REPLICATION).doesNotContain(first.node());

        placements.look(whole);
        placements.look(without);
        assertThat(replicas(placements, without)).isEqualTo(both);
    }

    @Test
    void placement_askedForAgain_isComputedOnceForEachView() {
        Placements placements = placements(world.loops);
        RingView view = world.view();
        Placement first = world.await(placements.of(view));

        assertThat(world.await(placements.of(view))).isSameAs(first);
        world.become(1, NodeState.DRAINING);
        assertThat(world.await(placements.of(world.view()))).isNotSameAs(first);
    }

    /** Fails the first piece of work that it is given. */
    private final class StumblingLoops implements Loops {
        private boolean hasStumbled;

        @Override
        public Loop current() {
            return new Stumbling(world.loops.current());
        }

        @Override
        public Loop ownerOf(PartitionId partition) {
            return new Stumbling(world.loops.ownerOf(partition));
        }

        private final class Stumbling implements Loop {
            private final Loop real;

            Stumbling(Loop real) {
                this.real = real;
            }

            @Override
            public void execute(Runnable task) {
                real.execute(task);
            }

            @Override
            public <T> Future<T> executeBlocking(Callable<T> task) {
                if (hasStumbled) {
                    return real.executeBlocking(task);
                }
                hasStumbled = true;
                return Future.failedFuture(new IllegalStateException("no worker left"));
            }

            @Override
            public boolean isCurrent() {
                return real.isCurrent();
            }
        }
    }

    @Test
    void placement_thatFailed_isComputedAnewForWhoeverAsksNext() {
        Placements placements = placements(new StumblingLoops());
        RingView view = world.view();

        assertThatThrownBy(() -> replicas(placements, view)).hasMessage("no worker left");

        assertThat(replicas(placements, view)).hasSize(REPLICATION);
    }
}

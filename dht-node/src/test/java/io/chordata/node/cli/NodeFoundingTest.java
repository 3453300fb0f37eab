package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.admin.InitRoute.Outcome;
import io.chordata.node.admin.ProblemException;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Uint128;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.SimTimers;
import io.chordata.node.storage.Identity;
import io.chordata.node.storage.Identity.Origin;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What an order to found comes to that is given while the node waits for it. */
class NodeFoundingTest {
    private static final int MANY_EVENTS = 10_000;

    private final SimScheduler scheduler = new SimScheduler(1);
    private final SimLoops loops = new SimLoops(scheduler, 1);
    private final NodeFounding founding = new NodeFounding(loops, new SimTimers(scheduler, loops));
    private final AtomicInteger told = new AtomicInteger();

    private static Identity identity(Origin origin) {
        Uint128 id = new Uint128(0, 7);
        return new Identity(new ClusterId(id), new NodeId(id), origin, 1, Partitioning.DEFAULT, List.of(id));
    }

    /** The wait is over at once, as the node is asked to stop: what an order comes to is the same. */
    private Future<Outcome> order() {
        Lifecycle lifecycle = new Lifecycle();
        lifecycle.askToStop();
        founding.awaitOrder(lifecycle);
        Future<Outcome> outcome = founding.found();
        scheduler.runUntilIdle(MANY_EVENTS);
        assertThat(outcome.isComplete()).isFalse();
        return outcome;
    }

    private Throwable refusal(Future<Outcome> outcome) {
        scheduler.runUntil(outcome::isComplete, MANY_EVENTS);
        assertThat(outcome.cause()).isInstanceOf(ProblemException.class);
        return outcome.cause();
    }

    private Future<String> tell() {
        told.incrementAndGet();
        return Future.succeededFuture();
    }

    @Test
    void order_whereRecordsWereLost_isRefusedAndTellsNobodyToFound() {
        Future<Outcome> outcome = order();

        founding.searching(this::tell, true);

        assertThat(refusal(outcome)).hasMessageContaining("*.of-ID");
        assertThat(told).hasValue(0);
    }

    @Test
    void order_onAnEmptyDirectory_tellsTheSearchToFound() {
        Future<Outcome> outcome = order();

        founding.searching(this::tell, false);
        scheduler.runUntil(() -> told.get() > 0, MANY_EVENTS);
        founding.of(identity(Origin.FOUNDED));

        scheduler.runUntil(outcome::isComplete, MANY_EVENTS);
        assertThat(outcome.result().cluster())
                .isEqualTo(identity(Origin.FOUNDED).cluster());
        assertThat(told).hasValue(1);
    }

    @Test
    void order_whereAClusterWasFoundedMeanwhile_isAnsweredWithThat() {
        Future<Outcome> outcome = order();

        founding.of(identity(Origin.FOUNDED));

        scheduler.runUntil(outcome::isComplete, MANY_EVENTS);
        assertThat(outcome.result().node()).isEqualTo(identity(Origin.FOUNDED).node());
    }

    /** Asked again after its volume was lost, it has joined the cluster: that there is one is what was wanted. */
    @Test
    void order_whereAClusterWasJoinedMeanwhile_isAnsweredWithThat() {
        Future<Outcome> outcome = order();

        founding.of(identity(Origin.JOINED));

        scheduler.runUntil(outcome::isComplete, MANY_EVENTS);
        Identity joined = identity(Origin.JOINED);
        assertThat(outcome.result()).isEqualTo(Outcome.member(joined.cluster(), joined.node()));
    }
}

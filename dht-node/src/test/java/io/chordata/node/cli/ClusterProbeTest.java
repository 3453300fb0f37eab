package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.SimTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

class ClusterProbeTest {
    private static final long PROBE_MILLIS = 100;

    private final SimScheduler scheduler = new SimScheduler(1);
    private final SimLoops loops = new SimLoops(scheduler, 1);
    private Promise<Boolean> cluster = Promise.promise();
    private int asked;
    private final ClusterProbe probe =
            new ClusterProbe(this::askCluster, new SimTimers(scheduler, loops), new SimClock(scheduler));

    private Future<Boolean> askCluster() {
        asked++;
        cluster = Promise.promise();
        return cluster.future();
    }

    private void pass(long millis) {
        scheduler.advanceMillis(millis);
    }

    private boolean answerOfACluster(boolean answer) {
        Future<Boolean> asking = probe.ask();
        cluster.complete(answer);
        assertThat(asking.isComplete()).isTrue();
        return asking.result();
    }

    /** Nobody answers until the probe has to. */
    private boolean answerInTime() {
        Future<Boolean> asking = probe.ask();
        pass(PROBE_MILLIS);
        assertThat(asking.isComplete()).isTrue();
        return asking.result();
    }

    @Test
    void probe_ofAClusterThatAnswers_isItsAnswer() {
        assertThat(answerOfACluster(true)).isTrue();
        assertThat(answerOfACluster(false)).isFalse();
        assertThat(answerOfACluster(true)).isTrue();
    }

    @Test
    void probe_ofAClusterThatTakesItsTime_isTheLastAnswerForTenSeconds() {
        assertThat(answerInTime()).isFalse();
        cluster.complete(true);

        assertThat(answerInTime()).isTrue();
        pass(9_000);
        assertThat(answerInTime()).isTrue();
        pass(1_000);
        assertThat(answerInTime()).isFalse();
    }

    @Test
    void probe_ofAClusterThatCannotBeAsked_isTheLastAnswer() {
        Future<Boolean> first = probe.ask();
        cluster.fail("no ring");
        assertThat(first.result()).isFalse();
        assertThat(answerOfACluster(true)).isTrue();

        Future<Boolean> next = probe.ask();
        cluster.fail("no ring");
        assertThat(next.result()).isTrue();
    }

    @Test
    void cluster_thatNobodyProbes_isNotAsked() {
        answerOfACluster(true);
        pass(60_000);
        assertThat(asked).isEqualTo(1);
    }
}

package io.chordata.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.admin.Health.Phase;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final Health health = new Health();

    @Test
    void node_starting_isNeitherReadyNorStarted() {
        assertThat(health.isReady()).isFalse();
        assertThat(health.isStarted()).isFalse();
        assertThat(health.isStoppable()).isTrue();
    }

    @Test
    void node_servingPartitions_isReadyAndHoldsEveryMajority() {
        health.isNeeded(true);
        assertThat(health.isStoppable()).isTrue();
        health.become(Phase.SERVING);

        assertThat(health.isReady()).isTrue();
        assertThat(health.isStoppable()).isFalse();

        health.become(Phase.FAILED);
        assertThat(health.isStoppable()).isTrue();
    }

    @Test
    void node_servingWithoutPartitions_isReadyAndCanBeStopped() {
        health.become(Phase.SERVING);

        assertThat(health.isReady()).isTrue();
        assertThat(health.isStoppable()).isTrue();
    }

    @Test
    void node_servingButNotOnTheRing_hasNotStarted() {
        health.become(Phase.SERVING);
        assertThat(health.isStarted()).isFalse();

        health.joinedRing();
        assertThat(health.isStarted()).isTrue();
    }

    /** Where a majority of each partition is away for long it is not to be restarted, over and over. */
    @Test
    void node_onTheRingThatCannotServe_hasStartedAndIsNotReady() {
        health.joinedRing();

        assertThat(health.isStarted()).isTrue();
        assertThat(health.isReady()).isFalse();
    }

    @Test
    void node_waitingForItsFounding_isNotReady() {
        health.become(Phase.WAITING);

        assertThat(health.isReady()).isFalse();
        assertThat(health.isStarted()).isFalse();
    }

    @Test
    void node_whoseStoreFailed_isNotReadyButHasStarted() {
        health.joinedRing();
        health.become(Phase.SERVING);
        health.become(Phase.FAILED);

        assertThat(health.isReady()).isFalse();
        assertThat(health.isStarted()).isTrue();
    }

    @Test
    void node_stopping_neverLooksReadyAgain() {
        health.become(Phase.SERVING);
        health.become(Phase.STOPPING);
        health.become(Phase.SERVING);
        health.become(Phase.FAILED);

        assertThat(health.phase()).isEqualTo(Phase.STOPPING);
        assertThat(health.isReady()).isFalse();
    }

    @Test
    void node_thatFailed_doesNotServeAgain() {
        health.become(Phase.SERVING);
        health.become(Phase.FAILED);
        health.become(Phase.SERVING);

        assertThat(health.phase()).isEqualTo(Phase.FAILED);
    }
}

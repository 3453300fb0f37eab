package io.chordata.node.ring.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalHealthTest {
    private final LocalHealth health = new LocalHealth(8);

    @Test
    void health_withBadSigns_scalesTimesUp() {
        assertThat(health.scale(500)).isEqualTo(500);
        health.worse(3);
        assertThat(health.scale(500)).isEqualTo(2_000);
        health.better();
        assertThat(health.scale(500)).isEqualTo(1_500);
    }

    @Test
    void health_withManySigns_staysWithinBounds() {
        health.worse(100);
        assertThat(health.score()).isEqualTo(8);
        for (int i = 0; i < 20; i++) {
            health.better();
        }
        assertThat(health.score()).isZero();
    }
}

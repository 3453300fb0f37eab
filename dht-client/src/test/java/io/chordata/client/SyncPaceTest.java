package io.chordata.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SyncPaceTest {
    private final SyncPace pace = new SyncPace();

    @Test
    void sync_beginsAfterSoMuch_andOneAtATime() {
        assertThat(pace.written(SyncPace.EVERY_BYTES - 1)).isFalse();
        assertThat(pace.written(1)).isTrue();
        assertThat(pace.isSyncing()).isTrue();
        assertThat(pace.written(3 * SyncPace.EVERY_BYTES))
                .as("while one is under way")
                .isFalse();

        pace.synced();
        assertThat(pace.isSyncing()).isFalse();
        assertThat(pace.written(1)).as("what came meanwhile counts").isTrue();
    }
}

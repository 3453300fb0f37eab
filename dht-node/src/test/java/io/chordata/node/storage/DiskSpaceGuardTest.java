package io.chordata.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.SpaceGuard.Room;
import org.junit.jupiter.api.Test;

class DiskSpaceGuardTest {
    private static final long TOTAL_BYTES = 1_000_000_000_000L;

    private final DiskSpaceGuard guard = new DiskSpaceGuard(SpaceGuardOptions.DEFAULT);

    @Test
    void guard_that_was_told_nothing_has_room_for_all() {
        assertThat(guard.room()).isEqualTo(Room.ALL);
    }

    @Test
    void disk_that_fills_stops_blocks_at_95_percent_and_records_at_98() {
        assertThat(roomWhenUsed(949_999_000_000L)).isEqualTo(Room.ALL);
        assertThat(roomWhenUsed(950_000_000_000L)).isEqualTo(Room.RECORDS);
        assertThat(roomWhenUsed(979_999_000_000L)).isEqualTo(Room.RECORDS);
        assertThat(roomWhenUsed(980_000_000_000L)).isEqualTo(Room.DELETES);
        assertThat(roomWhenUsed(TOTAL_BYTES)).isEqualTo(Room.DELETES);
    }

    @Test
    void disk_that_empties_resumes_half_a_percent_below_each_threshold() {
        assertThat(roomWhenUsed(990_000_000_000L)).isEqualTo(Room.DELETES);
        assertThat(roomWhenUsed(975_000_000_000L)).isEqualTo(Room.DELETES);
        assertThat(roomWhenUsed(974_999_000_000L)).isEqualTo(Room.RECORDS);
        assertThat(roomWhenUsed(979_999_000_000L)).isEqualTo(Room.RECORDS);
        assertThat(roomWhenUsed(945_000_000_000L)).isEqualTo(Room.RECORDS);
        assertThat(roomWhenUsed(944_999_000_000L)).isEqualTo(Room.ALL);
        assertThat(roomWhenUsed(949_999_000_000L)).isEqualTo(Room.ALL);
    }

    @Test
    void disk_that_empties_at_once_has_room_for_all_at_once() {
        assertThat(roomWhenUsed(999_000_000_000L)).isEqualTo(Room.DELETES);
        assertThat(roomWhenUsed(100_000_000_000L)).isEqualTo(Room.ALL);
    }

    @Test
    void small_disk_keeps_room_that_is_not_written_between_two_readings() {
        long total = 300L << 20;
        assertThat(roomWhenFree(total * 251 / 1000, total)).isEqualTo(Room.ALL);
        assertThat(roomWhenFree(total * 249 / 1000, total)).isEqualTo(Room.RECORDS);
        assertThat(roomWhenFree(total * 149 / 1000, total)).isEqualTo(Room.DELETES);
    }

    @Test
    void disk_of_a_few_gigabytes_keeps_half_a_gibibyte_from_blocks_and_a_quarter_from_records() {
        long total = 5L << 30;
        assertThat(roomWhenFree(513L << 20, total)).isEqualTo(Room.ALL);
        assertThat(roomWhenFree(511L << 20, total)).isEqualTo(Room.RECORDS);
        assertThat(roomWhenFree(257L << 20, total)).isEqualTo(Room.RECORDS);
        assertThat(roomWhenFree(255L << 20, total)).isEqualTo(Room.DELETES);
    }

    @Test
    void largest_disks_do_not_overflow() {
        guard.refresh(Long.MAX_VALUE / 100, Long.MAX_VALUE);
        assertThat(guard.room()).isEqualTo(Room.DELETES);
    }

    @Test
    void reading_that_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> guard.refresh(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> guard.refresh(-1, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void options_that_contradict_each_other_are_refused() {
        assertThatThrownBy(() -> new SpaceGuardOptions(980, 950, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SpaceGuardOptions(950, 1001, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SpaceGuardOptions(950, 980, 950)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SpaceGuardOptions(950, 980, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private Room roomWhenUsed(long usedBytes) {
        return roomWhenFree(TOTAL_BYTES - usedBytes, TOTAL_BYTES);
    }

    private Room roomWhenFree(long freeBytes, long totalBytes) {
        guard.refresh(freeBytes, totalBytes);
        return guard.room();
    }
}

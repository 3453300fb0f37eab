package io.chordata.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Uint128;
import io.chordata.node.sim.SimClock;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BlockMaintenanceTest {
    private static final PartitionId PARTITION = new PartitionId(1);
    private static final BlockOwner OWNER = new BlockOwner(new BucketId(Uint128.ZERO), new byte[] {'k'}, null, 0, 5);
    private static final int BLOCKS = 30;
    private static final int LENGTH = 10_000;

    private final BlockStoreWorld world = new BlockStoreWorld(1);

    private static BodyId body(int number) {
        return new BodyId(new Uint128(number, 1));
    }

    private void fill() {
        for (int i = 0; i < BLOCKS; i++) {
            BlockRef block = new BlockRef(PARTITION, body(i), 0);
            byte[] content = BlockStoreWorld.content(block, LENGTH);
            world.await(world.store().write(block, OWNER, Buffer.buffer(content)));
        }
    }

    private BlockMaintenance maintenance(BlockMaintenanceOptions options) {
        return new BlockMaintenance(world.store(), world.timers(), new SimClock(world.scheduler), options);
    }

    @Test
    void scrub_ofAllBlocks_reportsThemAndKeepsItsPace() {
        fill();
        BlockRow rotten =
                Objects.requireNonNull(new BlockIndex(world.records()).find(new BlockRef(PARTITION, body(11), 0)));
        world.fileDisk.rot(SegmentFiles.name(rotten.segment()), rotten.offset() + rotten.headerBytes() + 7);
        BlockMaintenance slow = maintenance(new BlockMaintenanceOptions(1000, 100_000, 1000));
        ScrubReport report = world.await(slow.scrub());
        assertThat(report.blocks()).isEqualTo(BLOCKS);
        assertThat(report.corrupt()).isEqualTo(1);
        assertThat(report.bytes()).isEqualTo((BLOCKS - 1) * LENGTH);
        // the last page need not be waited for
        assertThat(report.durationMillis()).isBetween(2_200L, 3_500L);
        assertThat(report.endedAt()).isEqualTo(new SimClock(world.scheduler).wallMillis());
        assertThat(slow.lastScrub()).isEqualTo(report);
    }

    @Test
    void age_ofTheLastScrub_growsUntilAWholeOneEnds() {
        fill();
        BlockMaintenance slow = maintenance(new BlockMaintenanceOptions(1000, 100_000, 1000));
        world.scheduler.advance(5_000_000_000L);
        assertThat(slow.scrubAgeMillis()).isEqualTo(5_000);

        Future<ScrubReport> pass = slow.scrub();
        world.scheduler.advance(1_000_000_000L);
        assertThat(pass.isComplete()).isFalse();
        assertThat(slow.scrubAgeMillis()).isEqualTo(6_000);

        world.await(pass);
        assertThat(slow.scrubAgeMillis()).isZero();
    }

    @Test
    void maintenance_onceStarted_givesDeadSpaceBack_untilItIsStopped() {
        fill();
        BlockMaintenance maintenance = maintenance(new BlockMaintenanceOptions(500, 1 << 20, 60_000));
        maintenance.start();
        for (int i = 0; i < BLOCKS; i++) {
            if (i % 4 != 0) {
                world.await(world.store().drop(PARTITION, body(i)));
            }
        }
        world.scheduler.advance(10_000_000_000L);
        assertThat(world.store().stats().compactedBytes()).isPositive();
        assertThat(world.store().stats().segmentBytes()).isLessThan(4 * BlockStoreWorld.OPTIONS.segmentBytes());
        assertThat(world.store().stats().blocks()).isEqualTo((BLOCKS + 3) / 4);
        assertThat(maintenance.lastScrub()).isNotNull();
        maintenance.stop();
        world.scheduler.runUntilIdle(10_000);
    }
}

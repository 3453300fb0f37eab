package io.chordata.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.BlockCorruptException;
import io.chordata.node.core.BlockMissingException;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.core.StoreFullException;
import io.chordata.node.core.Uint128;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** One fault after the other, each by itself. */
class BlockStoreFaultTest {
    private static final PartitionId PARTITION = new PartitionId(1);
    private static final BlockOwner OWNER = new BlockOwner(new BucketId(Uint128.ZERO), new byte[] {'k'}, null, 0, 5);
    private static final int LENGTH = 10_000;

    private final BlockStoreWorld world = new BlockStoreWorld(1);

    BlockStoreFaultTest() {
        // busy records would only blur the picture
        world.records().setBusyChance(0);
    }

    private static BlockRef block(int body, int index) {
        return new BlockRef(PARTITION, bodyId(body), index);
    }

    private static BodyId bodyId(int body) {
        return new BodyId(new Uint128(body, 1));
    }

    private Future<Void> write(BlockRef block) {
        return world.store().write(block, OWNER, Buffer.buffer(BlockStoreWorld.content(block, LENGTH)));
    }

    private Throwable failure(Future<?> future) {
        world.scheduler.runUntil(future::isComplete, 10_000);
        return Objects.requireNonNull(future.cause(), "it succeeded");
    }

    private void assertReadable(BlockRef block) {
        assertThat(world.await(world.store().read(block, 0, LENGTH)).getBytes())
                .isEqualTo(BlockStoreWorld.content(block, LENGTH));
    }

    private BlockRow row(BlockRef block) {
        return Objects.requireNonNull(new BlockIndex(world.records()).find(block));
    }

    private void rot(BlockRef block, long offsetInRecord) {
        BlockRow row = row(block);
        world.fileDisk.rot(SegmentFiles.name(row.segment()), row.offset() + offsetInRecord);
    }

    private void restart() {
        world.kill();
        assertThat(world.start()).isTrue();
        world.records().setBusyChance(0);
    }

    @Test
    void fullDisk_refusesWrites_untilDropsAndCompactionMadeRoom() {
        for (int body = 0; body < 8; body++) {
            world.await(write(block(body, 0)));
        }
        world.files().setCapacityBytes(world.files().usedBytes() + 5_000);
        assertThat(failure(write(block(8, 0)))).isInstanceOf(StoreFullException.class);
        assertThat(failure(write(block(9, 0)))).isInstanceOf(StoreFullException.class);
        for (int body = 0; body < 4; body++) {
            world.await(world.store().drop(PARTITION, bodyId(body)));
        }
        assertThat(world.await(world.store().compactOnce())).isTrue();
        world.await(write(block(10, 0)));
        restart();
        for (int body : new int[] {4, 5, 6, 7, 10}) {
            assertReadable(block(body, 0));
        }
        for (int body : new int[] {0, 3, 8, 9}) {
            assertThat(failure(world.store().read(block(body, 0), 0, 1))).isInstanceOf(BlockMissingException.class);
        }
    }

    @Test
    void store_afterAFailedSync_acknowledgesNothing_butReads() {
        world.await(write(block(1, 0)));
        world.files().failNextSync();
        assertThat(failure(write(block(2, 0)))).isInstanceOf(StoreFailedException.class);
        assertThat(failure(write(block(3, 0)))).isInstanceOf(StoreFailedException.class);
        assertThat(failure(world.store().drop(PARTITION, bodyId(1)))).isInstanceOf(StoreFailedException.class);
        assertThat(failure(world.store().compactOnce())).isInstanceOf(StoreFailedException.class);
        assertReadable(block(1, 0));
        restart();
        assertReadable(block(1, 0));
        world.await(write(block(3, 0)));
    }

    @Test
    void store_afterAFailedIndexSync_acknowledgesNothing() {
        world.await(write(block(1, 0)));
        world.records().failNextSync();
        assertThat(failure(world.store().drop(PARTITION, bodyId(1)))).isInstanceOf(StoreFailedException.class);
        assertThat(failure(write(block(2, 0)))).isInstanceOf(StoreFailedException.class);
        restart();
        assertReadable(block(1, 0));
    }

    @Test
    void store_afterItsFileWasRemoved_acknowledgesNothing() throws IOException {
        world.await(write(block(1, 0)));
        for (String name : world.files().list()) {
            world.files().delete(name);
        }
        assertThat(failure(write(block(2, 0)))).isInstanceOf(StoreFailedException.class);
        assertThat(failure(write(block(3, 0)))).isInstanceOf(StoreFailedException.class);
    }

    @Test
    void unreadableSegment_failsTheRead_andSetsNothingAside() {
        world.await(write(block(1, 0)));
        world.files().setFailReads(true);
        assertThat(failure(world.store().read(block(1, 0), 0, 1))).isInstanceOf(StoreFailedException.class);
        world.files().setFailReads(false);
        assertReadable(block(1, 0));
        assertThat(world.store().stats().corruptBlocks()).isZero();
    }

    @Test
    void queue_whenFull_refusesAtOnce_andTakesAgainLater() {
        List<Future<Void>> writes = new ArrayList<>();
        for (int index = 0; index < 20; index++) {
            writes.add(write(block(1, index)));
        }
        long refused = writes.stream()
                .filter(write -> {
                    world.scheduler.runUntil(write::isComplete, 10_000);
                    return write.cause() instanceof StoreBusyException;
                })
                .count();
        assertThat(refused).isEqualTo(20 - BlockStoreWorld.OPTIONS.queueBytes() / LENGTH);
        world.await(write(block(2, 0)));
        assertReadable(block(1, 0));
    }

    @Test
    void rottenHeader_isFoundByRead_andOthersStay() {
        world.await(Future.all(write(block(1, 0)), write(block(1, 1))));
        rot(block(1, 0), 20);
        assertThat(failure(world.store().read(block(1, 0), 0, 1))).isInstanceOf(BlockCorruptException.class);
        assertReadable(block(1, 1));
    }

    @Test
    void rottenRecord_behindTheWatermarkButBeforeALaterCommit_isNotTakenForATornTail() {
        world.await(write(block(1, 0)));
        world.await(world.store().drop(PARTITION, bodyId(99)));
        world.await(write(block(2, 0)));
        long[] rotten = {row(block(2, 0)).offset()};
        world.await(write(block(3, 0)));
        world.fileDisk.rot(SegmentFiles.name(row(block(2, 0)).segment()), rotten[0] + 20);
        forgetIndex();
        assertReadable(block(1, 0));
        assertReadable(block(3, 0));
        assertThat(failure(world.store().read(block(2, 0), 0, 1))).isInstanceOf(BlockMissingException.class);
        world.await(write(block(4, 0)));
        assertThat(row(block(4, 0)).segment()).isNotEqualTo(row(block(3, 0)).segment());
    }

    /** As after a crash that took every unsynced batch: all segments are walked from their beginning. */
    private void forgetIndex() {
        world.kill();
        world.forgetRecords();
        assertThat(world.start()).isTrue();
        world.records().setBusyChance(0);
    }

    @Test
    void index_lostAltogether_isMadeAgainFromTheSegments() {
        for (int body = 0; body < 12; body++) {
            world.await(write(block(body, body)));
        }
        forgetIndex();
        for (int body = 0; body < 12; body++) {
            assertReadable(block(body, body));
        }
        assertThat(world.store().stats().blocks()).isEqualTo(12);
    }

    @Test
    void scrub_findsRot_whereverItIs_andGoesOn() {
        for (int body = 0; body < 12; body++) {
            world.await(write(block(body, 0)));
        }
        rot(block(3, 0), 5000);
        rot(block(7, 0), 20);
        long blocks = 0;
        long corrupt = 0;
        BlockRef next = null;
        do {
            ScrubbedPage page = world.await(world.store().scrub(next, 5));
            blocks += page.blocks();
            corrupt += page.corrupt();
            next = page.next();
        } while (next != null);
        assertThat(blocks).isEqualTo(12);
        assertThat(corrupt).isEqualTo(2);
        assertThat(world.store().stats().corruptBlocks()).isEqualTo(2);
        assertThat(world.store().stats().blocks()).isEqualTo(10);
    }

    @Test
    void segment_withACorruptBlock_isKeptUntilItIsDropped() {
        for (int body = 0; body < 8; body++) {
            world.await(write(block(body, 0)));
        }
        rot(block(0, 0), 5000);
        assertThat(failure(world.store().read(block(0, 0), 0, 1_000 + 5_000)))
                .isInstanceOf(BlockCorruptException.class);
        for (int body = 1; body < 3; body++) {
            world.await(world.store().drop(PARTITION, bodyId(body)));
        }
        assertThat(world.await(world.store().compactOnce())).isFalse();
        world.await(world.store().drop(PARTITION, bodyId(0)));
        assertThat(world.await(world.store().compactOnce())).isTrue();
        assertThat(failure(world.store().read(block(0, 0), 0, 1))).isInstanceOf(BlockMissingException.class);
    }

    @Test
    void segment_thatCannotBeRead_keepsNoOtherFromBeingCompacted() {
        for (int body = 0; body < 8; body++) {
            world.await(write(block(body, 0)));
        }
        for (int body : new int[] {0, 1, 3, 4}) {
            world.await(world.store().drop(PARTITION, bodyId(body)));
        }
        world.files().setFailReads(true);
        assertThat(world.await(world.store().compactOnce())).isFalse();
        world.files().setFailReads(false);
        assertThat(world.await(world.store().compactOnce())).isTrue();
        assertThat(world.await(world.store().compactOnce())).isFalse();
        for (int body : new int[] {2, 5, 6, 7}) {
            assertReadable(block(body, 0));
        }
    }

    @Test
    void scrub_goesOnBehindWhatCannotBeRead_andSetsNoneOfItAside() {
        for (int body = 0; body < 3; body++) {
            world.await(write(block(body, 0)));
        }
        world.files().setFailReads(true);
        ScrubbedPage page = world.await(world.store().scrub(null, 2));
        assertThat(page.next()).isEqualTo(block(1, 0));
        assertThat(page.corrupt()).isZero();
        world.files().setFailReads(false);
        assertReadable(block(0, 0));
    }

    @Test
    void newestSegment_fullAndDeadAtStart_leavesItsNumberToNoOther() {
        for (int body = 0; body < 3; body++) {
            world.await(write(block(body, 0)));
        }
        world.await(world.store().write(block(3, 0), OWNER, Buffer.buffer(new byte[8_000])));
        long newest = row(block(3, 0)).segment();
        restart();
        for (int body = 0; body < 4; body++) {
            world.await(world.store().drop(PARTITION, bodyId(body)));
        }
        assertThat(world.await(world.store().compactOnce())).isFalse();
        world.await(write(block(4, 0)));
        assertThat(row(block(4, 0)).segment()).isEqualTo(newest + 1);
        assertThat(world.await(world.store().compactOnce())).isTrue();
        assertReadable(block(4, 0));
    }

    @Test
    void compaction_ofARottenRecord_setsItAside_andKeepsTheFile() {
        for (int body = 0; body < 8; body++) {
            world.await(write(block(body, 0)));
        }
        for (int body = 0; body < 2; body++) {
            world.await(world.store().drop(PARTITION, bodyId(body)));
        }
        long segment = row(block(2, 0)).segment();
        rot(block(2, 0), 5000);
        assertThat(world.await(world.store().compactOnce())).isFalse();
        assertThat(failure(world.store().read(block(2, 0), 0, 1))).isInstanceOf(BlockCorruptException.class);
        assertThat(world.fileDisk.content(SegmentFiles.name(segment))).isNotEmpty();
        assertReadable(block(7, 0));
    }

    @Test
    void forgedRecord_insideABody_isNeverIndexed() {
        BlockRef forged = block(66, 0);
        RecordHeader header =
                new RecordHeader(new RecordHeader.Place(1, 0, 1, 8192), true, 0, forged, OWNER, 0, 1, new int[] {0});
        byte[] body = new byte[LENGTH];
        for (int at = 0; at + header.headerBytes() < LENGTH; at += 1024) {
            header.encode(ByteBuffer.wrap(body, at, header.headerBytes()));
        }
        world.await(world.store().write(block(1, 0), OWNER, Buffer.buffer(body)));
        rot(block(1, 0), 20);
        forgetIndex();
        assertThat(failure(world.store().read(forged, 0, 1))).isInstanceOf(BlockMissingException.class);
        assertThat(world.store().stats().blocks()).isZero();
    }
}

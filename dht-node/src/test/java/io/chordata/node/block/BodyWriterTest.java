package io.chordata.node.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.StoreFullException;
import io.chordata.node.core.Uint128;
import io.chordata.node.process.Await;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyWriterTest {
    private static final int BLOCK = 64 << 10;
    private static final int INLINE = 1000;
    private static final int EVENTS = 2_000_000;
    private static final BlockOwner OWNER = new BlockOwner(new BucketId(Uint128.ZERO), new byte[] {1}, null, 0, 0);

    private final SimScheduler scheduler = new SimScheduler(11);
    private final SimRandom random = scheduler.random().fork();
    private final SimLoops loops = new SimLoops(scheduler, 2);
    private final FakeBlocks store = new FakeBlocks(loops);
    private BodyOptions options = new BodyOptions(BLOCK, 3, 8 * BLOCK, BLOCK, 2, 8 * BLOCK);
    private Bodies bodies = bodies();

    private Bodies bodies() {
        return new Bodies(
                options,
                Partitioning.DEFAULT,
                Blocks.of(store),
                loops,
                scheduler.random().fork());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, INLINE, INLINE + 1, BLOCK - 1, BLOCK, BLOCK + 1, 7 * BLOCK, 7 * BLOCK + 13})
    void body_ofAnySize_isKeptAsSent(int size) {
        FakeSender sender = sender(size);
        WrittenBody written = succeeded(write(sender));
        assertThat(written.size()).isEqualTo(size);
        assertThat(bytes(written)).isEqualTo(sender.body);
        assertThat(written.body() == null).isEqualTo(size <= INLINE);
        assertThat(store.blocks).hasSize(size <= INLINE ? 0 : (size + BLOCK - 1) / BLOCK);
        assertThat(written.digests().checksums().get(ChecksumAlgorithm.CRC32)).isEqualTo(crc32(sender.body));
        assertThat(sender.verified).isSameAs(written.digests());
        assertNothingHeld();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 15_000, 17_000, 200_000})
    void body_inPiecesOfAnySize_isKeptAsSent(int largestPiece) {
        FakeSender sender = sender(2 * BLOCK + 5);
        sender.largestPiece = largestPiece;
        assertThat(bytes(succeeded(write(sender)))).isEqualTo(sender.body);
    }

    @Test
    void body_thatFitsInline_isStoredWhenNothingShallBeInline() {
        WrittenBody written = succeeded(bodies.write(OWNER, sender(10), -1));
        assertThat(written.inline()).isNull();
        assertThat(store.blocks).hasSize(1);
    }

    @Test
    void sender_thatGoesAway_leavesNothing() {
        for (int at : new int[] {0, 1, 999, BLOCK, 3 * BLOCK + 1, 6 * BLOCK}) {
            FakeSender sender = sender(6 * BLOCK + 1);
            sender.failsAt = at;
            assertThat(failed(write(sender))).hasMessage("client gone");
            assertNothingStored();
        }
    }

    @Test
    void store_thatIsFullAtSomeBlock_leavesNothingAndKeepsTheSenderPaused() {
        for (int failing = 0; failing < 8; failing++) {
            int fails = store.writes + failing;
            store.writeFails = number -> number == fails;
            store.failure = new StoreFullException("full");
            FakeSender sender = sender(8 * BLOCK);
            assertThat(failed(write(sender))).isSameAs(store.failure);
            assertThat(sender.isPaused() || sender.sent == sender.body.length).isTrue();
            assertNothingStored();
        }
    }

    @Test
    void bytes_thatAreNotThePromised_areDropped() {
        for (int size : new int[] {0, 10, 3 * BLOCK}) {
            FakeSender sender = sender(size);
            sender.refusal = new IllegalArgumentException("bad digest");
            assertThat(failed(write(sender))).isSameAs(sender.refusal);
            assertNothingStored();
        }
    }

    @Test
    void sender_isPaused_whileTheStoreDoesNotKeepUp() {
        store.stuck = true;
        FakeSender sender = sender(50 * BLOCK);
        write(sender);
        scheduler.runUntilIdle(EVENTS);
        assertThat(sender.isPaused()).isTrue();
        assertThat(store.writes).isEqualTo(options.inFlightBlocks());
        assertThat(sender.sent).isBetween(3 * BLOCK, 3 * BLOCK + sender.largestPiece);
    }

    @Test
    void block_thatIsStoredAndDigested_isNotKeptInMemory() {
        FakeSender sender = sender(2 * BLOCK);
        sender.silentAt = BLOCK;
        Future<WrittenBody> upload = write(sender);
        scheduler.runUntilIdle(EVENTS);
        assertThat(store.blocks).hasSize(1);
        WeakReference<Buffer> block = Objects.requireNonNull(store.lastWritten);
        Await.until("the block's memory to be free", Duration.ofSeconds(30), () -> {
            System.gc();
            return block.refersTo(null);
        });
        assertThat(sender.sent).isEqualTo(BLOCK);
        assertThat(upload.isComplete()).isFalse();
    }

    @Test
    void thousandUploads_underASmallBudget_allFinishWithinIt() {
        List<Future<WrittenBody>> uploads = new ArrayList<>();
        List<FakeSender> senders = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            FakeSender sender = sender(BLOCK + random.nextInt(2 * BLOCK));
            senders.add(sender);
            uploads.add(write(sender));
        }
        while (scheduler.step()) {
            assertThat(bodies.freeWriteBytes()).isNotNegative();
        }
        assertThat(uploads).allMatch(Future::succeeded);
        assertThat(store.mostBytesUnderWay).isLessThanOrEqualTo(options.writeBufferBytes());
        assertThat(bytes(uploads.get(777).result())).isEqualTo(senders.get(777).body);
        assertNothingHeld();
    }

    @Test
    void uploads_thatFailWhileTheyWaitForMemory_holdNothing() {
        List<Future<WrittenBody>> uploads = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            FakeSender sender = sender(4 * BLOCK);
            sender.failsAt = 1 + random.nextInt(4 * BLOCK);
            uploads.add(write(sender));
        }
        scheduler.runUntilIdle(EVENTS);
        assertThat(uploads).allMatch(Future::failed);
        assertNothingStored();
    }

    @Test
    void body_thatIsDropped_leavesTheOthers() {
        WrittenBody first = succeeded(write(sender(5 * BLOCK)));
        FakeSender sender = sender(5 * BLOCK);
        WrittenBody second = succeeded(write(sender));
        succeeded(bodies.drop(Objects.requireNonNull(first.body())));
        assertThat(store.blocks).hasSize(5);
        assertThat(bytes(second)).isEqualTo(sender.body);
    }

    @Test
    void body_digestedOffTheLoop_isDigestedInOrder() {
        options = new BodyOptions(4 << 10, 20, 1 << 20, BLOCK, 2, 8 * BLOCK);
        bodies = bodies();
        FakeSender sender = sender(100_000);
        assertThat(succeeded(write(sender)).digests().checksums().get(ChecksumAlgorithm.CRC32))
                .isEqualTo(crc32(sender.body));
    }

    private FakeSender sender(int size) {
        return new FakeSender(loops.current(), random, random.nextBytes(size));
    }

    private Future<WrittenBody> write(FakeSender sender) {
        return bodies.write(OWNER, sender, INLINE);
    }

    private <T> T succeeded(Future<T> future) {
        scheduler.runUntilIdle(EVENTS);
        assertThat(future.succeeded()).as("%s: %s", scheduler, future).isTrue();
        return future.result();
    }

    private Throwable failed(Future<?> future) {
        scheduler.runUntilIdle(EVENTS);
        assertThat(future.failed()).as("%s: %s", scheduler, future).isTrue();
        return future.cause();
    }

    private byte[] bytes(WrittenBody written) {
        byte[] inline = written.inline();
        if (inline != null) {
            return inline;
        }
        BodyRef body = Objects.requireNonNull(written.body());
        BodyStream stream = succeeded(bodies.read(List.of(new BodySlice(body, 0, body.size()))));
        Buffer all = Buffer.buffer();
        stream.handler(all::appendBuffer).resume();
        scheduler.runUntilIdle(EVENTS);
        return all.getBytes();
    }

    private void assertNothingStored() {
        assertThat(store.blocks).isEmpty();
        assertNothingHeld();
    }

    private void assertNothingHeld() {
        assertThat(bodies.freeWriteBytes()).isEqualTo(options.writeBufferBytes());
        assertThat(bodies.freeReadBytes()).isEqualTo(options.readBufferBytes());
    }

    private static byte[] crc32(byte[] bytes) {
        RunningChecksum crc = RunningChecksum.of(ChecksumAlgorithm.CRC32);
        crc.update(ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length)));
        return crc.finish();
    }
}

package io.chordata.node.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.chordata.node.core.BlockCorruptException;
import io.chordata.node.core.BlockMissingException;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.BlockStore.StoredBlock;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.SpaceGuard.Room;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.core.StoreFullException;
import io.chordata.node.core.Uint128;
import io.chordata.node.core.UploadId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link BlockStore} does. Each implementation's test extends it. */
public abstract class BlockStoreContract {
    private static final int MIB = 1 << 20;

    protected final SimRandom random = new SimRandom(42);

    protected abstract BlockStore store();

    /** The store anew on the same disk, after a process that was not asked to stop. */
    protected abstract BlockStore reopen();

    /** Waits for the outcome and throws what the future failed with. */
    protected abstract <T> T await(Future<T> future);

    protected abstract void rot(BlockRef block);

    protected abstract void setRoom(Room room);

    @Test
    void block_isReadBack_wholeAndInParts() {
        for (int length : new int[] {1, 100, 65_535, 65_536, 65_537, MIB, MIB + 1}) {
            Buffer body = bytes(length);
            BlockRef block = block(1, length, 0);
            await(store().write(block, owner("k"), body));
            assertThat(await(store().read(block, 0, length))).isEqualTo(body);
            for (int i = 0; i < 20; i++) {
                int from = random.nextInt(length);
                int count = random.nextInt(length - from) + 1;
                assertThat(await(store().read(block, from, count)))
                        .as("%d bytes from %d of %d", count, from, length)
                        .isEqualTo(body.getBuffer(from, from + count));
            }
        }
    }

    @Test
    void block_ofTheLargestSize_isReadBack() {
        Buffer body = bytes(BlockStore.MAX_BLOCK_BYTES);
        await(store().write(block(1, 1, 0), owner("k"), body));
        assertThat(await(store().read(block(1, 1, 0), 0, body.length()))).isEqualTo(body);
    }

    @Test
    void block_ofNoBytesOrTooMany_isRefused() {
        for (int length : new int[] {0, BlockStore.MAX_BLOCK_BYTES + 1}) {
            assertThatThrownBy(() -> store().write(block(1, 1, 0), owner("k"), Buffer.buffer(new byte[length])))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void read_ofUnknownBlock_fails() {
        await(store().write(block(1, 1, 0), owner("k"), bytes(10)));
        for (BlockRef unknown : List.of(block(1, 1, 1), block(1, 2, 0), block(2, 1, 0))) {
            assertThat(failure(store().read(unknown, 0, 1))).isInstanceOf(BlockMissingException.class);
        }
    }

    @Test
    void read_beyondTheEnd_fails() {
        await(store().write(block(1, 1, 0), owner("k"), bytes(10)));
        assertThat(failure(store().read(block(1, 1, 0), 5, 6))).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(failure(store().read(block(1, 1, 0), -1, 2))).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void write_ofKnownBlock_replacesIt() {
        Buffer second = bytes(300);
        await(store().write(block(1, 1, 0), owner("a"), bytes(500)));
        await(store().write(block(1, 1, 0), owner("b"), second));
        assertThat(await(store().read(block(1, 1, 0), 0, 300))).isEqualTo(second);
        assertThat(store().stats().blocks()).isEqualTo(1);
        assertThat(listAll(10)).singleElement().satisfies(found -> {
            assertThat(found.owner().key()).isEqualTo(owner("b").key());
            assertThat(found.length()).isEqualTo(300);
        });
    }

    @Test
    void writes_inFlightTogether_areAllThereAfterReopening() {
        List<Buffer> bodies = new ArrayList<>();
        List<Future<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            bodies.add(bytes(1 + random.nextInt(40_000)));
            writes.add(store().write(block(i % 4, i, i), owner("k" + i), bodies.get(i)));
        }
        await(Future.all(writes));
        BlockStore again = reopen();
        for (int i = 0; i < 50; i++) {
            assertThat(await(again.read(block(i % 4, i, i), 0, bodies.get(i).length())))
                    .isEqualTo(bodies.get(i));
        }
        assertThat(again.stats().blocks()).isEqualTo(50);
    }

    @Test
    void drop_removesTheBodysBlocksInThatPartitionOnly_alsoAfterReopening() {
        for (BlockRef block : List.of(block(1, 1, 0), block(1, 1, 7), block(2, 1, 3), block(1, 2, 0))) {
            await(store().write(block, owner("k"), bytes(100)));
        }
        await(store().drop(new PartitionId(1), body(1)));
        assertDropped(store());
        assertDropped(reopen());
    }

    private void assertDropped(BlockStore store) {
        assertThat(failure(store.read(block(1, 1, 0), 0, 1))).isInstanceOf(BlockMissingException.class);
        assertThat(failure(store.read(block(1, 1, 7), 0, 1))).isInstanceOf(BlockMissingException.class);
        assertThat(await(store.read(block(2, 1, 3), 0, 1)).length()).isEqualTo(1);
        assertThat(await(store.read(block(1, 2, 0), 0, 1)).length()).isEqualTo(1);
        assertThat(store.stats().blocks()).isEqualTo(2);
    }

    @Test
    void drop_withWritesOnTheirWay_takesThem() {
        Future<Void> write = store().write(block(1, 1, 0), owner("k"), bytes(100));
        Future<Void> other = store().write(block(1, 2, 0), owner("k"), bytes(100));
        Future<Void> drop = store().drop(new PartitionId(1), body(1));
        await(Future.all(write, other, drop));
        assertThat(failure(store().read(block(1, 1, 0), 0, 1))).isInstanceOf(BlockMissingException.class);
        assertThat(await(store().read(block(1, 2, 0), 0, 1)).length()).isEqualTo(1);
    }

    @Test
    void drop_ofNothing_isFine() {
        await(store().drop(new PartitionId(3), body(9)));
    }

    @Test
    void block_writtenAgainAfterDrop_isThere() {
        await(store().write(block(1, 1, 0), owner("k"), bytes(100)));
        await(store().drop(new PartitionId(1), body(1)));
        Buffer again = bytes(50);
        await(store().write(block(1, 1, 0), owner("k"), again));
        assertThat(await(store().read(block(1, 1, 0), 0, 50))).isEqualTo(again);
        assertThat(await(reopen().read(block(1, 1, 0), 0, 50))).isEqualTo(again);
    }

    @Test
    void list_givesAllInOrder_pageByPage() {
        List<BlockRef> expected = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            BlockRef block = block(random.nextInt(300), random.nextInt(5) - 2, i);
            expected.add(block);
            await(store().write(block, owner("key" + i), bytes(10 + i)));
        }
        expected.sort(SimBlockStore.ORDER);
        assertThat(listAll(7)).extracting(StoredBlock::block).isEqualTo(expected);
        assertThat(listAll(30)).extracting(StoredBlock::block).isEqualTo(expected);
        assertThat(listAll(30))
                .allSatisfy(found -> assertThat(new String(found.owner().key(), StandardCharsets.UTF_8))
                        .isEqualTo("key" + (found.length() - 10)));
    }

    @Test
    void list_givesTheOwnerBack_ofPutAndOfPart() {
        BlockOwner part = new BlockOwner(
                new BucketId(new Uint128(1, 2)), new byte[1024], new UploadId(new Uint128(-1, 4)), 10_000, 9);
        await(store().write(block(1, 1, 0), owner("a key"), bytes(10)));
        await(store().write(block(1, 1, 1), part, bytes(10)));
        List<StoredBlock> found = listAll(10);
        assertThat(found.get(0).owner()).usingRecursiveComparison().isEqualTo(owner("a key"));
        assertThat(found.get(1).owner()).usingRecursiveComparison().isEqualTo(part);
    }

    @Test
    void rottenBlock_isNeverServed_butOthersAre() {
        await(store().write(block(1, 1, 0), owner("k"), bytes(5000)));
        await(store().write(block(1, 1, 1), owner("k"), bytes(5000)));
        rot(block(1, 1, 0));
        for (int i = 0; i < 3; i++) {
            assertThat(failure(store().read(block(1, 1, 0), 0, 5000))).isInstanceOf(BlockCorruptException.class);
        }
        assertThat(store().stats().corruptBlocks()).isEqualTo(1);
        assertThat(await(store().read(block(1, 1, 1), 0, 5000)).length()).isEqualTo(5000);
        assertThat(listAll(10)).extracting(StoredBlock::block).containsExactly(block(1, 1, 1));
    }

    @Test
    void rottenBlock_writtenAgain_isServedAgain() {
        await(store().write(block(1, 1, 0), owner("k"), bytes(5000)));
        rot(block(1, 1, 0));
        assertThat(failure(store().read(block(1, 1, 0), 0, 5000))).isInstanceOf(BlockCorruptException.class);
        Buffer good = bytes(5000);
        await(store().write(block(1, 1, 0), owner("k"), good));
        assertThat(await(store().read(block(1, 1, 0), 0, 5000))).isEqualTo(good);
    }

    @Test
    void rottenBlock_dropped_isGone() {
        await(store().write(block(1, 1, 0), owner("k"), bytes(5000)));
        rot(block(1, 1, 0));
        assertThat(failure(store().read(block(1, 1, 0), 0, 5000))).isInstanceOf(BlockCorruptException.class);
        await(store().drop(new PartitionId(1), body(1)));
        assertThat(failure(store().read(block(1, 1, 0), 0, 1))).isInstanceOf(BlockMissingException.class);
        assertThat(failure(reopen().read(block(1, 1, 0), 0, 1))).isInstanceOf(BlockMissingException.class);
    }

    @Test
    void fullDisk_refusesBlocks_butReadsAndDrops() {
        await(store().write(block(1, 1, 0), owner("k"), bytes(100)));
        for (Room room : List.of(Room.RECORDS, Room.DELETES)) {
            setRoom(room);
            assertThat(failure(store().write(block(1, 2, 0), owner("k"), bytes(100))))
                    .isInstanceOf(StoreFullException.class);
            assertThat(await(store().read(block(1, 1, 0), 0, 100)).length()).isEqualTo(100);
        }
        await(store().drop(new PartitionId(1), body(1)));
        setRoom(Room.ALL);
        await(store().write(block(1, 2, 0), owner("k"), bytes(100)));
    }

    @Test
    void store_onceClosed_acknowledgesNothing() {
        store().close();
        assertThat(failure(store().write(block(1, 1, 0), owner("k"), bytes(100))))
                .isInstanceOf(StoreFailedException.class);
        assertThat(failure(store().drop(new PartitionId(1), body(1)))).isInstanceOf(StoreFailedException.class);
    }

    protected final List<StoredBlock> listAll(int pageSize) {
        List<StoredBlock> all = new ArrayList<>();
        List<StoredBlock> page = await(store().list(null, pageSize));
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(pageSize);
            all.addAll(page);
            page = await(store().list(all.get(all.size() - 1).block(), pageSize));
        }
        return all;
    }

    protected final Throwable failure(Future<?> future) {
        return catchThrowable(() -> await(future));
    }

    protected final Buffer bytes(int length) {
        return Buffer.buffer(random.nextBytes(length));
    }

    protected static BlockRef block(int partition, long body, int index) {
        return new BlockRef(new PartitionId(partition), body(body), index);
    }

    protected static BodyId body(long number) {
        return new BodyId(new Uint128(number, 7));
    }

    protected static BlockOwner owner(String key) {
        return new BlockOwner(
                new BucketId(new Uint128(3, 4)), key.getBytes(StandardCharsets.UTF_8), null, 0, 1_700_000_000_123L);
    }
}

package io.chordata.node.object;

import static io.chordata.node.object.SimObjects.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.core.BlockStore.StoredBlock;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObjectsTest {
    private static final String BUCKET = "bucket";
    private static final ObjectKey KEY = new ObjectKey("a/key");
    private static final int LARGE = 200_000;

    private final SimObjects sim = new SimObjects(1);

    @BeforeEach
    void createBucket() {
        sim.run(() -> sim.layer.buckets().create(SimObjects.anew(), BUCKET));
    }

    @Test
    void object_of_each_size_comes_back_as_it_was_put() {
        SimRandom random = new SimRandom(3);
        for (int size : new int[] {0, 1, 16 << 10, (16 << 10) + 1, 64 << 10, LARGE}) {
            byte[] body = random.nextBytes(size);
            StoredObject put = sim.run(() -> sim.startPut(BUCKET, "size" + size, body, WriteConditions.NONE));
            assertThat(sim.getBytes(BUCKET, "size" + size)).isEqualTo(body);
            assertThat(put.size()).isEqualTo(size);
            assertThat(put.parts()).isZero();
        }
    }

    @Test
    void head_gives_what_was_stored_with_the_object() {
        ObjectMetadata metadata = new ObjectMetadata(Map.of("content-type", "text/plain"), Map.of("colour", "blue"));
        StoredObject put = sim.run(() -> sim.layer
                .objects()
                .put(
                        SimObjects.anew(),
                        new Objects.PutRequest(
                                BUCKET, KEY, metadata, WriteConditions.NONE, ChecksumAlgorithm.CRC64NVME),
                        SimObjects.payload(bytes("hello"))));
        StoredObject head = sim.run(() -> sim.layer.objects().head(BUCKET, KEY));
        assertThat(head).usingRecursiveComparison().isEqualTo(put);
        assertThat(head.metadata()).isEqualTo(metadata);
        assertThat(head.eTag()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(head.checksum()).isNotNull();
    }

    @Test
    void range_gives_only_its_bytes() {
        byte[] body = new SimRandom(4).nextBytes(LARGE);
        sim.run(() -> sim.startPut(BUCKET, "large", body, WriteConditions.NONE));
        byte[] middle = sim.run(() -> sim.layer
                .objects()
                .open(BUCKET, new ObjectKey("large"), 0, choice -> new ByteRange(65_000, 70_000))
                .compose(SimObjects::bytesOf));
        assertThat(middle).isEqualTo(java.util.Arrays.copyOfRange(body, 65_000, 135_000));
    }

    @Test
    void missing_bucket_and_key_are_told_apart() {
        assertThat(sim.refusalOf(() -> sim.layer.objects().head("nothing", KEY)))
                .isEqualTo(ObjectError.NO_SUCH_BUCKET);
        assertThat(sim.refusalOf(() -> sim.layer.objects().head(BUCKET, KEY))).isEqualTo(ObjectError.NO_SUCH_KEY);
        assertThat(sim.refusalOf(() -> sim.startPut("nothing", "a", bytes("x"), WriteConditions.NONE)))
                .isEqualTo(ObjectError.NO_SUCH_BUCKET);
    }

    @Test
    void deleted_object_is_gone_and_deleting_it_again_is_fine() {
        sim.put(BUCKET, "a", "x");
        for (int i = 0; i < 2; i++) {
            sim.run(() ->
                    sim.layer.objects().delete(SimObjects.anew(), BUCKET, new ObjectKey("a"), WriteConditions.NONE));
        }
        assertThat(sim.get(BUCKET, "a")).isNull();
        assertThat(sim.keys(BUCKET)).isEmpty();
    }

    @Test
    void if_match_without_object_is_no_such_key_and_with_another_is_precondition_failed() {
        WriteConditions other = new WriteConditions("0123", false);
        assertThat(sim.refusalOf(() -> sim.startPut(BUCKET, "a", bytes("x"), other)))
                .isEqualTo(ObjectError.NO_SUCH_KEY);
        StoredObject first = sim.put(BUCKET, "a", "x");
        assertThat(sim.refusalOf(() -> sim.startPut(BUCKET, "a", bytes("y"), other)))
                .isEqualTo(ObjectError.PRECONDITION_FAILED);
        assertThat(sim.refusalOf(
                        () -> sim.layer.objects().delete(SimObjects.anew(), BUCKET, new ObjectKey("a"), other)))
                .isEqualTo(ObjectError.PRECONDITION_FAILED);
        sim.run(() -> sim.startPut(BUCKET, "a", bytes("z"), new WriteConditions(first.eTag(), false)));
        assertThat(sim.get(BUCKET, "a")).isEqualTo("z");
    }

    @Test
    void twenty_puts_if_none_match_have_one_winner() {
        for (int round = 0; round < 10; round++) {
            String key = "race" + round;
            List<Future<StoredObject>> puts = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                byte[] body = bytes("body " + i);
                puts.add(sim.start(() -> sim.startPut(BUCKET, key, body, new WriteConditions(null, true))));
            }
            sim.scheduler.runUntil(() -> puts.stream().allMatch(Future::isComplete), 1_000_000);
            assertThat(puts.stream().filter(Future::succeeded)).hasSize(1);
            assertThat(puts.stream().filter(put -> Failures.is(failureOf(put), ObjectError.PRECONDITION_FAILED)))
                    .hasSize(19);
        }
    }

    private static Throwable failureOf(Future<?> future) {
        return future.failed() ? future.cause() : new AssertionError("succeeded");
    }

    @Test
    void body_of_a_refused_put_is_dropped() {
        sim.put(BUCKET, "a", "x");
        assertThat(sim.refusalOf(() -> sim.startPut(BUCKET, "a", new byte[LARGE], new WriteConditions(null, true))))
                .isEqualTo(ObjectError.PRECONDITION_FAILED);
        assertThat(sim.disk.size()).isZero();
    }

    @Test
    void body_stays_when_the_outcome_is_not_known() {
        sim.partitions.commandsLeft = 0;
        sim.partitions.lastIsApplied = true;
        assertThat(sim.refusalOf(() -> sim.startPut(BUCKET, "a", new byte[LARGE], WriteConditions.NONE)))
                .isEqualTo(ObjectError.UNKNOWN_OUTCOME);
        sim.partitions.commandsLeft = Integer.MAX_VALUE;
        assertThat(sim.getBytes(BUCKET, "a")).hasSize(LARGE);
    }

    @Test
    void refusal_of_a_partition_keeps_its_meaning() {
        sim.partitions.commandsLeft = 0;
        sim.partitions.failure = Reason.DISK_FULL;
        assertThat(sim.refusalOf(() -> sim.startPut(BUCKET, "a", new byte[LARGE], WriteConditions.NONE)))
                .isEqualTo(ObjectError.DISK_FULL);
        assertThat(sim.disk.size()).isZero();
    }

    @Test
    void many_deletes_each_have_their_outcome() {
        List<Objects.DeleteItem> items = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sim.put(BUCKET, "key" + i, "x");
            WriteConditions conditions = i == 7 ? new WriteConditions("other", false) : WriteConditions.NONE;
            items.add(new Objects.DeleteItem(new ObjectKey("key" + i), conditions));
        }
        List<ObjectException> outcomes = sim.run(() -> sim.layer.objects().deleteAll(SimObjects.anew(), BUCKET, items));
        assertThat(outcomes).hasSize(300);
        assertThat(outcomes.get(7).error()).isEqualTo(ObjectError.PRECONDITION_FAILED);
        assertThat(outcomes.stream().filter(outcome -> outcome != null)).hasSize(1);
        assertThat(sim.keys(BUCKET)).containsExactly("key7");
    }

    @Test
    void copy_has_its_own_body_and_the_metadata_asked_for() {
        byte[] body = new SimRandom(5).nextBytes(LARGE);
        sim.run(() -> sim.startPut(BUCKET, "source", body, WriteConditions.NONE));
        ObjectMetadata metadata = new ObjectMetadata(Map.of(), Map.of("is", "copy"));
        StoredObject copy = sim.run(() -> sim.layer
                .objects()
                .copy(
                        SimObjects.anew(),
                        new Objects.CopyRequest(
                                BUCKET,
                                new ObjectKey("source"),
                                BUCKET,
                                new ObjectKey("target"),
                                metadata,
                                WriteConditions.NONE,
                                ChecksumAlgorithm.SHA256,
                                source -> assertThat(source.size()).isEqualTo(LARGE))));
        assertThat(copy.metadata()).isEqualTo(metadata);
        sim.run(() ->
                sim.layer.objects().delete(SimObjects.anew(), BUCKET, new ObjectKey("source"), WriteConditions.NONE));
        assertThat(sim.getBytes(BUCKET, "target")).isEqualTo(body);
    }

    @Test
    void reader_whose_version_was_collected_gets_the_newer_one() {
        sim.run(() -> sim.startPut(BUCKET, "large", new byte[LARGE], WriteConditions.NONE));
        List<StoredBlock> old = sim.run(() -> sim.blocks.list(null, 100));
        sim.partitions.holdReads = true;
        Future<byte[]> read = sim.start(() -> sim.readAll(BUCKET, "large"));
        sim.scheduler.runUntil(() -> sim.partitions.heldReads() == 1, 1_000_000);
        byte[] newer = new SimRandom(6).nextBytes(LARGE);
        sim.run(() -> sim.startPut(BUCKET, "large", newer, WriteConditions.NONE));
        old.forEach(block -> sim.run(
                () -> sim.blocks.drop(block.block().partition(), block.block().body())));
        sim.partitions.releaseReads();
        assertThat(sim.await(read)).isEqualTo(newer);
    }

    @Test
    void rotten_block_is_told_and_not_served() {
        sim.run(() -> sim.startPut(BUCKET, "large", new byte[LARGE], WriteConditions.NONE));
        List<StoredBlock> stored = sim.run(() -> sim.blocks.list(null, 100));
        stored.forEach(block -> sim.disk.corrupt(block.block()));
        assertThat(sim.refusalOf(() -> sim.readAll(BUCKET, "large"))).isEqualTo(ObjectError.UNREADABLE);
    }
}

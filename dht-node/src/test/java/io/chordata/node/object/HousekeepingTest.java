package io.chordata.node.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.UploadId;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
    private static final String BUCKET = "bucket";
    private static final int LARGE = 200_000;
    private static final int COMPLETED_TABLE = 7;
    private static final int DUE_TABLE = 8;
    private static final int DOOMED_TABLE = 10;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final ObjectOptions OFTEN = new ObjectOptions(4, 16 << 10, 100, 600_000, 3, 3_600_000);

    private final SimObjects sim = new SimObjects(1, OFTEN);

    @BeforeEach
    void createBucket() {
        sim.run(() -> sim.layer.buckets().create(SimObjects.anew(), BUCKET));
        sim.layer.housekeeping().start();
    }

    private void put(byte[] body) {
        sim.run(() -> sim.startPut(BUCKET, "key", body, WriteConditions.NONE));
    }

    private void minutes(int count) {
        sim.scheduler.advance(count * MINUTE_NANOS);
    }

    @Test
    void overwritten_body_stays_for_an_hour_and_then_goes() {
        put(new byte[LARGE]);
        int blocks = sim.disk.size();
        put(new byte[] {1});
        minutes(55);
        assertThat(sim.disk.size()).isEqualTo(blocks);
        minutes(20);
        assertThat(sim.disk.size()).isZero();
        assertThat(sim.partitions.count(DUE_TABLE)).isZero();
    }

    @Test
    void body_overwritten_and_condemned_at_once_stays_for_the_hour_too() {
        put(new byte[LARGE]);
        int blocks = sim.disk.size();
        minutes(25 * 60);
        put(new byte[] {1});
        minutes(55);
        assertThat(sim.disk.size()).isEqualTo(blocks);
        minutes(20);
        assertThat(sim.disk.size()).isZero();
    }

    @Test
    void object_that_is_referred_to_stays() {
        put(new byte[LARGE]);
        minutes(60 * 60);
        assertThat(sim.getBytes(BUCKET, "key")).hasSize(LARGE);
    }

    @Test
    void body_that_nothing_refers_to_goes_after_a_day() {
        sim.partitions.commandsLeft = 0;
        sim.refusalOf(() -> sim.startPut(BUCKET, "key", new byte[LARGE], WriteConditions.NONE));
        sim.partitions.commandsLeft = Integer.MAX_VALUE;
        int blocks = sim.disk.size();
        assertThat(blocks).isPositive();
        minutes(23 * 60);
        assertThat(sim.disk.size()).isEqualTo(blocks);
        minutes(5 * 60);
        assertThat(sim.disk.size()).isZero();
    }

    @Test
    void parts_of_an_open_upload_stay_and_those_of_a_deleted_bucket_go() {
        UploadId id = sim.run(() -> sim.layer
                .uploads()
                .create(
                        SimObjects.anew(),
                        new Uploads.CreateRequest(BUCKET, new ObjectKey("a"), ObjectMetadata.EMPTY, null, null)));
        Uploads.UploadName upload = new Uploads.UploadName(BUCKET, new ObjectKey("a"), id);
        for (int number = 1; number <= 8; number++) {
            int part = number;
            sim.run(() -> sim.layer
                    .uploads()
                    .putPart(SimObjects.anew(), upload, part, null, SimObjects.payload(new byte[100])));
        }
        minutes(60 * 60);
        assertThat(sim.disk.size()).isEqualTo(8);
        sim.run(() -> sim.layer.buckets().delete(BUCKET));
        minutes(80);
        assertThat(sim.disk.size()).isZero();
        minutes(26 * 60);
        assertThat(sim.partitions.rows()).allMatch(rows -> rows.count(1) == 0);
    }

    @Test
    void completed_upload_is_forgotten_after_a_day() {
        UploadId id = sim.run(() -> sim.layer
                .uploads()
                .create(
                        SimObjects.anew(),
                        new Uploads.CreateRequest(BUCKET, new ObjectKey("a"), ObjectMetadata.EMPTY, null, null)));
        Uploads.UploadName upload = new Uploads.UploadName(BUCKET, new ObjectKey("a"), id);
        StoredPart part = sim.run(() ->
                sim.layer.uploads().putPart(SimObjects.anew(), upload, 1, null, SimObjects.payload(new byte[LARGE])));
        sim.run(() -> sim.layer
                .uploads()
                .complete(
                        SimObjects.anew(),
                        new Uploads.CompleteRequest(
                                upload,
                                java.util.List.of(new Uploads.CompletedPart(1, part.eTag(), null)),
                                WriteConditions.NONE,
                                null,
                                -1)));
        assertThat(sim.partitions.count(COMPLETED_TABLE)).isEqualTo(1);
        minutes(25 * 60);
        assertThat(sim.partitions.count(COMPLETED_TABLE)).isZero();
        assertThat(sim.getBytes(BUCKET, "a")).hasSize(LARGE);
    }

    @Test
    void put_that_took_more_than_a_day_is_refused() {
        Future<StoredObject> put = sim.start(() -> sim.startPut(BUCKET, "key", new byte[LARGE], WriteConditions.NONE));
        sim.scheduler.runUntil(() -> sim.disk.size() > 0, 1_000_000);
        sim.clock.jump(2 * 86_400_000);
        assertThat(sim.refusalOf(() -> put)).isEqualTo(ObjectError.BODY_TOO_OLD);
        assertThat(sim.disk.size()).isZero();
    }

    @Test
    void put_after_the_clock_was_ahead_for_a_while_is_not_too_old() {
        // enough keys that every shard's partition hears of the later time
        sim.clock.jump(2 * 86_400_000);
        for (int i = 0; i < 300; i++) {
            sim.put(BUCKET, "other" + i, "x");
        }
        sim.clock.jump(-2 * 86_400_000);
        put(new byte[LARGE]);
        assertThat(sim.getBytes(BUCKET, "key")).hasSize(LARGE);
    }

    @Test
    void orphan_that_cannot_be_judged_is_judged_soon_again_and_keeps_no_other() {
        SimObjects rarely = new SimObjects(1, new ObjectOptions(4, 16 << 10, 100, 600_000, 3, 2 * 86_400_000));
        rarely.run(() -> rarely.layer.buckets().create(SimObjects.anew(), BUCKET));
        rarely.partitions.lost = Command::hasPutObject;
        rarely.refusalOf(() -> rarely.startPut(BUCKET, "stays", new byte[LARGE], WriteConditions.NONE));
        int blocks = rarely.disk.size();
        for (int i = 0; i < 5; i++) {
            String key = "goes" + i;
            rarely.refusalOf(() -> rarely.startPut(BUCKET, key, new byte[LARGE], WriteConditions.NONE));
        }
        rarely.partitions.lost = command ->
                command.getCondemn().getOwner().getKey().toStringUtf8().equals("stays");
        rarely.layer.housekeeping().start();
        rarely.scheduler.advance((2 * 24 + 6) * 60 * MINUTE_NANOS);
        assertThat(rarely.disk.size()).isEqualTo(blocks);

        rarely.partitions.lost = command -> false;
        rarely.scheduler.advance(3 * 60 * MINUTE_NANOS);
        assertThat(rarely.disk.size()).isZero();
    }

    @Test
    void doomed_buckets_are_purged_however_many_and_behind_one_that_cannot_be() {
        SimObjects small = new SimObjects(1, new ObjectOptions(0, 16 << 10, 100, 600_000, 3, 3_600_000));
        small.partitions.lost = Command::hasPurgeShard;
        for (int i = 0; i < 1_100; i++) {
            String name = "bucket-" + i;
            small.run(() -> small.layer.buckets().create(SimObjects.anew(), name));
            small.run(() -> small.layer.buckets().delete(name));
        }
        small.scheduler.advance(MINUTE_NANOS);
        assertThat(small.partitions.count(DOOMED_TABLE)).isEqualTo(1_100);

        AtomicInteger purges = new AtomicInteger();
        small.partitions.lost = command -> command.hasPurgeShard() && purges.getAndIncrement() == 0;
        small.layer.housekeeping().start();
        small.scheduler.advance(MINUTE_NANOS);
        assertThat(small.partitions.count(DOOMED_TABLE)).isEqualTo(1);
        small.scheduler.advance(15 * MINUTE_NANOS);
        assertThat(small.partitions.count(DOOMED_TABLE)).isZero();
    }

    @Test
    void stop_waits_for_the_step_under_way_and_nothing_begins_afterwards() {
        sim.partitions.holdReads = true;
        sim.scheduler.advance(60 * MINUTE_NANOS);
        assertThat(sim.partitions.heldReads()).isPositive();

        Future<Void> stopped = sim.layer.housekeeping().stop();
        sim.scheduler.advance(60 * MINUTE_NANOS);
        assertThat(stopped.isComplete()).isFalse();

        sim.partitions.releaseReads();
        sim.await(stopped);
        sim.partitions.holdReads = true;
        sim.scheduler.advance(3 * 60 * MINUTE_NANOS);
        assertThat(sim.partitions.heldReads()).isZero();
    }
}

package io.chordata.node.object;

import static io.chordata.node.object.SimObjects.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {
    private static final int SHARDS_TABLE = 1;
    private static final int UPLOADS_TABLE = 5;
    private static final int DOOMED_TABLE = 10;
    private static final int COMMANDS_OF_A_CREATE = 18;
    private static final int COMMANDS_OF_A_DELETE = 35;

    @Test
    void created_bucket_is_found_and_listed_by_name() {
        SimObjects sim = new SimObjects(1);
        for (String name : List.of("zebra", "apple", "mango.tree-1")) {
            sim.run(() -> sim.layer.buckets().create(SimObjects.anew(), name));
        }
        assertThat(sim.run(() -> sim.layer.buckets().list()))
                .extracting(Bucket::name)
                .containsExactly("apple", "mango.tree-1", "zebra");
        assertThat(sim.run(() -> sim.layer.buckets().find("apple")).shardBits()).isEqualTo(4);
        assertThat(sim.refusalOf(() -> sim.layer.buckets().create(SimObjects.anew(), "apple")))
                .isEqualTo(ObjectError.BUCKET_ALREADY_OWNED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab",
                "Upper",
                "-begin",
                "end-",
                "two..dots",
                "192.168.1.1",
                "xn--x",
                "x-s3alias",
                "with_underscore",
                "",
                "ä-umlaut",
                "sthree-x",
                "x--ol-s3"
            })
    void name_against_the_rules_is_refused(String name) {
        SimObjects sim = new SimObjects(1);
        assertThat(sim.refusalOf(() -> sim.layer.buckets().create(SimObjects.anew(), name)))
                .isEqualTo(ObjectError.INVALID_BUCKET_NAME);
    }

    @Test
    void bucket_with_objects_is_kept_and_stays_writable() {
        SimObjects sim = new SimObjects(1);
        sim.run(() -> sim.layer.buckets().create(SimObjects.anew(), "bucket"));
        sim.put("bucket", "a", "x");
        assertThat(sim.refusalOf(() -> sim.layer.buckets().delete("bucket"))).isEqualTo(ObjectError.BUCKET_NOT_EMPTY);
        for (int i = 0; i < 50; i++) {
            sim.put("bucket", "key" + i, "y");
        }
        assertThat(sim.get("bucket", "a")).isEqualTo("x");
    }

    @Test
    void deleted_bucket_leaves_no_rows_and_its_name_is_free() {
        SimObjects sim = new SimObjects(1);
        Bucket first = sim.run(() -> sim.layer.buckets().create(SimObjects.anew(), "bucket"));
        sim.run(() -> sim.layer
                .uploads()
                .create(
                        SimObjects.anew(),
                        new Uploads.CreateRequest("bucket", new ObjectKey("a"), ObjectMetadata.EMPTY, null, null)));
        sim.run(() -> sim.layer.buckets().delete("bucket"));
        assertThat(sim.refusalOf(() -> sim.layer.buckets().find("bucket"))).isEqualTo(ObjectError.NO_SUCH_BUCKET);
        sim.scheduler.runUntilIdle(1_000_000);
        assertThat(sim.partitions.count(DOOMED_TABLE)).isZero();
        assertThat(sim.partitions.count(UPLOADS_TABLE)).isZero();
        Bucket second = sim.run(() -> sim.layer.buckets().create(SimObjects.anew(), "bucket"));
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(sim.keys("bucket")).isEmpty();
    }

    @Test
    void stale_bucket_is_found_out_by_the_shard() {
        SimObjects sim = new SimObjects(1);
        sim.run(() -> sim.layer.buckets().create(SimObjects.anew(), "bucket"));
        sim.put("bucket", "a", "x");
        ObjectLayer other = sim.newLayer();
        sim.run(() -> other.objects().delete(SimObjects.anew(), "bucket", new ObjectKey("a"), WriteConditions.NONE));
        sim.run(() -> other.buckets().delete("bucket"));
        assertThat(sim.refusalOf(() -> sim.startPut("bucket", "b", bytes("y"), WriteConditions.NONE)))
                .isEqualTo(ObjectError.NO_SUCH_BUCKET);
        sim.run(() -> other.buckets().create(SimObjects.anew(), "bucket"));
        sim.put("bucket", "b", "y");
        assertThat(sim.get("bucket", "b")).isEqualTo("y");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void create_cut_short_at_any_step_is_finished_by_the_next(boolean lastIsApplied) {
        for (int step = 0; step < COMMANDS_OF_A_CREATE; step++) {
            SimObjects sim = new SimObjects(step);
            sim.partitions.commandsLeft = step;
            sim.partitions.lastIsApplied = lastIsApplied;
            sim.refusalOf(() -> sim.layer.buckets().create(SimObjects.anew(), "bucket"));
            sim.partitions.commandsLeft = Integer.MAX_VALUE;
            sim.layer = sim.newLayer();
            Future<Bucket> again = sim.start(() -> sim.layer.buckets().create(SimObjects.anew(), "bucket"));
            sim.scheduler.runUntil(again::isComplete, 1_000_000);
            assertThat(again.succeeded() || Failures.is(again.cause(), ObjectError.BUCKET_ALREADY_OWNED))
                    .as("step %d: %s", step, again)
                    .isTrue();
            for (int i = 0; i < 40; i++) {
                sim.put("bucket", "key" + i, "x");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void delete_cut_short_at_any_step_is_finished_by_the_next(boolean lastIsApplied) {
        for (int step = 0; step < COMMANDS_OF_A_DELETE; step++) {
            SimObjects sim = new SimObjects(step);
            sim.run(() -> sim.layer.buckets().create(SimObjects.anew(), "bucket"));
            sim.partitions.commandsLeft = step;
            sim.partitions.lastIsApplied = lastIsApplied;
            sim.await(sim.start(() -> sim.layer.buckets().delete("bucket").otherwiseEmpty()));
            sim.scheduler.runUntilIdle(1_000_000);
            sim.partitions.commandsLeft = Integer.MAX_VALUE;
            sim.layer = sim.newLayer();
            putOrMissBucket(sim, step);
            sim.run(() -> sim.layer.buckets().purgeDoomed());
            assertThat(sim.partitions.count(DOOMED_TABLE)).as("step %d", step).isZero();
        }
    }

    /** Whatever was left: the bucket takes writes in all shards, or is gone; nothing in between. */
    private static void putOrMissBucket(SimObjects sim, int step) {
        int there = 0;
        for (int i = 0; i < 40; i++) {
            int number = i;
            Future<?> put = sim.start(() -> sim.startPut("bucket", "key" + number, bytes("x"), WriteConditions.NONE));
            sim.scheduler.runUntil(put::isComplete, 1_000_000);
            there += put.succeeded() ? 1 : 0;
            assertThat(put.succeeded() || Failures.is(put.cause(), ObjectError.NO_SUCH_BUCKET))
                    .as("step %d: %s", step, put)
                    .isTrue();
        }
        assertThat(there).as("step %d", step).isIn(0, 40);
    }

    @Test
    void no_acknowledged_object_is_lost_to_deletes_of_its_bucket() {
        for (int seed = 0; seed < 100; seed++) {
            SimObjects sim = new SimObjects(seed);
            sim.run(() -> sim.layer.buckets().create(SimObjects.anew(), "bucket"));
            ObjectLayer other = sim.newLayer();
            List<Future<?>> all = new ArrayList<>();
            List<Future<?>> puts = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int number = i;
                puts.add(sim.start(() -> sim.startPut("bucket", "key" + number, bytes("x"), WriteConditions.NONE)));
                all.add(sim.start(() -> sim.layer.buckets().delete("bucket")));
                all.add(sim.start(() -> other.buckets().delete("bucket")));
            }
            all.addAll(puts);
            sim.scheduler.runUntil(() -> all.stream().allMatch(Future::isComplete), 1_000_000);
            long acknowledged = puts.stream().filter(Future::succeeded).count();
            if (acknowledged > 0) {
                assertThat(sim.keys("bucket")).as("seed %d", seed).hasSize((int) acknowledged);
            }
        }
    }

    @Test
    void concurrent_creates_have_one_winner() {
        for (int seed = 0; seed < 50; seed++) {
            SimObjects sim = new SimObjects(seed);
            ObjectLayer other = sim.newLayer();
            List<Future<Bucket>> creates = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ObjectLayer layer = i % 2 == 0 ? sim.layer : other;
                creates.add(sim.start(() -> layer.buckets().create(SimObjects.anew(), "bucket")));
            }
            sim.scheduler.runUntil(() -> creates.stream().allMatch(Future::isComplete), 1_000_000);
            assertThat(creates.stream().filter(Future::succeeded))
                    .as("seed %d", seed)
                    .hasSize(1);
            assertThat(sim.partitions.count(SHARDS_TABLE)).isEqualTo(16);
        }
    }
}

package io.chordata.node.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.core.UploadId;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations on few keys, one after the other, each held against a sorted map. */
class ObjectModelTest {
    private static final String BUCKET = "bucket";
    private static final int OPERATIONS = 300;
    private static final List<String> KEYS = List.of("a", "a/b", "a/c", "a/c/d", "b", "b//", "c\0", "\u00e9", "/");

    private record Stored(byte[] body, String eTag) {}

    private SimObjects sim = new SimObjects(0);
    private SimRandom random = new SimRandom(0);
    private Map<String, Stored> model = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void objects_agree_with_the_model(long seed) {
        run(seed);
    }

    /** The simulation is only worth something if a seed is the whole story. */
    @ParameterizedTest
    @ValueSource(longs = 13)
    void same_seed_gives_the_same_rows_and_trace(long seed) {
        List<String> first = run(seed);
        assertThat(run(seed)).isEqualTo(first);
    }

    private List<String> run(long seed) {
        sim = new SimObjects(seed);
        random = new SimRandom(seed);
        model = new TreeMap<>(ObjectModelTest::compare);
        sim.run(() -> sim.layer.buckets().create(SimObjects.anew(), BUCKET));
        for (int i = 0; i < OPERATIONS; i++) {
            operate(KEYS.get(random.nextInt(KEYS.size())), "seed " + seed + " operation " + i);
        }
        List<String> trace = new ArrayList<>(List.of(Long.toHexString(sim.scheduler.traceHash())));
        sim.partitions.rows().forEach(rows -> trace.add(rows.digest()));
        return trace;
    }

    private void operate(String key, String when) {
        switch (random.nextInt(6)) {
            case 0, 1 -> put(key, when);
            case 2 -> delete(key, when);
            case 3 -> upload(key, when);
            case 4 -> list(when);
            default -> read(key, when);
        }
    }

    private byte[] body() {
        int[] sizes = {0, 10, 16 << 10, 70_000, 200_000};
        return random.nextBytes(sizes[random.nextInt(sizes.length)]);
    }

    private WriteConditions conditions(String key) {
        Stored current = model.get(key);
        return switch (random.nextInt(5)) {
            case 0 -> new WriteConditions(null, true);
            case 1 -> new WriteConditions("*", false);
            case 2 -> new WriteConditions("0123456789abcdef0123456789abcdef", false);
            case 3 -> new WriteConditions(current == null ? "none" : current.eTag(), false);
            default -> WriteConditions.NONE;
        };
    }

    private @Nullable ObjectError expected(String key, WriteConditions conditions) {
        Stored current = model.get(key);
        if (conditions.ifNoneMatch()) {
            return current == null ? null : ObjectError.PRECONDITION_FAILED;
        }
        if (conditions.ifMatch() == null) {
            return null;
        }
        if (current == null) {
            return ObjectError.NO_SUCH_KEY;
        }
        boolean matches =
                conditions.ifMatch().equals("*") || conditions.ifMatch().equals(current.eTag());
        return matches ? null : ObjectError.PRECONDITION_FAILED;
    }

    /** The outcome of a conditional operation is the one expected; gives its result. */
    private <T> @Nullable T decide(Future<T> operation, @Nullable ObjectError expected, String when) {
        sim.scheduler.runUntil(operation::isComplete, 1_000_000);
        if (expected == null) {
            return sim.await(operation);
        }
        assertThat(operation.failed() && Failures.is(operation.cause(), expected))
                .as("%s: expected %s, got %s", when, expected, operation)
                .isTrue();
        return null;
    }

    private void put(String key, String when) {
        byte[] body = body();
        WriteConditions conditions = conditions(key);
        StoredObject put =
                decide(sim.start(() -> sim.startPut(BUCKET, key, body, conditions)), expected(key, conditions), when);
        if (put != null) {
            model.put(key, new Stored(body, put.eTag()));
        }
    }

    private void delete(String key, String when) {
        WriteConditions conditions = conditions(key);
        ObjectError expected = expected(key, conditions);
        decide(
                sim.start(() -> sim.layer.objects().delete(SimObjects.anew(), BUCKET, new ObjectKey(key), conditions)),
                expected,
                when);
        if (expected == null) {
            model.remove(key);
        }
    }

    /** Two parts, one of them replaced; completed under conditions or aborted. */
    private void upload(String key, String when) {
        UploadId id = sim.run(() -> sim.layer
                .uploads()
                .create(
                        SimObjects.anew(),
                        new Uploads.CreateRequest(
                                BUCKET,
                                new ObjectKey(key),
                                ObjectMetadata.EMPTY,
                                ChecksumAlgorithm.CRC32C,
                                StoredChecksum.Type.COMPOSITE)));
        Uploads.UploadName upload = new Uploads.UploadName(BUCKET, new ObjectKey(key), id);
        byte[] body = body();
        part(upload, 1, random.nextBytes(100));
        part(upload, 2, random.nextBytes(100));
        StoredPart part = part(upload, 1, body);
        if (random.chance(0.3)) {
            sim.run(() -> sim.layer.uploads().abort(SimObjects.anew(), upload));
            return;
        }
        WriteConditions conditions = conditions(key);
        Uploads.CompleteRequest request = new Uploads.CompleteRequest(
                upload,
                List.of(new Uploads.CompletedPart(1, part.eTag(), part.checksum())),
                conditions,
                null,
                body.length);
        StoredObject completed = decide(
                sim.start(() -> sim.layer.uploads().complete(SimObjects.anew(), request)),
                expected(key, conditions),
                when);
        if (completed != null) {
            model.put(key, new Stored(body, completed.eTag()));
        }
    }

    private StoredPart part(Uploads.UploadName upload, int number, byte[] body) {
        return sim.run(() -> sim.layer
                .uploads()
                .putPart(SimObjects.anew(), upload, number, ChecksumAlgorithm.CRC32C, SimObjects.payload(body)));
    }

    private void read(String key, String when) {
        Stored stored = model.get(key);
        assertThat(sim.getBytes(BUCKET, key)).as(when).isEqualTo(stored == null ? null : stored.body());
    }

    /** A whole listing in pages of random size, rolled up or not. */
    private void list(String when) {
        String delimiter = random.chance(0.5) ? "/" : "";
        String prefix = random.chance(0.3) ? "a/" : "";
        int max = 1 + random.nextInt(4);
        List<String> seen = new ArrayList<>();
        String after = "";
        Listings.Page page;
        do {
            page = sim.list(BUCKET, prefix, delimiter, after, max);
            page.objects().forEach(object -> seen.add(object.key().text()));
            seen.addAll(page.commonPrefixes());
            assertThat(page.objects().size() + page.commonPrefixes().size()).isLessThanOrEqualTo(max);
            after = page.next();
        } while (page.truncated());
        assertThat(seen)
                .as(when)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(expectedList(prefix, delimiter));
    }

    private List<String> expectedList(String prefix, String delimiter) {
        return model.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> rollUp(key, prefix, delimiter))
                .distinct()
                .toList();
    }

    private static String rollUp(String key, String prefix, String delimiter) {
        int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        return at < 0 ? key : key.substring(0, at + delimiter.length());
    }

    private static int compare(String a, String b) {
        return Arrays.compareUnsigned(SimObjects.bytes(a), SimObjects.bytes(b));
    }
}

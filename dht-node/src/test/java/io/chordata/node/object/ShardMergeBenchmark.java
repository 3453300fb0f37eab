package io.chordata.node.object;

import io.chordata.node.object.ShardMerge.ShardPage;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Merging one page of 1,000 out of 16 shards that answer at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ShardMergeBenchmark {
    private static final int SHARDS = 16;
    private static final int KEYS = 100_000;
    private static final int PAGE = 1_000;

    private final List<List<String>> spread = new ArrayList<>();
    private final List<String> shared = new ArrayList<>();

    public ShardMergeBenchmark() {
        for (int shard = 0; shard < SHARDS; shard++) {
            spread.add(new ArrayList<>());
        }
        for (int key = 0; key < KEYS; key++) {
            spread.get(key * 7 % SHARDS).add(String.format(Locale.ROOT, "object-%06d", key));
        }
        for (int folder = 0; folder <= PAGE; folder++) {
            shared.add(String.format(Locale.ROOT, "folder-%04d/", folder));
        }
    }

    /** Each shard has keys of its own. */
    @Benchmark
    public Object keys() {
        return merge(spread::get);
    }

    /** All shards have the same common prefixes. */
    @Benchmark
    public Object commonPrefixes() {
        return merge(shard -> shared);
    }

    private static Object merge(IntFunction<List<String>> shards) {
        return new ShardMerge<>(
                        SHARDS,
                        PAGE,
                        Comparator.<String>naturalOrder(),
                        (shard, after, max) -> Future.succeededFuture(page(shards.apply(shard), after, max)))
                .run()
                .result();
    }

    private static ShardPage<String> page(List<String> all, @Nullable String after, int max) {
        int found = after == null ? -1 : Collections.binarySearch(all, after);
        int from = found + 1;
        int to = Math.min(all.size(), from + max);
        return new ShardPage<>(all.subList(from, to), to < all.size());
    }
}

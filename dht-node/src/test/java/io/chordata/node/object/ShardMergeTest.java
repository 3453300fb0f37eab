package io.chordata.node.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.object.ShardMerge.Merged;
import io.chordata.node.object.ShardMerge.ShardPage;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShardMergeTest {
    private static final int SHARDS = 16;
    private static final int PAGE = 1_000;

    private final SimRandom random = new SimRandom(5);
    private final List<NavigableSet<String>> shards = new ArrayList<>();
    private int asks;
    private int entriesGiven;

    ShardMergeTest() {
        for (int shard = 0; shard < SHARDS; shard++) {
            shards.add(new TreeSet<>());
        }
    }

    @Test
    void page_ofAnyEntries_isTheFirstOfThemAll() {
        for (int round = 0; round < 300; round++) {
            shards.forEach(NavigableSet::clear);
            NavigableSet<String> all = new TreeSet<>();
            int entries = random.nextInt(120);
            int copies = 1 + random.nextInt(SHARDS);
            for (int i = 0; i < entries; i++) {
                String entry = "entry-" + random.nextInt(200);
                all.add(entry);
                for (int copy = 0; copy < copies; copy++) {
                    shards.get(random.nextInt(SHARDS)).add(entry);
                }
            }
            int max = 1 + random.nextInt(60);
            Merged<String> page = merge(max);
            assertThat(page.entries())
                    .as("round %d", round)
                    .isEqualTo(all.stream().limit(max).toList());
            assertThat(page.more()).as("round %d", round).isEqualTo(all.size() > max);
        }
    }

    @Test
    void entries_thatAllShardsHave_areAskedForTwice() {
        for (int folder = 0; folder < 5 * PAGE; folder++) {
            String entry = "folder-" + (10_000 + folder);
            shards.forEach(shard -> shard.add(entry));
        }
        assertThat(merge(PAGE).entries()).hasSize(PAGE);
        assertThat(asks).isEqualTo(2 * SHARDS);
        assertThat(entriesGiven).isLessThanOrEqualTo(SHARDS * (PAGE + 1));
    }

    @Test
    void entries_thatAreSpread_areAskedForLittleMoreThanOnce() {
        for (int key = 0; key < 100 * PAGE; key++) {
            shards.get(random.nextInt(SHARDS)).add("key-" + (1_000_000 + key));
        }
        assertThat(merge(PAGE).entries()).hasSize(PAGE);
        assertThat(asks).isLessThanOrEqualTo(SHARDS + 2);
        assertThat(entriesGiven).isLessThan(2 * PAGE);
    }

    private Merged<String> merge(int max) {
        return new ShardMerge<>(SHARDS, max, Comparator.<String>naturalOrder(), this::give)
                .run()
                .result();
    }

    private Future<ShardPage<String>> give(int shard, @Nullable String after, int max) {
        NavigableSet<String> all = shards.get(shard);
        List<String> page = (after == null ? all : all.tailSet(after, false))
                .stream().limit(max).toList();
        asks++;
        entriesGiven += page.size();
        boolean more = !page.isEmpty() && !page.get(page.size() - 1).equals(all.last());
        return Future.succeededFuture(new ShardPage<>(page, more));
    }
}

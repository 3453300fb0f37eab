package io.chordata.node.object;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One ordered page out of the ordered pages of all shards. Each shard is asked for a little more than its fair share
 * first, all at once; whichever runs out while the page is not full is asked for more. Entries that several shards have
 * (common prefixes) appear once.
 *
 * @param <E> what is listed
 */
final class ShardMerge<E> {
    private final int max;
    private final Comparator<E> order;
    private final Fetch<E> fetch;
    private final List<Source> sources = new ArrayList<>();
    private final List<E> merged = new ArrayList<>();
    private final PriorityQueue<Source> heads;

    /** Asks a shard for up to {@code max} entries behind {@code after}; null for the first. */
    interface Fetch<E> {
        Future<ShardPage<E>> fetch(int shard, @Nullable E after, int max);
    }

    /** @param more there are entries behind the last */
    record ShardPage<E>(List<E> entries, boolean more) {}

    /** @param more there are entries behind the last */
    record Merged<E>(List<E> entries, boolean more) {}

    ShardMerge(int shards, int max, Comparator<E> order, Fetch<E> fetch) {
        this.max = max;
        this.order = order;
        this.fetch = fetch;
        this.heads = new PriorityQueue<>((a, b) -> order.compare(a.entries.getFirst(), b.entries.getFirst()));
        int fairShare = (max + shards - 1) / shards;
        int firstAsk = Math.min(max + 1, fairShare + 3 * (int) Math.sqrt(fairShare) + 1);
        for (int shard = 0; shard < shards; shard++) {
            sources.add(new Source(shard, firstAsk));
        }
    }

    /** Asks for one entry more than the page has: whether there is one says whether another page follows. */
    Future<Merged<E>> run() {
        List<Future<Void>> asked =
                sources.stream().filter(Source::isWaitedFor).map(Source::ask).toList();
        return Future.join(asked).compose(answered -> {
            merge();
            return isFull() || sources.stream().noneMatch(Source::isWaitedFor) ? Future.succeededFuture(page()) : run();
        });
    }

    private boolean isFull() {
        return merged.size() > max;
    }

    /** Stops when a shard runs out: the next entry may be one that it has yet to tell. */
    private void merge() {
        heads.clear();
        sources.stream().filter(source -> !source.entries.isEmpty()).forEach(heads::add);
        while (!isFull() && !heads.isEmpty()) {
            Source least = heads.remove();
            take(least.entries.removeFirst());
            if (!least.entries.isEmpty()) {
                heads.add(least);
            } else if (least.more) {
                return;
            }
        }
    }

    private void take(E entry) {
        if (merged.isEmpty() || order.compare(merged.get(merged.size() - 1), entry) != 0) {
            merged.add(entry);
        }
    }

    private Merged<E> page() {
        return isFull() ? new Merged<>(merged.subList(0, max), true) : new Merged<>(merged, false);
    }

    private final class Source {
        private final int shard;
        private final Deque<E> entries = new ArrayDeque<>();
        private boolean more = true;
        private @Nullable E last;
        private int nextAsk;

        Source(int shard, int firstAsk) {
            this.shard = shard;
            this.nextAsk = firstAsk;
        }

        boolean isWaitedFor() {
            return entries.isEmpty() && more;
        }

        Future<Void> ask() {
            int count = nextAsk;
            nextAsk = Math.min(max + 1, 2 * nextAsk);
            return fetch.fetch(shard, last, count).map(page -> {
                entries.addAll(page.entries());
                more = page.more();
                last = entries.isEmpty() ? last : entries.getLast();
                return null;
            });
        }
    }
}

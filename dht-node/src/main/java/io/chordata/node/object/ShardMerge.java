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
 * first, all at once; whichever runs out while the page is not full is asked for as much of the rest as it had of the
 * page so far. Entries that several shards have (common prefixes) appear once, so then that is all of the rest.
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
        int firstAsk = Math.min(max + 1, ample((max + shards - 1) / shards));
        for (int shard = 0; shard < shards; shard++) {
            sources.add(new Source(shard, firstAsk));
        }
    }

    /** A share that chance will hardly exceed. */
    private static int ample(int share) {
        return share + 3 * (int) Math.sqrt(share) + 1;
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

    /** Stops when shards run out: the next entry may be one that they have yet to tell. */
    private void merge() {
        heads.clear();
        sources.stream().filter(source -> !source.entries.isEmpty()).forEach(heads::add);
        while (!isFull() && !heads.isEmpty()) {
            E entry = heads.element().entries.getFirst();
            merged.add(entry);
            if (takeFromAll(entry)) {
                return;
            }
        }
    }

    /**
     * Shards that have the same entries run out together, and so are asked together.
     *
     * @return true if any ran out
     */
    private boolean takeFromAll(E entry) {
        boolean ranOut = false;
        while (!heads.isEmpty() && order.compare(heads.element().entries.getFirst(), entry) == 0) {
            Source source = heads.remove();
            source.take();
            if (source.entries.isEmpty()) {
                ranOut |= source.more;
            } else {
                heads.add(source);
            }
        }
        return ranOut;
    }

    private Merged<E> page() {
        return isFull() ? new Merged<>(merged.subList(0, max), true) : new Merged<>(merged, false);
    }

    private final class Source {
        private final int shard;
        private final Deque<E> entries = new ArrayDeque<>();
        private boolean more = true;
        private @Nullable E last;
        private int lastAsk;
        private int taken;

        Source(int shard, int firstAsk) {
            this.shard = shard;
            this.lastAsk = firstAsk;
        }

        boolean isWaitedFor() {
            return entries.isEmpty() && more;
        }

        void take() {
            taken++;
            entries.removeFirst();
        }

        /** At least twice as much each time: the rest may be unlike what came before. */
        private int nextAsk() {
            if (taken == 0) {
                return lastAsk;
            }
            int rest = max + 1 - merged.size();
            int share = (int) ((long) rest * taken / merged.size());
            return Math.min(rest, Math.max(2 * lastAsk, ample(share)));
        }

        Future<Void> ask() {
            lastAsk = nextAsk();
            return fetch.fetch(shard, last, lastAsk).map(page -> {
                entries.addAll(page.entries());
                more = page.more();
                last = entries.isEmpty() ? last : entries.getLast();
                return null;
            });
        }
    }
}

package io.chordata.node.partition;

import io.chordata.node.core.RequestId;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.partition.raft.LogProtos.RequestSpan;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a replica knows of its rows of answers from having written them, so that hardly any new request has to be looked for
 * in the store. It holds for the rows at one index of one generation; whoever comes elsewhere begins anew, knowing nothing.
 * A run that is repeated finds what it found before: what it added meanwhile can only cause a look too many.
 */
final class RecentRequests {
    private static final int FILTER_BITS = 16;
    private static final int HASHES = 4;

    /** Of each span a Bloom filter: ids are as good as random, so pieces of them are the hashes. */
    private final TreeMap<Long, long[]> filters = new TreeMap<>();

    private long generation = -1;
    private long nextIndex;
    private long sinceMillis;
    private @Nullable List<RequestSpan> spansBefore;
    private @Nullable List<RequestSpan> spans;

    /** A run begins, perhaps once more. */
    void begin(long newGeneration, LogEntry first) {
        if (newGeneration != generation || first.index() != nextIndex) {
            generation = newGeneration;
            nextIndex = first.index();
            sinceMillis = first.timeMillis();
            spansBefore = null;
            filters.clear();
        }
        spans = spansBefore;
    }

    /** The run is over; its rows will be written. */
    void end(LogEntry last) {
        nextIndex = last.index() + 1;
        spansBefore = spans;
        if (spans != null) {
            // Not before: were the run repeated, its first entries would still look into spans that a later one forgot.
            filters.headMap(spans.isEmpty() ? Long.MAX_VALUE : spans.get(0).getNumber())
                    .clear();
        }
    }

    /** As they are in the rows; null if that is not known. */
    @Nullable
    List<RequestSpan> spans() {
        return spans;
    }

    void onSpans(List<RequestSpan> newSpans) {
        spans = newSpans;
    }

    void add(long span, RequestId id) {
        long[] filter = filters.computeIfAbsent(span, number -> new long[1 << (FILTER_BITS - 6)]);
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(id, i);
            filter[bit >>> 6] |= 1L << bit;
        }
    }

    /**
     * Whether the span may have an answer to the request.
     *
     * @param soughtSinceMillis older answers are none to it
     */
    boolean mayHave(long span, RequestId id, long soughtSinceMillis) {
        if (soughtSinceMillis <= sinceMillis) {
            return true;
        }
        long[] filter = filters.get(span);
        if (filter == null) {
            return false;
        }
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(id, i);
            if ((filter[bit >>> 6] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    private static int bit(RequestId id, int hash) {
        Uint128 value = id.value();
        long half = hash % 2 == 0 ? value.low() : value.high();
        return (int) (half >>> FILTER_BITS * (hash / 2)) & ((1 << FILTER_BITS) - 1);
    }
}

package io.chordata.node.partition;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.EntryApplier.Outcome;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.partition.raft.LogProtos.RequestSpan;
import io.chordata.node.partition.raft.LogProtos.RequestWindow;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Applies each request of a partition once: an answer is kept as a row, in the same batch as what the command changed, and
 * is what every later attempt gets. So it is there after a restart and goes with a snapshot.
 *
 * <p>Rows of table {@link #TABLE}: under the empty key the spans of which answers are kept; under (span u64, id) an answer.
 * A span is a window of log time. Spans that are over go whole, by one range deletion, and a request is looked for only in
 * the spans that may have it, so that nothing is ever scanned. Part of the storage format.
 */
final class Requests {
    /** Not for the state machine. */
    static final int TABLE = 255;

    private static final byte[] WINDOW = {};

    private final RequestRules rules;
    private final RecentRequests recent = new RecentRequests();

    Requests(RequestRules rules) {
        this.rules = rules;
    }

    /** A run begins, perhaps once more because the one before met a cold read. */
    void begin(long generation, LogEntry first) {
        recent.begin(generation, first);
    }

    /** Its rows will be written. */
    void end(LogEntry last) {
        recent.end(last);
    }

    /** @param machine applies the command */
    Outcome apply(LogEntry entry, BufferedRows rows, UnaryOperator<byte[]> machine) {
        Request request = Request.decode(entry.data());
        long logMillis = entry.timeMillis();
        List<RequestSpan> spans = forget(logMillis, rows);
        byte[] kept = find(request, spanOf(logMillis), spans, rows);
        if (kept != null) {
            return Outcome.answered(kept, List.of());
        }
        if (rules.isExpired(request.timeMillis(), logMillis) || rules.isAhead(request.timeMillis(), logMillis)) {
            return Outcome.refused(Reason.EXPIRED);
        }
        if (rules.isFull(spans.stream().mapToLong(RequestSpan::getCount).sum())) {
            return Outcome.refused(Reason.TOO_BUSY);
        }
        byte[] answer = machine.apply(request.command());
        if (rules.isKept()) {
            keep(request, answer, spanOf(logMillis), spans, rows);
        }
        return Outcome.answered(answer, rows.takeDrops());
    }

    private long spanOf(long millis) {
        return Math.max(0, millis) / rules.windowMillis();
    }

    /** Gives the spans that are left. */
    private List<RequestSpan> forget(long logMillis, BufferedRows rows) {
        List<RequestSpan> spans = spans(rows);
        long now = spanOf(logMillis);
        int over = over(spans, now, now - spanOf(rules.keptSince(logMillis)));
        if (over == 0) {
            return spans;
        }
        long lastOver = spans.get(over - 1).getNumber();
        rows.deleteRange(
                TABLE, key(spans.get(0).getNumber()).array(), key(lastOver + 1).array());
        List<RequestSpan> left = spans.subList(over, spans.size());
        write(RequestWindow.newBuilder().addAllSpans(left).build(), rows);
        return left;
    }

    /**
     * How many spans are over, the oldest. A leap of log time counts as one span: whether so much time has passed, or a clock
     * was set, the log cannot tell, and who asks again a second later must find the answer.
     */
    private int over(List<RequestSpan> spans, long now, long kept) {
        long age = 0;
        long after = now;
        int i = spans.size() - 1;
        while (i >= 0) {
            long number = spans.get(i).getNumber();
            age += rules.isLeap(after - number) ? 1 : after - number;
            if (age > kept) {
                break;
            }
            after = number;
            i--;
        }
        return i + 1;
    }

    /** The newest first: most attempts follow soon on the one before. */
    private byte @Nullable [] find(Request request, long now, List<RequestSpan> spans, BufferedRows rows) {
        long soughtMillis = rules.soughtSince(request.timeMillis());
        long after = now;
        boolean leapt = false;
        for (int i = spans.size() - 1; i >= 0; i--) {
            long span = spans.get(i).getNumber();
            leapt |= rules.isLeap(after - span);
            after = span;
            long sinceMillis = leapt ? Math.min(soughtMillis, span * rules.windowMillis()) : soughtMillis;
            boolean mayHave = span >= spanOf(sinceMillis) && recent.mayHave(span, request.id(), sinceMillis);
            byte[] answer = mayHave ? rows.get(TABLE, key(span, request)) : null;
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    private void keep(Request request, byte[] answer, long span, List<RequestSpan> spans, BufferedRows rows) {
        rows.put(TABLE, key(span, request), answer);
        recent.add(span, request.id());
        int last = spans.size() - 1;
        boolean isNew = spans.isEmpty() || spans.get(last).getNumber() != span;
        RequestWindow.Builder window = RequestWindow.newBuilder().addAllSpans(spans);
        if (isNew) {
            window.addSpans(RequestSpan.newBuilder().setNumber(span).setCount(1));
        } else {
            window.getSpansBuilder(last).setCount(spans.get(last).getCount() + 1);
        }
        write(window.build(), rows);
    }

    private List<RequestSpan> spans(BufferedRows rows) {
        List<RequestSpan> known = recent.spans();
        return known == null ? readSpans(rows) : known;
    }

    private static List<RequestSpan> readSpans(BufferedRows rows) {
        byte[] window = rows.get(TABLE, WINDOW);
        if (window == null) {
            return List.of();
        }
        try {
            return RequestWindow.parseFrom(window).getSpansList();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the row of the requests' spans does not parse", e);
        }
    }

    private void write(RequestWindow window, BufferedRows rows) {
        rows.put(TABLE, WINDOW, window.toByteArray());
        recent.onSpans(window.getSpansList());
    }

    private static ByteBuffer key(long span) {
        return ByteBuffer.allocate(Long.BYTES).putLong(span);
    }

    private static byte[] key(long span, Request request) {
        return ByteBuffer.allocate(Long.BYTES + Uint128.BYTES)
                .putLong(span)
                .put(request.id().value().toBytes())
                .array();
    }
}

package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.directory.DirectoryMessage.ExchangeReply;
import io.chordata.node.ring.directory.DirectoryMessage.ExchangeRequest;
import io.chordata.node.ring.directory.DirectoryMessage.Gossip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares whole tables, now and then, with a random other node: what gossip missed is found here, and a newcomer learns whom
 * there is. The asker sends the hashes of its buckets; the other answers with its rows in those that differ, a bounded piece at a
 * time; the asker takes what is newer there, and sends back what is newer here.
 */
final class Exchanger {
    /** Rows of one piece that the answerer lacks may be many more than it sent; the next exchange continues. */
    private static final int PIECES_BACK_MAX = 8;

    private final Parts parts;
    private final Own own;
    private final Courier courier;
    private final Judge judge;
    private @Nullable Question open;
    private boolean complete;
    private long periodMillis;

    private record Question(
            NodeId peer, long number, @Nullable NodeId after, Agenda.Task end) {}

    Exchanger(Parts parts, Own own, Courier courier, Judge judge) {
        this.parts = parts;
        this.own = own;
        this.courier = courier;
        this.judge = judge;
    }

    /** Often at first, when many may have joined at a time; then ever more rarely, down to the usual. */
    void start() {
        periodMillis = Math.min(
                parts.options().exchangePeriodMillis(), 2 * parts.options().probePeriodMillis());
        planNext();
    }

    private void planNext() {
        parts.agenda().in(parts.jitter(periodMillis), this::onPeriod);
    }

    /** Whether one exchange was finished since the start: until then what is learned is no news to others. */
    boolean isComplete() {
        return complete;
    }

    private void onPeriod() {
        periodMillis = Math.min(parts.options().exchangePeriodMillis(), 2 * periodMillis);
        planNext();
        for (NodeId node : parts.order().sample(1, parts::isWell)) {
            Entry entry = parts.table().get(node);
            if (entry != null) {
                begin(entry);
            }
        }
    }

    /** Unless one is under way. */
    void begin(Entry peer) {
        if (open == null) {
            parts.count(Counter.EXCHANGES);
            ask(peer, null);
        }
    }

    private void ask(Entry peer, @Nullable NodeId after) {
        long number = parts.numbers().next();
        long wait = parts.health().scale(5 * parts.options().probePeriodMillis());
        open = new Question(peer.node(), number, after, parts.agenda().in(wait, () -> open = null));
        courier.send(peer, new ExchangeRequest(number, after, parts.table().hashes()));
    }

    void onRequest(Entry from, ExchangeRequest request) {
        long buckets = parts.table().differing(request.hashes());
        List<Update> piece = new ArrayList<>();
        NodeId upTo = null;
        int left = parts.options().exchangeBytesMax();
        for (Entry entry : rows(buckets, request.after(), null)) {
            Update update = entry.update();
            left -= update.bytesMax();
            if (left < 0 && !piece.isEmpty()) {
                upTo = piece.get(piece.size() - 1).node();
                break;
            }
            piece.add(update);
        }
        courier.sendPiece(from, new ExchangeReply(request.number(), buckets, upTo, piece), List.of());
    }

    /** Whether it answers the open question. */
    boolean onReply(Entry from, ExchangeReply reply) {
        Question question = open;
        if (question == null
                || question.number() != reply.number()
                || !question.peer().equals(from.node())) {
            return false;
        }
        parts.agenda().cancel(question.end());
        open = null;
        if (!isWithin(reply, question.after())) {
            parts.count(Counter.DROPPED_NONSENSE);
            return true;
        }
        reply.members().forEach(update -> judge.hear(update, from.node(), complete));
        if (!own.isSilent()) {
            sendBack(from, question.after(), reply);
            goOn(from, reply);
        }
        return true;
    }

    private static boolean isWithin(ExchangeReply reply, @Nullable NodeId after) {
        NodeId upTo = reply.upTo();
        boolean proceeds = upTo == null || after == null || upTo.compareTo(after) > 0;
        return proceeds
                && reply.members().stream()
                        .map(Update::node)
                        .allMatch(node -> isIn(reply.buckets(), node)
                                && (after == null || node.compareTo(after) > 0)
                                && (upTo == null || node.compareTo(upTo) <= 0));
    }

    private void goOn(Entry from, ExchangeReply reply) {
        if (reply.upTo() == null) {
            complete = true;
        } else {
            ask(from, reply.upTo());
        }
    }

    private void sendBack(Entry to, @Nullable NodeId after, ExchangeReply reply) {
        Map<NodeId, Standing> theirs = new TreeMap<>();
        reply.members()
                .forEach(update -> theirs.put(update.node(), update.member().standing()));
        List<Update> newer = rows(reply.buckets(), after, reply.upTo()).stream()
                .filter(entry -> isNewer(entry.member(), theirs.get(entry.node())))
                .map(Entry::update)
                .toList();
        int from = 0;
        for (int pieces = 0; pieces < PIECES_BACK_MAX && from < newer.size(); pieces++) {
            int end = endOfPiece(newer, from);
            courier.sendPiece(to, new Gossip(), newer.subList(from, end));
            from = end;
        }
    }

    private int endOfPiece(List<Update> updates, int from) {
        int left = parts.options().exchangeBytesMax();
        int end = from;
        while (end < updates.size() && (end == from || updates.get(end).bytesMax() <= left)) {
            left -= updates.get(end).bytesMax();
            end++;
        }
        return end;
    }

    private static boolean isNewer(Member ours, @Nullable Standing theirs) {
        return theirs == null || ours.standing().overrides(theirs);
    }

    private List<Entry> rows(long buckets, @Nullable NodeId after, @Nullable NodeId upTo) {
        return parts.table().range(after, upTo).values().stream()
                .filter(entry -> isIn(buckets, entry.node()) && !entry.member().isForgettable())
                .toList();
    }

    private static boolean isIn(long buckets, NodeId node) {
        return (buckets >>> MemberTable.bucketOf(node) & 1) == 1;
    }
}

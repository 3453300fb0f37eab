package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The positions that follow one on the ring, nearest first: consecutive ones, those of the own node included, without
 * duplicates. It is never filtered, only extended until it names enough other nodes, so that a node with many positions in
 * a row does not fill it alone.
 *
 * <p>In a ring too small for a full list it ends before its owner: nobody stands in it twice to fill it up. A ring of one
 * position has itself as its only successor. Where dead entries were dropped the list keeps their places at its tail
 * ({@code vacancies}, Zave's placeholders); nobody lives there, so nothing but the length of the list knows of them.
 */
record SuccessorList(List<Position> entries, int vacancies) {
    SuccessorList {
        if (entries.size() + vacancies > RingOptions.SUCCESSOR_ENTRIES_MAX) {
            throw new IllegalArgumentException(entries.size() + " entries and " + vacancies + " vacancies");
        }
    }

    static SuccessorList alone(Position self) {
        return new SuccessorList(List.of(self), 0);
    }

    /** {@code s} and then its list without the last, or with it where that is needed to name enough nodes. */
    static SuccessorList of(Position owner, Position s, List<Position> listOfS, RingOptions options) {
        List<Position> entries = new ArrayList<>(options.successorEntries());
        Set<NodeId> nodes = new TreeSet<>();
        add(entries, nodes, owner, s);
        for (Position next : listOfS) {
            if (isEnough(entries.size(), nodes.size(), options) || !isBehind(last(entries), next, owner)) {
                break;
            }
            add(entries, nodes, owner, next);
        }
        return new SuccessorList(List.copyOf(entries), 0);
    }

    private static void add(List<Position> entries, Set<NodeId> nodes, Position owner, Position entry) {
        entries.add(entry);
        if (!entry.owner().node().equals(owner.owner().node())) {
            nodes.add(entry.owner().node());
        }
    }

    /** A list that comes around to its owner has seen the whole ring. */
    private static boolean isBehind(Position last, Position next, Position owner) {
        return !last.id().equals(owner.id()) && next.id().isBetween(last.id(), owner.id());
    }

    private static boolean isEnough(int entries, int nodes, RingOptions options) {
        return entries == RingOptions.SUCCESSOR_ENTRIES_MAX
                || (entries >= options.successorEntries() && nodes >= options.successorNodes());
    }

    /** Whether it is as long as it should be in a ring that is large enough. Asked of each member again and again. */
    boolean isFull(Position owner, RingOptions options) {
        return isEnough(entries.size(), othersUpTo(options.successorNodes(), owner), options);
    }

    private int othersUpTo(int enough, Position owner) {
        int others = 0;
        for (int i = 0; i < entries.size() && others < enough; i++) {
            NodeId node = entries.get(i).owner().node();
            others += node.equals(owner.owner().node()) || isNamedBefore(i, node) ? 0 : 1;
        }
        return others;
    }

    private boolean isNamedBefore(int end, NodeId node) {
        for (int i = 0; i < end; i++) {
            if (entries.get(i).owner().node().equals(node)) {
                return true;
            }
        }
        return false;
    }

    /** Whether no entry is left. */
    boolean isLost() {
        return entries.isEmpty();
    }

    Position first() {
        return entries.get(0);
    }

    Position last() {
        return last(entries);
    }

    private static Position last(List<Position> entries) {
        return entries.get(entries.size() - 1);
    }

    SuccessorList withoutFirst() {
        return new SuccessorList(List.copyOf(entries.subList(1, entries.size())), vacancies + 1);
    }

    boolean names(RingId id) {
        for (Position entry : entries) {
            if (entry.id().equals(id)) {
                return true;
            }
        }
        return false;
    }

    boolean hasSameIds(SuccessorList other) {
        if (entries.size() != other.entries.size()) {
            return false;
        }
        for (int i = 0; i < entries.size(); i++) {
            if (!entries.get(i).id().equals(other.entries.get(i).id())) {
                return false;
            }
        }
        return true;
    }
}

package io.chordata.node.ring.view;

import io.chordata.node.core.Arc;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All nodes that one node knows, and all their places, at one moment. Each change makes a new view with the next version, and
 * leaves this one as it is.
 *
 * <p>A new view shares with the old one all that did not change: of 10,000 nodes with 32 places each, a node that joins, leaves
 * or moves costs copies of about 10,000 references and 32 short arrays, a state that changes a tenth of that.
 *
 * <p>Places of nodes that are down are part of it: being down is not being gone. Who routes passes them over by a predicate;
 * who places partitions decides for how long.
 */
public final class RingView {
    public static final RingView EMPTY = new RingView(
            0,
            SortedBuckets.empty(member -> member.node().value(), Comparator.comparing(Member::node)),
            SortedBuckets.empty(
                    position -> position.id().value(),
                    Comparator.comparing(position -> position.owner().node())));

    private final long version;
    private final SortedBuckets<Member> members;
    private final SortedBuckets<Position> positions;

    private RingView(long version, SortedBuckets<Member> members, SortedBuckets<Position> positions) {
        this.version = version;
        this.members = members;
        this.positions = positions;
    }

    /** With this node as it is now; this view itself if nothing changes. */
    public RingView with(NodeRecord record) {
        return change(List.of(record), List.of());
    }

    public RingView without(NodeId node) {
        return change(List.of(), List.of(node));
    }

    /**
     * Many changes as one, which costs less.
     *
     * @param records each of another node
     * @param gone forgotten; those that are not known do no harm
     */
    public RingView change(Collection<NodeRecord> records, Collection<NodeId> gone) {
        RingChange change = new RingChange();
        gone.forEach(node -> change.remove(member(node)));
        records.forEach(record -> change.put(member(record.node()), record));
        return change.isEmpty()
                ? this
                : new RingView(version + 1, change.membersOf(members), change.positionsOf(positions));
    }

    /** Rises by one with each change. Each node counts its own views. */
    public long version() {
        return version;
    }

    public int nodeCount() {
        return members.size();
    }

    /** By id. */
    public List<NodeRecord> nodes() {
        List<NodeRecord> nodes = new ArrayList<>(members.size());
        members.iterator().forEachRemaining(member -> nodes.add(member.record()));
        return nodes;
    }

    public @Nullable NodeRecord node(NodeId node) {
        Member member = member(node);
        return member == null ? null : member.record();
    }

    /** By id; empty for a node without places or one that is not known. */
    public List<Position> positionsOf(NodeId node) {
        Member member = member(node);
        return member == null ? List.of() : member.positions();
    }

    public int positionCount() {
        return positions.size();
    }

    /** The place at or behind the point, whatever the state of its node; null on an empty ring. */
    public @Nullable Position successor(RingId point) {
        Position behind = positions.atOrAfter(point.value());
        return behind != null ? behind : positions.first();
    }

    /** The first place at or behind the point whose node passes the test; null if none does. */
    public @Nullable Position successor(RingId point, Predicate<NodeRecord> test) {
        Iterator<Position> walk = clockwise(point);
        while (walk.hasNext()) {
            Position position = walk.next();
            if (test.test(recordOf(position))) {
                return position;
            }
        }
        return null;
    }

    /** The place before the point; on a ring of one that place itself, null on an empty ring. */
    public @Nullable Position predecessor(RingId point) {
        Position before = positions.before(point.value());
        return before != null ? before : positions.last();
    }

    /** All places once, the one at or behind the point first. */
    public Iterator<Position> clockwise(RingId point) {
        return new Walk(point);
    }

    /** What the place answers for. */
    public Arc arc(Position position) {
        Position before = predecessor(position.id());
        return new Arc(before == null ? position.id() : before.id(), position.id());
    }

    /** Which part of the ring the places of a node answer for, from 0 to 1. */
    public double share(NodeId node) {
        return positionsOf(node).stream()
                .mapToDouble(position -> arc(position).share())
                .sum();
    }

    /** Of the owner of a place of this view. */
    NodeRecord recordOf(Position position) {
        NodeRecord record = node(position.owner().node());
        if (record == null) {
            throw new IllegalArgumentException("nobody here has " + position);
        }
        return record;
    }

    private @Nullable Member member(NodeId node) {
        Member member = members.atOrAfter(node.value());
        return member != null && member.node().equals(node) ? member : null;
    }

    @Override
    public String toString() {
        return "view " + version + ": " + members.size() + " nodes, " + positions.size() + " places";
    }

    private final class Walk implements Iterator<Position> {
        private Iterator<Position> rest;
        private int left = positions.size();

        Walk(RingId point) {
            rest = positions.from(point.value());
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public Position next() {
            if (left == 0) {
                throw new NoSuchElementException();
            }
            if (!rest.hasNext()) {
                rest = positions.from(Uint128.ZERO);
            }
            left--;
            return rest.next();
        }
    }
}

package io.chordata.node.ring.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one view lacks of the next and has too much. */
final class RingChange {
    private final List<Member> before = new ArrayList<>();
    private final List<Member> after = new ArrayList<>();
    private final List<Position> removed = new ArrayList<>();
    private final List<Position> added = new ArrayList<>();

    void remove(@Nullable Member known) {
        if (known != null) {
            before.add(known);
            removed.addAll(known.positions());
        }
    }

    void put(@Nullable Member known, NodeRecord record) {
        if (known == null) {
            add(Member.of(record));
        } else if (!known.record().equals(record)) {
            replace(known, known.with(record));
        }
    }

    private void add(Member member) {
        after.add(member);
        added.addAll(member.positions());
    }

    private void replace(Member known, Member newer) {
        before.add(known);
        after.add(newer);
        if (known.positions() != newer.positions()) {
            removed.addAll(known.positions());
            added.addAll(newer.positions());
        }
    }

    boolean isEmpty() {
        return before.isEmpty() && after.isEmpty();
    }

    SortedBuckets<Member> membersOf(SortedBuckets<Member> members) {
        return members.replace(before, after);
    }

    SortedBuckets<Position> positionsOf(SortedBuckets<Position> positions) {
        return positions.replace(removed, added);
    }
}

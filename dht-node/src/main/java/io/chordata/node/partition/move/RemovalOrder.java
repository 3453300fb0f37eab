package io.chordata.node.partition.move;

import io.chordata.node.partition.raft.Member;
import org.jspecify.annotations.Nullable;

/**
 * Tells a replica to delete its copy for good. Invariant: the group has committed its log up to the member's tenure or further, and
 * the committed configuration, which is not joint, does not have it: it was removed, or the entry that was to add it came to
 * nothing. As a tenure is given only once, that stays true for ever: an order may be late, repeated, and come from anybody who
 * knows such a configuration. So nobody has to remember whom it owes one; a replica that was removed and not told asks.
 *
 * @param removed the one whose copy is to go, in that tenure only
 * @param configurationIndex of the committed configuration without it
 * @param committedIndex up to where whoever orders knows the log to be committed
 */
public record RemovalOrder(Member removed, long configurationIndex, long committedIndex) {
    public RemovalOrder {
        if (committedIndex < removed.tenure() || committedIndex < configurationIndex) {
            throw new IllegalArgumentException(
                    "what is committed up to " + committedIndex + " says nothing of " + removed);
        }
    }

    /** @return null if that does not say that the member is none */
    public static @Nullable RemovalOrder of(Committed committed, Member member) {
        return of(committed, member, MoveRules.DESIGN);
    }

    static @Nullable RemovalOrder of(Committed committed, Member member, MoveRules rules) {
        boolean decided = committed.index() >= member.tenure();
        return decided && rules.isRemoved(committed.configuration(), member)
                ? new RemovalOrder(member, committed.configuration().index(), committed.index())
                : null;
    }
}

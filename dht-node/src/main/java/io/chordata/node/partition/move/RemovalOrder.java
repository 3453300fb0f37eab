package io.chordata.node.partition.move;

import io.chordata.node.partition.raft.Member;
import org.jspecify.annotations.Nullable;

/**
 * Tells a replica to delete its copy for good. Invariant: the group has committed its log up to the member's tenure or further, and
 * the committed configuration, which is not joint, does not have it: it was removed, or the entry that was to add it came to
 * nothing. As a tenure is given only once in a generation, that stays true for ever: an order may be late, repeated, and come from anybody who
 * knows such a configuration. So nobody has to remember whom it owes one; a replica that was removed and not told asks.
 *
 * @param generation of the group; a copy of another one belongs to another history, of which this says nothing
 * @param removed the one whose copy is to go, in that tenure only
 * @param configurationIndex of the committed configuration without it
 * @param committedIndex up to where whoever orders knows the log to be committed
 */
public record RemovalOrder(long generation, Member removed, long configurationIndex, long committedIndex) {
    public RemovalOrder {
        if (generation < 0) {
            throw new IllegalArgumentException("a generation of " + generation);
        }
        if (committedIndex < removed.tenure() || committedIndex < configurationIndex) {
            throw new IllegalArgumentException(
                    "what is committed up to " + committedIndex + " says nothing of " + removed);
        }
    }

    /** @return null if that does not say that the member is none */
    public static @Nullable RemovalOrder of(Committed committed, Member member) {
        return of(committed, member, MoveRules.DESIGN);
    }

    /**
     * For one who asks whether it is needed.
     *
     * @param generation in which it is the member
     */
    static @Nullable RemovalOrder of(Committed committed, long generation, Member member, MoveRules rules) {
        return rules.isOfGeneration(committed.generation(), generation) ? of(committed, member, rules) : null;
    }

    /** The member is one of the same generation, or was. */
    static @Nullable RemovalOrder of(Committed committed, Member member, MoveRules rules) {
        boolean decided = committed.index() >= member.tenure();
        return decided && rules.isRemoved(committed.configuration(), member)
                ? new RemovalOrder(
                        committed.generation(),
                        member,
                        committed.configuration().index(),
                        committed.index())
                : null;
    }
}

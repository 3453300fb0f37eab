package io.chordata.node.partition.move;

import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import org.jspecify.annotations.Nullable;

/**
 * Tells a replica to delete its copy for good. Invariant: the group has committed a configuration that is not joint, whose index
 * is above the member's tenure, and of which it is no member. As a tenure is given only once, that stays true for ever: an
 * order may be late, repeated, and come from anybody who knows such a configuration. So nobody has to remember whom it owes
 * one; a replica that was removed and not told asks.
 *
 * @param removed the one whose copy is to go, in that tenure only
 * @param configurationIndex of the committed configuration without it
 */
public record RemovalOrder(Member removed, long configurationIndex) {
    public RemovalOrder {
        if (configurationIndex <= removed.tenure()) {
            throw new IllegalArgumentException(
                    removed + " was added after the configuration of index " + configurationIndex);
        }
    }

    /**
     * @param committed the newest that the asked one knows to be committed
     * @return null if it does not say that the member was removed
     */
    public static @Nullable RemovalOrder of(Configuration committed, Member member) {
        return of(committed, member, MoveRules.DESIGN);
    }

    static @Nullable RemovalOrder of(Configuration committed, Member member, MoveRules rules) {
        boolean due = committed.index() > member.tenure() && rules.isRemoved(committed, member);
        return due ? new RemovalOrder(member, committed.index()) : null;
    }
}

package io.chordata.node.block.replica;

import io.chordata.node.partition.raft.Member;
import java.util.List;
import java.util.function.Predicate;

/**
 * The decisions on which the safety of blocks rests, each by itself and without side effects, so that a test can take one out
 * and show that it is missed.
 */
interface BlockRules {
    BlockRules SAFE = new BlockRules() {};

    /**
     * Whether a member must not take what is tagged so: its own configuration is newer. Two at one index are of two leaders, one
     * of which will be cut off; nobody here knows which, so neither passes for the other.
     */
    default boolean isStale(BlockTag tag, BlockTag own) {
        return own.isNewerThan(tag) || (!tag.isNewerThan(own) && !tag.equals(own));
    }

    /** Whether it is the member that was meant, in this tenure. */
    default boolean isMeant(Member meant, Member self) {
        return meant.equals(self);
    }

    /** Whether acknowledgements of several tags add up, for the first of them. */
    default boolean doTagsAddUp() {
        return false;
    }

    /** Whether the write is durable where enough members acknowledged it. */
    default boolean isEnough(BlockTag tag, Predicate<Member> acknowledged) {
        return tag.isMajority(acknowledged);
    }

    /** Whether somebody who acknowledged must know that the tag's configuration is committed. */
    default boolean mustBeCommitted() {
        return true;
    }

    /** Whether an acknowledgement waits for the sync. */
    default boolean isSyncedBeforeTold() {
        return true;
    }

    /** Whether a copy is written only after a look at the drops. */
    default boolean areDropsChecked() {
        return true;
    }

    /** Whether a member may say what it has, to settle a change of voters: it takes no older tag then, even after a restart. */
    default boolean mayListForSettling(BlockTag joint, BlockStanding standing) {
        return joint.equals(standing.tag()) && standing.isConfigurationSynced();
    }

    /** Whether the lists tell of everything that was acknowledged before the change. */
    default boolean areListsEnough(List<Member> outgoing, Predicate<Member> listed) {
        return BlockTag.isMajority(outgoing, listed);
    }

    /** Whether lists have ids of blocks that were set aside as corrupt: they may have been acknowledged. */
    default boolean areSetAsideListed() {
        return true;
    }
}

package io.chordata.node.block.replica;

import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import java.util.List;
import java.util.function.Predicate;

/**
 * The configuration that a write or read goes by.
 *
 * @param generation how often the group was recovered by force; ranks before the configuration's index
 */
public record BlockTag(long generation, Configuration configuration) {
    /** Whether it came later in the group's log, as far as can be told from the numbers. */
    public boolean isNewerThan(BlockTag other) {
        return generation != other.generation
                ? generation > other.generation
                : configuration.index() > other.configuration.index();
    }

    List<Member> members() {
        return configuration.members();
    }

    /** Whether a majority of the voters, and while joint of the outgoing ones too, is among them. */
    boolean isMajority(Predicate<Member> counts) {
        return isMajority(configuration.voters(), counts)
                && (!configuration.isJoint() || isMajority(configuration.outgoing(), counts));
    }

    static boolean isMajority(List<Member> voters, Predicate<Member> counts) {
        return voters.stream().filter(counts).count() > voters.size() / 2;
    }
}

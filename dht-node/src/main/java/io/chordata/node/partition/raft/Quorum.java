package io.chordata.node.partition.raft;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Counting majorities. Imports nothing of the machine and keeps nothing. */
final class Quorum {
    private Quorum() {}

    /** More than half of {@code voters}. */
    static int majority(int voters) {
        return voters / 2 + 1;
    }

    /** Whether a majority of the voters, and while joint of both sets, agrees. */
    static boolean isReached(Configuration configuration, Predicate<Member> agrees) {
        return isReached(configuration.voters(), agrees)
                && (!configuration.isJoint() || isReached(configuration.outgoing(), agrees));
    }

    private static boolean isReached(List<Member> voters, Predicate<Member> agrees) {
        return voters.stream().filter(agrees).count() >= majority(voters.size());
    }

    /** The highest value that a majority of the voters, and while joint of both sets, has reached. */
    static long reached(Configuration configuration, ToLongFunction<Member> value) {
        long reached = reached(configuration.voters(), value);
        return configuration.isJoint() ? Math.min(reached, reached(configuration.outgoing(), value)) : reached;
    }

    private static long reached(List<Member> voters, ToLongFunction<Member> value) {
        long[] values = voters.stream().mapToLong(value).sorted().toArray();
        return values[values.length - majority(values.length)];
    }
}

package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** All groups of up to seven nodes (as names do not matter, the voters are the first of them), joint ones with all others. */
class QuorumTest {
    private static final int NODES = 7;
    private static final List<Member> ALL = Members.founders(0, 1, 2, 3, 4, 5, 6);
    private static final int[] SIZES = {1, 3, 5, 7};
    /** Values from 0 to this in the tests of the highest value that is reached. */
    private static final int VALUES = 3;

    private static final int[] POWERS = {1, 3, 9, 27, 81, 243, 729, 2187};

    @Test
    void quorum_ofAnyGroup_isMoreThanHalfOfEachSet() {
        for (Configuration configuration : groups()) {
            for (int bits = 0; bits < 1 << NODES; bits++) {
                List<Member> agreeing = Members.subset(ALL, bits);
                assertThat(Quorum.isReached(configuration, agreeing::contains))
                        .as("%s agree in %s", agreeing, configuration)
                        .isEqualTo(isQuorum(configuration, agreeing));
            }
        }
    }

    @Test
    void reached_byAnyGroup_isTheHighestThatAQuorumHas() {
        for (Configuration configuration : groups()) {
            for (int values = 0; values < POWERS[NODES]; values += 1 + values % 23) {
                int all = values;
                ToLongFunction<Member> value = member -> digit(all, Members.numberOf(member.node()));
                assertThat(Quorum.reached(configuration, value))
                        .as("values %s in %s", all, configuration)
                        .isEqualTo(highest(configuration, value));
            }
        }
    }

    @Test
    void majority_ofAnyCount_isTheLeastOfWhichTwoMeet() {
        for (int voters = 1; voters <= 100; voters++) {
            assertThat(2 * Quorum.majority(voters)).isBetween(voters + 1, voters + 2);
        }
    }

    private static List<Configuration> groups() {
        List<Configuration> groups = new ArrayList<>();
        for (int size : SIZES) {
            List<Member> voters = ALL.subList(0, size);
            groups.add(new Configuration(0, voters, List.of(), List.of()));
            for (int bits = 0; bits < 1 << NODES; bits++) {
                if (Integer.bitCount(bits) % 2 == 1) {
                    groups.add(new Configuration(0, voters, Members.subset(ALL, bits), List.of()));
                }
            }
        }
        return groups;
    }

    private static long digit(int values, int place) {
        return values / POWERS[place] % VALUES;
    }

    private static boolean isQuorum(Configuration configuration, List<Member> agreeing) {
        return isMajority(configuration.voters(), agreeing)
                && (configuration.outgoing().isEmpty() || isMajority(configuration.outgoing(), agreeing));
    }

    private static boolean isMajority(List<Member> voters, List<Member> agreeing) {
        List<Member> common = new ArrayList<>(voters);
        common.retainAll(agreeing);
        return 2 * common.size() > voters.size();
    }

    private static long highest(Configuration configuration, ToLongFunction<Member> value) {
        long highest = 0;
        for (int least = 1; least < VALUES; least++) {
            int atLeast = least;
            List<Member> there = ALL.stream()
                    .filter(member -> value.applyAsLong(member) >= atLeast)
                    .toList();
            highest = isQuorum(configuration, there) ? least : highest;
        }
        return highest;
    }
}

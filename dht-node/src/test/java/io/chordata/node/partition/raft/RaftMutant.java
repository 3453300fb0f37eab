package io.chordata.node.partition.raft;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Raft with one of its rules taken out. */
enum RaftMutant implements RaftRules {
    ELECTED_BY_ONE_LESS_THAN_A_MAJORITY {
        @Override
        public boolean isQuorum(Configuration configuration, Predicate<Member> agrees) {
            return isReachedBy(configuration.voters(), agrees)
                    && (!configuration.isJoint() || isReachedBy(configuration.outgoing(), agrees));
        }

        private boolean isReachedBy(List<Member> voters, Predicate<Member> agrees) {
            return voters.stream().filter(agrees).count() >= Math.max(1, Quorum.majority(voters.size()) - 1);
        }
    },
    COMMITTED_BY_ONE_LESS_THAN_A_MAJORITY {
        @Override
        public long reached(Configuration configuration, ToLongFunction<Member> value) {
            long reached = reachedBy(configuration.voters(), value);
            return configuration.isJoint() ? Math.min(reached, reachedBy(configuration.outgoing(), value)) : reached;
        }

        private long reachedBy(List<Member> voters, ToLongFunction<Member> value) {
            long[] values = voters.stream().mapToLong(value).sorted().toArray();
            return values[Math.min(values.length - 1, values.length - Quorum.majority(values.length) + 1)];
        }
    },
    ELECTED_BY_THE_OLD_VOTERS_ALONE {
        @Override
        public boolean isQuorum(Configuration configuration, Predicate<Member> agrees) {
            return Quorum.isReached(oldAlone(configuration), agrees);
        }
    },
    ELECTED_BY_THE_NEW_VOTERS_ALONE {
        @Override
        public boolean isQuorum(Configuration configuration, Predicate<Member> agrees) {
            return Quorum.isReached(newAlone(configuration), agrees);
        }
    },
    COMMITTED_BY_THE_OLD_VOTERS_ALONE {
        @Override
        public long reached(Configuration configuration, ToLongFunction<Member> value) {
            return Quorum.reached(oldAlone(configuration), value);
        }
    },
    COMMITTED_BY_THE_NEW_VOTERS_ALONE {
        @Override
        public long reached(Configuration configuration, ToLongFunction<Member> value) {
            return Quorum.reached(newAlone(configuration), value);
        }
    },
    /** Figure 8 of the paper. */
    EARLIER_TERM_COMMITTED_BY_COUNTING {
        @Override
        public boolean mayCommitByCounting(long termOfEntry, long term) {
            return true;
        }
    },
    VOTES_TWICE {
        @Override
        public boolean isVoteFree(@Nullable Member vote, Member candidate) {
            return true;
        }
    },
    VOTES_FOR_A_LOG_THAT_IS_BEHIND {
        @Override
        public boolean isUpToDate(long candidateTerm, long candidateIndex, long ownTerm, long ownIndex) {
            return true;
        }
    },
    LONGER_LOG_PREFERRED_TO_LATER_TERM {
        @Override
        public boolean isUpToDate(long candidateTerm, long candidateIndex, long ownTerm, long ownIndex) {
            return candidateIndex >= ownIndex;
        }
    },
    LISTENS_UNDER_ANY_TENURE {
        @Override
        public boolean isForSelf(Member to, Member self) {
            return to.node().equals(self.node());
        }
    },
    EARLIER_TENURE_HEARD {
        @Override
        public boolean isEarlierTenure(@Nullable Member known, Member from) {
            return false;
        }
    },
    /** Of those who are heard: from a replica that knows of a later tenure than the leader does. */
    LATER_TENURE_COUNTED {
        @Override
        public boolean isAnswerOf(Member member, Member from) {
            return member.node().equals(from.node());
        }
    },
    /** Both checks of who speaks. */
    EARLIER_TENURE_COUNTED {
        @Override
        public boolean isEarlierTenure(@Nullable Member known, Member from) {
            return false;
        }

        @Override
        public boolean isAnswerOf(Member member, Member from) {
            return member.node().equals(from.node());
        }
    },
    TOLD_BEFORE_IT_IS_SYNCED {
        @Override
        public boolean isDurableBeforeTold() {
            return false;
        }
    },
    LEADER_COUNTS_WHAT_IT_HAS_NOT_SYNCED {
        @Override
        public long acknowledged(long persisted, long last) {
            return last;
        }
    },
    LATE_MESSAGE_TRUNCATES {
        @Override
        public boolean isConflict(long ownTerm, long leadersTerm) {
            return true;
        }
    },
    COMMITS_BEYOND_WHAT_MATCHES {
        @Override
        public long commitShown(long leaderCommit, long matched) {
            return leaderCommit;
        }
    },
    READ_JOINS_THE_ROUND_UNDER_WAY {
        @Override
        public long roundOfRead(long started) {
            return Math.max(1, started);
        }
    },
    READ_BEFORE_THE_FIRST_COMMIT_OF_THE_TERM {
        @Override
        public boolean mayConfirmReads(boolean committedInTerm) {
            return true;
        }
    },
    READ_WITHOUT_CONFIRMATION {
        @Override
        public boolean isConfirmationNeeded() {
            return false;
        }
    },
    ROUND_OF_AN_EARLIER_CONFIGURATION_COUNTED {
        @Override
        public boolean isRoundOf(long answeredConfiguration, long configuration) {
            return true;
        }
    },
    CHANGES_WHILE_ONE_IS_PENDING {
        @Override
        public boolean mayChange(boolean pending, boolean committedInTerm) {
            return committedInTerm;
        }
    },
    /** The bug that Ongaro reported on raft-dev in July 2015. */
    CHANGES_BEFORE_THE_FIRST_COMMIT_OF_THE_TERM {
        @Override
        public boolean mayChange(boolean pending, boolean committedInTerm) {
            return !pending;
        }
    },
    LOG_TIME_FOLLOWS_THE_CLOCK_BACK {
        @Override
        public long stamp(long lastMillis, long nowMillis) {
            return nowMillis;
        }
    },
    GOES_ON_THOUGH_A_LATER_GENERATION_IS_KNOWN {
        @Override
        public boolean isGenerationOver(long generation, long promised) {
            return false;
        }
    },
    EARLIER_GENERATION_HEARD {
        @Override
        public boolean isOfEarlierGeneration(long said, long own) {
            return false;
        }
    },
    PROMISES_WHATEVER_IS_ASKED {
        @Override
        public boolean mayPromise(long generation, HardState own) {
            return true;
        }
    },
    FORCED_THOUGH_PROMISED_TO_A_LATER_GENERATION {
        @Override
        public boolean mayForce(long generation, HardState own, Member self) {
            return own.generation() < generation && Generations.isBegunBy(generation, self.node());
        }
    },
    GENERATION_BEGUN_TWICE {
        @Override
        public boolean mayForce(long generation, HardState own, Member self) {
            return own.promised() == generation && Generations.isBegunBy(generation, self.node());
        }
    },
    GENERATION_BEGUN_BY_ANOTHER_THAN_IT_NAMES {
        @Override
        public boolean mayForce(long generation, HardState own, Member self) {
            return own.promised() == generation && own.generation() < generation;
        }
    },
    FORCED_WITHOUT_A_WHOLE_STATE {
        @Override
        public boolean isWhole(long last, long tenure) {
            return true;
        }
    },
    FORCED_THOUGH_REMOVED {
        @Override
        public boolean isMember(Configuration committed, Member self) {
            return true;
        }
    },
    SNAPSHOT_REPLACES_A_LOG_THAT_HAS_IT {
        @Override
        public boolean isSnapshotInLog(long termInLog, long termOfSnapshot) {
            return false;
        }
    };

    private static Configuration oldAlone(Configuration configuration) {
        return configuration.isJoint()
                ? new Configuration(0, configuration.outgoing(), List.of(), List.of())
                : configuration;
    }

    private static Configuration newAlone(Configuration configuration) {
        return new Configuration(0, configuration.voters(), List.of(), List.of());
    }
}

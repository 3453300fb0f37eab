package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.partition.raft.RaftMessage.Append;
import io.chordata.node.partition.raft.RaftMessage.SnapshotOffer;
import java.util.List;

/** The majority of the voters is gone, or seems to be, and the group is forced to go on from what is left. */
enum ForceScenario implements Scenario {
    SURVIVOR_GOES_ON_ALONE_WITH_ALL_IT_HAS(5, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            long known = script.write(1);
            script.crash(1, 2);
            long generation = script.generationOf(3);
            script.promise(generation, 3);
            script.force(3, generation);
            script.elect(3);
            assertThat(script.view(3).commitIndex()).isGreaterThan(known);
            Member fourth = script.addLearner(3, 4);
            Member fifth = script.addLearner(3, 5);
            script.move(3, List.of(script.member(3), fourth, fifth));
            script.write(3);
            script.expectAgreement();
        }
    },
    MAJORITY_THAT_COMES_BACK_IS_LEFT_BEHIND(3, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.write(1);
            script.cutOff(3);
            long lost = script.write(1);
            long generation = script.generationOf(3);
            script.promise(generation, 3);
            script.force(3, generation);
            script.onlyMayCampaign(1, 3);
            script.await("3 to lead", () -> script.isLeader(3));
            script.write(3);
            script.mend();
            script.await("1 to stop", () -> script.view(1).role() == RaftRole.STOPPED);
            script.node(2).allowCampaign(true);
            script.await("2 to stop", 10_000, () -> script.view(2).role() == RaftRole.STOPPED);
            assertThat(script.view(1).lastIndex()).as("what is kept").isGreaterThanOrEqualTo(lost);
            assertThat(script.node(1).disk.hardState().promised()).isEqualTo(generation);
            script.crash(1, 2);
            script.start(1, 2);
            script.everybodyMayCampaign();
            script.cutOff(3);
            script.letPass(10_000);
            assertThat(script.view(1).role()).isEqualTo(RaftRole.STOPPED);
            assertThat(script.view(2).role()).isEqualTo(RaftRole.STOPPED);
            script.write(3);
        }
    },
    /** However high its term is. */
    WORD_OF_AN_EARLIER_GENERATION_MOVES_NOTHING(3, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            long known = script.write(1);
            script.crash(1, 2);
            long generation = script.generationOf(3);
            script.promise(generation, 3);
            script.force(3, generation);
            script.elect(3);
            long term = script.term();
            Append append = new Append(known, term, List.of(LoneMachine.entry(known + 1, term + 5)), known + 1);
            Member first = Members.founder(1);
            script.cluster.deliver(new RaftMessage(first, script.member(3), Generations.FIRST, term + 5, append));
            script.cluster.deliver(new RaftMessage(
                    first,
                    script.member(3),
                    Generations.FIRST,
                    term + 6,
                    new RaftMessage.VoteRequest(false, true, 1_000, term + 5)));
            assertThat(script.view(3).term()).isEqualTo(term);
            assertThat(script.view(3).role()).isEqualTo(RaftRole.LEADER);
            script.write(3);
        }
    },
    /** An index, and with it a tenure, may come once more in the later generation, for the same node. */
    NODE_ADDED_AT_ONE_INDEX_OF_BOTH_HISTORIES(4, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.write(1);
            script.cutOff(3);
            script.write(1);
            script.write(1);
            Member before = script.addLearner(1, 4);
            long generation = script.generationOf(3);
            script.promise(generation, 3);
            script.force(3, generation);
            script.onlyMayCampaign(3);
            script.await("3 to lead", () -> script.isLeader(3));
            script.cutOff(1, 2, 4);
            script.change(3, new Change.AddLearner(script.node(4).id));
            assertThat(script.view(3).configuration().learners()).containsExactly(before);
            script.mend();
            script.await("4 to stop", () -> script.view(4).role() == RaftRole.STOPPED);
            assertThat(script.matchOf(3, before))
                    .as("what another history has acknowledged")
                    .isZero();
            script.node(4).discard();
            script.expectAgreement();
        }
    },
    TWO_FORCE_FROM_TWO_SURVIVORS(5, 5) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.write(1);
            script.crash(1, 2, 3);
            boolean isFourthLower = script.generationOf(4) < script.generationOf(5);
            int first = isFourthLower ? 4 : 5;
            int second = isFourthLower ? 5 : 4;
            long lower = script.generationOf(first);
            long higher = script.generationOf(second);
            script.promise(lower, first, second);
            assertThat(script.refusalOfForce(second, lower)).as("another's").isNotNull();
            script.promise(higher, first, second);
            assertThat(script.replica(first).group().promise(lower)).isFalse();
            assertThat(script.refusalOfForce(first, lower)).as("promised on").isNotNull();
            script.force(second, higher);
            script.elect(second);
            script.write(second);
            assertThat(script.refusalOfForce(second, higher)).as("once more").isNotNull();
            assertThat(script.replica(second).group().promise(lower)).isFalse();
            assertThat(script.replica(second).group().promise(higher)).isFalse();
            script.write(second);
        }
    },
    LEARNER_WITHOUT_A_STATE_IS_NO_SURVIVOR(4, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.write(1);
            Member fourth = Members.founder(4);
            script.hold(message -> message.to().node().equals(fourth.node())
                    && (message.body() instanceof Append || message.body() instanceof SnapshotOffer));
            script.change(1, new Change.AddLearner(fourth.node()));
            script.await("4 to begin", () -> script.node(4).replica() != null);
            script.crash(1, 2, 3);
            long generation = script.generationOf(4);
            script.promise(generation, 4);
            assertThat(script.refusalOfForce(4, generation)).contains("no whole state");
        }
    },
    /** Nobody begins from it what it was promised to before. */
    PROMISED_REPLICA_NOTES_A_STILL_LATER_GENERATION(3, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.write(1);
            script.crash(1, 2);
            long generation = script.generationOf(3);
            script.promise(generation, 3);
            long later = Generations.next(generation, script.node(1).id);
            script.cluster.deliver(new RaftMessage(
                    Members.founder(1), script.member(3), later, 1, new RaftMessage.VoteAnswer(false, false)));
            script.await("the note", () -> script.node(3).disk.hardState().promised() == later);
            assertThat(script.refusalOfForce(3, generation)).contains("cannot begin");
        }
    },
    REMOVED_REPLICA_IS_NO_SURVIVOR(4, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            Member fourth = script.addLearner(1, 4);
            script.write(1);
            script.move(1, List.of(script.member(2), script.member(3), fourth));
            script.crash(2, 3, 4);
            long generation = script.generationOf(1);
            script.promise(generation, 1);
            assertThat(script.refusalOfForce(1, generation)).contains("no member any more");
        }
    },
    /** After a restart it does not know how far its log is committed, and yet has all of it. */
    SURVIVOR_WHOSE_ROWS_ARE_BEHIND_IS_WHOLE(4, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.write(1);
            script.addLearner(1, 4);
            script.crash(1, 2, 3, 4);
            script.start(4);
            assertThat(script.view(4).commitIndex()).isLessThan(script.member(4).tenure());
            long generation = script.generationOf(4);
            script.promise(generation, 4);
            script.force(4, generation);
            script.elect(4);
            script.write(4);
        }
    },
    /** Of the configurations before that, it must not speak as of its own generation's. */
    SURVIVOR_KNOWS_WHAT_IS_COMMITTED_IN_ITS_GENERATION(4, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.write(1);
            assertThat(script.replica(3).group().isCommittedInGeneration()).isTrue();
            script.crash(1, 2);
            long generation = script.generationOf(3);
            script.promise(generation, 3);
            script.force(3, generation);
            assertThat(script.replica(3).group().isCommittedInGeneration()).isFalse();
            script.elect(3);
            assertThat(script.replica(3).group().isCommittedInGeneration()).isTrue();
            script.addLearner(3, 4);
            script.crash(3);
            script.onlyMayCampaign();
            script.start(3);
            assertThat(script.replica(3).group().isCommittedInGeneration()).isFalse();
            script.elect(3);
            assertThat(script.replica(3).group().isCommittedInGeneration()).isTrue();
        }
    },
    SURVIVOR_CRASHES_AS_IT_BEGINS(3, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            long known = script.write(1);
            script.crash(1, 2);
            long generation = script.generationOf(3);
            script.promise(generation, 3);
            script.force(3, generation);
            script.crash(3);
            script.start(3);
            if (script.replica(3).generation() != generation) {
                assertThat(script.view(3).role()).isEqualTo(RaftRole.STOPPED);
                script.force(3, generation);
            }
            script.elect(3);
            script.write(3);
            assertThat(script.view(3).commitIndex()).isGreaterThan(known);
        }
    };

    private final int size;
    private final int voters;

    ForceScenario(int size, int voters) {
        this.size = size;
        this.voters = voters;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int voters() {
        return voters;
    }
}

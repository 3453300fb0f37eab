package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChangeTest {
    private static final int NODES = 8;
    private static final int WALKS = 60;
    private static final int STEPS = 80;

    /** What consensus rests on (Raft, section 6): no decision can be made past one that was made a configuration earlier. */
    @Test
    void majorities_ofConfigurationsThatFollowOnEachOther_meet() {
        for (long seed = 1; seed <= WALKS; seed++) {
            Walk walk = new Walk(seed);
            for (int step = 0; step < STEPS; step++) {
                Configuration before = walk.current;
                walk.step();
                assertThat(haveDisjointQuorums(before, walk.current))
                        .as("seed %d: %s, then %s", seed, before, walk.current)
                        .isFalse();
            }
        }
    }

    @Test
    void tenures_ofANode_onlyRise() {
        for (long seed = 1; seed <= WALKS; seed++) {
            Walk walk = new Walk(seed);
            Map<NodeId, Long> newest = new TreeMap<>();
            for (int step = 0; step < STEPS; step++) {
                List<Member> before = walk.current.members();
                walk.step();
                for (Member member : walk.current.members()) {
                    Long known = newest.put(member.node(), member.tenure());
                    boolean isNew = !before.contains(member);
                    assertThat(member.tenure())
                            .as("seed %d: tenure of %s, new: %s", seed, member, isNew)
                            .isGreaterThanOrEqualTo(known == null ? 0 : isNew ? known + 1 : known);
                }
            }
        }
    }

    @Test
    void walk_ofManyChanges_seesThemAll() {
        TreeSet<RaftEvent> seen = new TreeSet<>();
        for (long seed = 1; seed <= WALKS; seed++) {
            Walk walk = new Walk(seed);
            for (int step = 0; step < STEPS; step++) {
                seen.add(walk.step());
            }
        }
        assertThat(seen)
                .containsExactly(
                        RaftEvent.LEARNER_ADDED,
                        RaftEvent.LEARNER_REMOVED,
                        RaftEvent.JOINT_ENTERED,
                        RaftEvent.JOINT_LEFT,
                        RaftEvent.JOINT_RETURNED);
    }

    @Test
    void change_whileAnotherIsUnderWay_isRefused() {
        Configuration joint = new Configuration(7, Members.founders(1), Members.founders(1, 2, 3), Members.founders(4));
        assertThat(new Change.AddLearner(Members.node(5)).refusal(joint)).isNotNull();
        assertThat(new Change.RemoveLearner(Members.founder(4)).refusal(joint)).isNotNull();
        assertThat(new Change.EnterJoint(Members.founders(1)).refusal(joint)).isNotNull();
        assertThat(new Change.LeaveJoint().refusal(joint)).isNull();
        assertThat(new Change.ReturnFromJoint().refusal(joint)).isNull();
    }

    @Test
    void change_thatDoesNotFollow_isRefused() {
        Configuration plain = new Configuration(7, Members.founders(1), List.of(), Members.founders(2));
        assertThat(new Change.AddLearner(Members.node(1)).refusal(plain)).contains("is a member");
        assertThat(new Change.AddLearner(Members.node(2)).refusal(plain)).contains("is a member");
        assertThat(new Change.RemoveLearner(Members.founder(1)).refusal(plain)).contains("is no learner");
        assertThat(new Change.RemoveLearner(new Member(Members.node(2), 5)).refusal(plain))
                .contains("is no learner");
        assertThat(new Change.EnterJoint(Members.founders(1, 2)).refusal(plain)).contains("odd number");
        assertThat(new Change.EnterJoint(Members.founders(3)).refusal(plain)).contains("is no member");
        assertThat(new Change.EnterJoint(List.of(new Member(Members.node(2), 5))).refusal(plain))
                .contains("is no member");
        assertThat(new Change.LeaveJoint().refusal(plain)).isNotNull();
        assertThat(new Change.ReturnFromJoint().refusal(plain)).isNotNull();
    }

    @Test
    void voter_thatLostWhatItHeld_comesBackWhileMostAreThereWithoutIt() {
        Configuration three = new Configuration(7, Members.founders(1, 2, 3), List.of(), List.of());
        Configuration without = new Change.Renew(Members.founder(1)).apply(three, 8);
        Member back = new Member(Members.node(1), 8);

        assertThat(without).isEqualTo(new Configuration(8, Members.founders(1, 2, 3), List.of(), List.of(back)));
        assertThat(new Change.Renew(Members.founder(1)).refusal(without)).contains("no voter that could come back");
        assertThat(new Change.Renew(Members.founder(2)).refusal(without)).contains("too few voters are left");
        assertThat(new Change.Renew(Members.founder(1)).refusal(Configuration.founding(Members.node(1))))
                .contains("too few voters are left");
        assertThat(new Change.Renew(back).refusal(without)).isNotNull();
        assertThat(new Change.RemoveLearner(back).apply(without, 9).voters()).isEqualTo(three.voters());
    }

    @Test
    void returning_fromASwap_makesTheNewcomerALearnerAgain() {
        Configuration before = new Configuration(7, Members.founders(1, 2, 3), List.of(), Members.founders(4, 5));
        Configuration joint = new Change.EnterJoint(Members.founders(1, 2, 4)).apply(before, 8);
        assertThat(joint)
                .isEqualTo(new Configuration(
                        8, Members.founders(1, 2, 4), Members.founders(1, 2, 3), Members.founders(5)));
        assertThat(new Change.ReturnFromJoint().apply(joint, 9))
                .isEqualTo(new Configuration(9, Members.founders(1, 2, 3), List.of(), Members.founders(4, 5)));
        assertThat(new Change.LeaveJoint().apply(joint, 9))
                .isEqualTo(new Configuration(9, Members.founders(1, 2, 4), List.of(), Members.founders(5)));
    }

    /** Quorums only grow by more members, so it is enough to hold each set against all who are not in it. */
    private static boolean haveDisjointQuorums(Configuration before, Configuration after) {
        TreeSet<Member> union = new TreeSet<>(before.members());
        union.addAll(after.members());
        List<Member> all = List.copyOf(union);
        for (int bits = 0; bits < 1 << all.size(); bits++) {
            List<Member> some = Members.subset(all, bits);
            if (Quorum.isReached(before, some::contains) && Quorum.isReached(after, member -> !some.contains(member))) {
                return true;
            }
        }
        return false;
    }

    /** Takes changes by chance, of those that are not refused. */
    private static final class Walk {
        private final SimRandom random;
        private Configuration current = Configuration.founding(Members.node(0));
        private long index;

        Walk(long seed) {
            random = new SimRandom(seed);
        }

        RaftEvent step() {
            index += 1 + random.nextInt(3);
            Change change = anyChange();
            while (change.refusal(current) != null) {
                change = anyChange();
            }
            current = change.apply(current, index);
            assertThat(current.index()).isEqualTo(index);
            return change.event();
        }

        private Change anyChange() {
            return switch (random.nextInt(6)) {
                case 0 -> new Change.AddLearner(Members.node(random.nextInt(NODES)));
                case 1 -> new Change.RemoveLearner(anyMember());
                case 2, 3 ->
                    new Change.EnterJoint(Members.subset(current.members(), 1 + random.nextInt((1 << NODES) - 1)));
                case 4 -> new Change.LeaveJoint();
                default -> new Change.ReturnFromJoint();
            };
        }

        private Member anyMember() {
            List<Member> members = new ArrayList<>(current.members());
            return members.get(random.nextInt(members.size()));
        }
    }
}

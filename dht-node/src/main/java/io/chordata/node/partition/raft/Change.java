package io.chordata.node.partition.raft;

import io.chordata.node.core.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step from one {@link Configuration} of a group to the next. */
public sealed interface Change {
    String UNDER_WAY = "a change of voters is under way";

    /** Why it cannot follow on {@code current}; null if it can. */
    @Nullable
    String refusal(Configuration current);

    /**
     * What follows on {@code current}.
     *
     * @param index of its log entry
     */
    Configuration apply(Configuration current, long index);

    /** The event that it is. */
    RaftEvent event();

    /** A node that is no member gets the log from now on, in a new tenure. */
    record AddLearner(NodeId node) implements Change {
        @Override
        public @Nullable String refusal(Configuration current) {
            if (current.isJoint()) {
                return UNDER_WAY;
            }
            return current.memberOf(node) == null ? null : node + " is a member";
        }

        @Override
        public Configuration apply(Configuration current, long index) {
            List<Member> learners = new ArrayList<>(current.learners());
            learners.add(new Member(node, index));
            return new Configuration(index, current.voters(), current.outgoing(), learners);
        }

        @Override
        public RaftEvent event() {
            return RaftEvent.LEARNER_ADDED;
        }
    }

    /**
     * The node of a voter that lost what it held gets the log in a new tenure. What it held is worth nothing from now on: most
     * voters must be there without it.
     */
    record Renew(Member voter) implements Change {
        @Override
        public @Nullable String refusal(Configuration current) {
            if (current.isJoint()) {
                return UNDER_WAY;
            }
            if (!current.voters().contains(voter) || current.isDead(voter)) {
                return voter + " is no voter that could come back";
            }
            long alive = current.voters().stream()
                    .filter(other -> !other.equals(voter) && !current.isDead(other))
                    .count();
            return alive < Quorum.majority(current.voters().size()) ? "too few voters are left without " + voter : null;
        }

        @Override
        public Configuration apply(Configuration current, long index) {
            List<Member> learners = new ArrayList<>(current.learners());
            learners.add(new Member(voter.node(), index));
            return new Configuration(index, current.voters(), current.outgoing(), learners);
        }

        @Override
        public RaftEvent event() {
            return RaftEvent.LEARNER_ADDED;
        }
    }

    /** A learner is none any more. */
    record RemoveLearner(Member learner) implements Change {
        @Override
        public @Nullable String refusal(Configuration current) {
            if (current.isJoint()) {
                return UNDER_WAY;
            }
            return current.isLearner(learner) ? null : learner + " is no learner";
        }

        @Override
        public Configuration apply(Configuration current, long index) {
            return new Configuration(index, current.voters(), current.outgoing(), without(current.learners(), learner));
        }

        @Override
        public RaftEvent event() {
            return RaftEvent.LEARNER_REMOVED;
        }
    }

    /** Towards {@code voters}, each of them a voter or learner now. */
    record EnterJoint(List<Member> voters) implements Change {
        public EnterJoint {
            voters = List.copyOf(voters);
        }

        @Override
        public @Nullable String refusal(Configuration current) {
            if (current.isJoint()) {
                return UNDER_WAY;
            }
            if (voters.size() % 2 == 0) {
                return "a group has an odd number of voters, not " + voters.size();
            }
            for (Member voter : voters) {
                if (!current.isVoter(voter) && !current.isLearner(voter)) {
                    return voter + " is no member";
                }
            }
            return null;
        }

        @Override
        public Configuration apply(Configuration current, long index) {
            List<Member> learners = new ArrayList<>(current.learners());
            learners.removeAll(voters);
            return new Configuration(index, voters, current.voters(), learners);
        }

        @Override
        public RaftEvent event() {
            return RaftEvent.JOINT_ENTERED;
        }
    }

    /** The change of voters is done: those who were only outgoing are members no more. */
    record LeaveJoint() implements Change {
        @Override
        public @Nullable String refusal(Configuration current) {
            return current.isJoint() ? null : "no change of voters is under way";
        }

        @Override
        public Configuration apply(Configuration current, long index) {
            return new Configuration(index, current.voters(), List.of(), current.learners());
        }

        @Override
        public RaftEvent event() {
            return RaftEvent.JOINT_LEFT;
        }
    }

    /** Back to the voters before: those who were to come are learners again. */
    record ReturnFromJoint() implements Change {
        @Override
        public @Nullable String refusal(Configuration current) {
            return current.isJoint() ? null : "no change of voters is under way";
        }

        @Override
        public Configuration apply(Configuration current, long index) {
            List<Member> learners = new ArrayList<>(current.voters());
            learners.removeAll(current.outgoing());
            learners.addAll(current.learners());
            return new Configuration(index, current.outgoing(), List.of(), learners);
        }

        @Override
        public RaftEvent event() {
            return RaftEvent.JOINT_RETURNED;
        }
    }

    private static List<Member> without(List<Member> members, Member gone) {
        return members.stream().filter(member -> !member.equals(gone)).toList();
    }
}

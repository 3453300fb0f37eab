package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import java.util.List;

/** What the leader of a group is to do next; each kind has its method in {@link Visitor}. */
sealed interface MoveAction {
    void accept(Visitor visitor);

    /** One method for each kind of action. */
    interface Visitor {
        void onAsk(Ask ask);

        void onBackfill(Backfill backfill);

        void onSettle(Settle settle);

        void onPropose(Propose propose);

        void onHandOver(HandOver handOver);

        void onOrder(Order order);
    }

    /**
     * Ask a newcomer whether it takes part; then {@link Mover#onAnswer}.
     *
     * @param isComing whether it is a learner already: it is only reminded that the move is under way
     */
    record Ask(NodeId newcomer, List<NodeId> desired, boolean isComing) implements MoveAction {
        @Override
        public void accept(Visitor visitor) {
            visitor.onAsk(this);
        }
    }

    /** Bring it the blocks; then {@link Mover#onBackfilled}. */
    record Backfill(Configuration configuration, Member learner) implements MoveAction {
        @Override
        public void accept(Visitor visitor) {
            visitor.onBackfill(this);
        }
    }

    /** See to it that most of the new voters have every block; then {@link Mover#onSettled}. */
    record Settle(Configuration joint) implements MoveAction {
        @Override
        public void accept(Visitor visitor) {
            visitor.onSettle(this);
        }
    }

    record Propose(Change change) implements MoveAction {
        @Override
        public void accept(Visitor visitor) {
            visitor.onPropose(this);
        }
    }

    record HandOver(Member successor) implements MoveAction {
        @Override
        public void accept(Visitor visitor) {
            visitor.onHandOver(this);
        }
    }

    /** Tell a member that was removed; then {@link Mover#onOrderConfirmed}. */
    record Order(RemovalOrder order) implements MoveAction {
        @Override
        public void accept(Visitor visitor) {
            visitor.onOrder(this);
        }
    }
}

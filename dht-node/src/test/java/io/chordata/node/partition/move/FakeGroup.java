package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.move.MoveAction.Ask;
import io.chordata.node.partition.move.MoveAction.Backfill;
import io.chordata.node.partition.move.MoveAction.HandOver;
import io.chordata.node.partition.move.MoveAction.Order;
import io.chordata.node.partition.move.MoveAction.Propose;
import io.chordata.node.partition.move.MoveAction.Settle;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftRole;
import io.chordata.node.partition.raft.RaftView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A group led by node 1, in which all that its mover wants is done at once; notes what it wanted. */
final class FakeGroup implements Surroundings, MoveAction.Visitor {
    private static final int TICK_MILLIS = 100;
    private static final PartitionId PARTITION = new PartitionId(0);

    final List<String> done = new ArrayList<>();
    final Map<NodeId, NodeCondition> conditions = new TreeMap<>();
    /** Nodes whose logs are far behind. */
    final Set<NodeId> behind = new TreeSet<>();

    final Set<NodeId> refusing = new TreeSet<>();

    /** Members that act no more, though their nodes are there. */
    final Set<Member> lost = new TreeSet<>();

    private final Mover mover;
    private Configuration configuration;
    private Desired desired = Desired.UNKNOWN;
    private long nowMillis = 1_000;
    private long last = 100;
    boolean isBraked;
    boolean mayBegin = true;
    boolean isBackfilling;
    boolean areOrdersLost;
    NewcomerAnswer answer = NewcomerAnswer.WELCOME;

    FakeGroup(MoveRules rules, int... voters) {
        configuration = new Configuration(
                0,
                Arrays.stream(voters)
                        .mapToObj(number -> new Member(MoveCluster.id(number), 0))
                        .toList(),
                List.of(),
                List.of());
        mover = new Mover(PARTITION, 1, nowMillis, MoveCluster.OPTIONS, rules);
        for (int number = 1; number <= 9; number++) {
            conditions.put(MoveCluster.id(number), NodeCondition.ALIVE);
        }
    }

    FakeGroup ring(int... numbers) {
        desired = new Desired(MoveScenario.ids(numbers), nowMillis);
        return this;
    }

    FakeGroup is(int number, NodeCondition condition) {
        conditions.put(MoveCluster.id(number), condition);
        return this;
    }

    FakeGroup passMillis(long millis) {
        long end = nowMillis + millis;
        while (nowMillis < end) {
            nowMillis += TICK_MILLIS;
            MoveAction action = mover.onTick(nowMillis, view(), this, mayBegin);
            if (action != null) {
                action.accept(this);
            }
        }
        return this;
    }

    Mover mover() {
        return mover;
    }

    Configuration configuration() {
        return configuration;
    }

    private RaftView view() {
        Member self = new Member(MoveCluster.id(1), 0);
        List<RaftView.Follower> followers = configuration.members().stream()
                .filter(member -> !member.equals(self))
                .map(member -> new RaftView.Follower(
                        member,
                        behind.contains(member.node()) ? 0 : last,
                        !behind.contains(member.node()),
                        !behind.contains(member.node()) && !lost.contains(member)))
                .toList();
        return new RaftView(self, RaftRole.LEADER, 0, 1, self, last, last, last, configuration, followers);
    }

    @Override
    public Desired desired(PartitionId partition) {
        return desired;
    }

    @Override
    public NodeCondition condition(NodeId node) {
        return conditions.getOrDefault(node, NodeCondition.GONE);
    }

    @Override
    public boolean isBraked() {
        return isBraked;
    }

    private static long number(NodeId node) {
        return node.value().low();
    }

    @Override
    public void onAsk(Ask ask) {
        if (!ask.isComing()) {
            done.add("ask " + number(ask.newcomer()));
        }
        mover.onAnswer(ask, refusing.contains(ask.newcomer()) ? NewcomerAnswer.FULL : answer, nowMillis);
    }

    @Override
    public void onBackfill(Backfill backfill) {
        done.add("backfill " + number(backfill.learner().node()));
        if (!isBackfilling) {
            mover.onBackfilled(backfill.learner(), true, nowMillis);
        }
    }

    @Override
    public void onSettle(Settle settle) {
        done.add("settle");
        mover.onSettled(settle.joint(), true, nowMillis);
    }

    @Override
    public void onPropose(Propose propose) {
        Change change = propose.change();
        configuration = change.apply(configuration, ++last);
        done.add(change.event().name());
    }

    @Override
    public void onHandOver(HandOver handOver) {
        done.add("hand over to " + number(handOver.successor().node()));
    }

    @Override
    public void onOrder(Order order) {
        done.add("order " + number(order.order().removed().node()));
        mover.onOrderConfirmed(order.order(), !areOrdersLost, nowMillis);
    }
}

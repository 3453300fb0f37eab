package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Timers;
import io.chordata.node.partition.move.LocalReplicas.Replica;
import io.chordata.node.partition.move.MoveAction.Ask;
import io.chordata.node.partition.move.MoveAction.Backfill;
import io.chordata.node.partition.move.MoveAction.HandOver;
import io.chordata.node.partition.move.MoveAction.Order;
import io.chordata.node.partition.move.MoveAction.Propose;
import io.chordata.node.partition.move.MoveAction.Settle;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftRole;
import io.chordata.node.partition.raft.RaftView;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A node's part in the moves of replicas: does what the {@link Mover} of each group that it leads wants done, answers leaders
 * that want it to take a partition, deletes copies that it is ordered to, and asks about replicas that nobody speaks to any
 * more. A group's mover belongs to the partition's loop.
 */
public final class MoveService {
    /** A group with nothing to do is looked at once in so many ticks. */
    private static final int IDLE_TICKS = 4;

    private static final int FORGOTTEN_TICKS = 20;
    private static final int QUESTIONS_MAX = 64;

    private final NodeId self;
    private final MovePorts ports;
    private final MoveOptions options;
    private final MoveRules rules;
    private final MoveQueue queue;
    private final Newcomer newcomer;
    private final Map<PartitionId, Led> led = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private long ticks;
    private long looks;
    private long lookedAfterMillis;
    private Timers.@Nullable Timer timer;
    private volatile boolean isStopped;

    /** A mover, and when its group was last seen to be led here. */
    private static final class Led {
        private final Mover mover;
        private volatile long seenMillis;

        private Led(Mover mover) {
            this.mover = mover;
        }
    }

    public MoveService(NodeId self, MovePorts ports, MoveOptions options) {
        this(self, ports, options, MoveRules.DESIGN);
    }

    MoveService(NodeId self, MovePorts ports, MoveOptions options, MoveRules rules) {
        this.self = self;
        this.ports = ports;
        this.options = options;
        this.rules = rules;
        this.queue = new MoveQueue(options.maxLeaving(), FORGOTTEN_TICKS * options.tickMillis(), rules);
        this.newcomer = new Newcomer(options, rules, ports.replicas()::hasArrived);
    }

    /** Begins; on a loop, to be stopped on the same. */
    public void start() {
        ports.links().serve(new Answers());
        tick();
    }

    public void stop() {
        isStopped = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    /** How the moves here are doing. From any thread. */
    public MovesView view() {
        Surroundings around = ports.surroundings().get();
        boolean isDraining = around.condition(self) == NodeCondition.DRAINING;
        int refused = (int) led.values().stream()
                .filter(group -> group.mover.refusal() != null)
                .count();
        return new MovesView(
                queue.moving(),
                queue.waiting(),
                refused,
                newcomer.coming(nowMillis()),
                around.isBraked(),
                isDraining && holdsNothing());
    }

    /** From any thread. */
    public boolean holdsNothing() {
        return ports.replicas().count() == 0;
    }

    private long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(ports.clock().monotonicNanos());
    }

    private void tick() {
        if (isStopped) {
            return;
        }
        long now = nowMillis();
        long tick = ticks++;
        Surroundings around = ports.surroundings().get();
        led.values().removeIf(group -> now - group.seenMillis > FORGOTTEN_TICKS * options.tickMillis());
        ports.replicas().eachLed(group -> lead(group, around, tick));
        if (now - lookedAfterMillis >= options.lonelyMillis() / 2) {
            lookedAfterMillis = now;
            long look = looks++;
            ports.replicas().eachReplica(replica -> lookAfter(replica, around, look));
        }
        timer = ports.timers().once(options.tickMillis(), this::tick);
    }

    // what is led here, on the partition's loop

    private void lead(LedGroup group, Surroundings around, long tick) {
        PartitionId partition = group.partition();
        RaftView view = group.view();
        if (isStopped || view.role() != RaftRole.LEADER) {
            return;
        }
        long now = nowMillis();
        Led entry = led.compute(
                partition,
                (id, before) -> before != null && before.mover.term() == view.term()
                        ? before
                        : new Led(new Mover(partition, view.term(), now, options, rules)));
        entry.seenMillis = now;
        Mover mover = entry.mover;
        if (mover.isBusy() || (tick + partition.number()) % IDLE_TICKS == 0) {
            MoveAction action = mover.onTick(now, view, around, queue.mayBegin(partition, now));
            queue.note(partition, mover.isMoving(), mover.wanted(), now);
            if (action != null) {
                action.accept(new Acts(group, mover));
            }
        }
    }

    /** Does what a mover wants done. */
    private final class Acts implements MoveAction.Visitor {
        private final LedGroup group;
        private final Mover mover;

        private Acts(LedGroup group, Mover mover) {
            this.group = group;
            this.mover = mover;
        }

        @Override
        public void onAsk(Ask ask) {
            ports.links()
                    .ask(ask.newcomer(), group.partition(), ask.desired(), ask.isComing())
                    .onComplete((answer, failure) -> mover.onAnswer(ask, answer, nowMillis()));
        }

        @Override
        public void onBackfill(Backfill backfill) {
            ports.blocks()
                    .backfill(group.partition(), backfill.configuration(), backfill.learner())
                    .onComplete(done -> mover.onBackfilled(backfill.learner(), done.succeeded(), nowMillis()));
        }

        @Override
        public void onSettle(Settle settle) {
            ports.blocks()
                    .settle(group.partition(), settle.joint())
                    .onComplete(done -> mover.onSettled(settle.joint(), done.succeeded(), nowMillis()));
        }

        @Override
        public void onPropose(Propose propose) {
            if (group.refusal(propose.change()) == null) {
                group.change(propose.change());
            }
        }

        @Override
        public void onHandOver(HandOver handOver) {
            group.handOver(handOver.successor());
        }

        @Override
        public void onOrder(Order order) {
            ports.links()
                    .order(group.partition(), order.order())
                    .onComplete(done -> mover.onOrderConfirmed(order.order(), done.succeeded(), nowMillis()));
        }
    }

    // what is here, on the partition's loop

    private void lookAfter(Replica replica, Surroundings around, long look) {
        Committed committed = replica.committed();
        if (committed != null && RemovalOrder.of(committed, replica.self(), rules) != null) {
            ports.replicas().remove(replica.partition(), committed.generation(), replica.self());
        } else if (replica.silentMillis() >= options.lonelyMillis() && questions.get() < QUESTIONS_MAX) {
            askWhetherNeeded(replica, around, look);
        }
    }

    private void askWhetherNeeded(Replica replica, Surroundings around, long look) {
        List<NodeId> others = whoMayKnow(replica, around);
        if (others.isEmpty()) {
            return;
        }
        NodeId asked = others.get((int) ((look + replica.partition().number()) % others.size()));
        questions.incrementAndGet();
        ports.links()
                .isNeeded(asked, replica.partition(), replica.generation(), replica.self())
                .onComplete(done -> questions.decrementAndGet())
                .onSuccess(order -> onOrdered(replica.partition(), order));
    }

    /** Those who were members with it, and those who should be. */
    private List<NodeId> whoMayKnow(Replica replica, Surroundings around) {
        Set<NodeId> nodes = new TreeSet<>(around.desired(replica.partition()).members());
        replica.newest().members().forEach(member -> nodes.add(member.node()));
        nodes.remove(self);
        nodes.removeIf(node -> !around.condition(node).isUp());
        return new ArrayList<>(nodes);
    }

    private void onOrdered(PartitionId partition, @Nullable RemovalOrder order) {
        if (order != null && order.removed().node().equals(self)) {
            ports.replicas().remove(partition, order.generation(), order.removed());
        }
    }

    /** What other nodes want to know of this one. */
    private final class Answers implements MoveLinks.Receiver {
        @Override
        public Future<NewcomerAnswer> onAsk(PartitionId partition, List<NodeId> desired, boolean isComing) {
            Surroundings around = ports.surroundings().get();
            return obstacle(partition)
                    .map(obstacle -> newcomer.onAsk(
                            partition,
                            desired,
                            isComing,
                            around.desired(partition),
                            around.condition(self),
                            obstacle,
                            nowMillis()));
        }

        private Future<@Nullable NewcomerAnswer> obstacle(PartitionId partition) {
            return ports.replicas().isFull()
                    ? Future.succeededFuture(NewcomerAnswer.FULL)
                    : ports.replicas()
                            .isInTheWay(partition)
                            .map(isInTheWay -> isInTheWay ? NewcomerAnswer.LOST_AND_FOUND : null);
        }

        @Override
        public Future<Void> onOrder(PartitionId partition, RemovalOrder order) {
            return order.removed().node().equals(self)
                    ? ports.replicas().remove(partition, order.generation(), order.removed())
                    : Future.failedFuture("the order is for another node");
        }

        @Override
        public Future<@Nullable RemovalOrder> onIsNeeded(PartitionId partition, long generation, Member member) {
            return ports.replicas()
                    .committed(partition)
                    .map(committed -> committed == null ? null : RemovalOrder.of(committed, generation, member, rules));
        }
    }
}

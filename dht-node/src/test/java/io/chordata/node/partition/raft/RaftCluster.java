package io.chordata.node.partition.raft;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.sim.SimNetwork;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The nodes of one simulated group, the network between them, and the oracle that watches. */
final class RaftCluster {
    static final long NANOS_PER_MILLI = 1_000_000;

    final SimScheduler scheduler;
    final SimRandom random;
    final SimNetwork<RaftMessage> network;
    final RaftOptions options;
    final RaftHabits habits;
    final RaftRules rules;
    final Configuration founding;
    final RaftJournal journal;
    final List<RaftNode> nodes = new ArrayList<>();

    private final TreeMap<Long, RaftOracle> oracles = new TreeMap<>();
    private BiConsumer<Member, Long> onRemoved = (member, generation) -> {};
    private final Map<RaftEvent, Long> events = new EnumMap<>(RaftEvent.class);
    private final Map<RaftFault, Long> faults = new EnumMap<>(RaftFault.class);
    private Predicate<RaftMessage> held = message -> false;
    private final List<RaftMessage> heldBack = new ArrayList<>();

    /** @param founding of nodes 1 to {@code size}, some of which may be in no configuration yet */
    RaftCluster(
            SimScheduler scheduler,
            RaftOptions options,
            RaftHabits habits,
            RaftRules rules,
            int size,
            Configuration founding) {
        this.scheduler = scheduler;
        this.random = scheduler.random().fork();
        this.network = new SimNetwork<>(scheduler);
        this.options = options;
        this.habits = habits;
        this.rules = rules;
        this.founding = founding;
        oracles.put(Generations.FIRST, new RaftOracle(this, founding));
        this.journal = new RaftJournal(scheduler);
        network.stopTracking();
        for (int number = 1; number <= size; number++) {
            nodes.add(found(new RaftNode(number, this)));
        }
    }

    private RaftNode found(RaftNode node) {
        Member member = founding.memberOf(node.id);
        if (member != null) {
            node.disk.create(member, Generations.FIRST, 0, founding);
        }
        return node;
    }

    /** Of the newest generation. */
    RaftOracle oracle() {
        return oracles.lastEntry().getValue();
    }

    RaftOracle oracleOf(long generation) {
        return Objects.requireNonNull(oracles.get(generation), () -> "nobody began generation " + generation);
    }

    /** What the survivor has goes over to it; the one before goes on being watched, wherever it is. */
    void beginGeneration(long generation, RaftReplica survivor) {
        for (RaftNode node : nodes) {
            if (node.disk.hardState().generation() == generation) {
                throw new AssertionError(survivor + " begins generation " + generation + ", " + node + " has it");
            }
        }
        oracles.put(generation, survivor.oracle().fork(generation, survivor));
    }

    /** Calls it for each member that a committed configuration of a generation has no more. */
    void onRemoved(BiConsumer<Member, Long> listener) {
        onRemoved = listener;
    }

    void removed(Member member, long generation) {
        onRemoved.accept(member, generation);
    }

    void startAll() {
        nodes.forEach(RaftNode::start);
    }

    RaftNode node(Member member) {
        return nodes.get(Members.numberOf(member.node()) - 1);
    }

    RaftOptions optionsAt(int supportedLevel) {
        return new RaftOptions(
                options.heartbeatMillis(),
                options.electionMinMillis(),
                options.electionMaxMillis(),
                options.lostLeaderMillis(),
                options.maxAppendEntries(),
                options.maxAppendBytes(),
                options.maxInflightAppends(),
                options.maxInflightBytes(),
                options.maxMemoryBytes(),
                options.maxReadRounds(),
                supportedLevel);
    }

    long nowMillis() {
        return scheduler.nowNanos() / NANOS_PER_MILLI;
    }

    void advanceMillis(long millis) {
        scheduler.advance(millis * NANOS_PER_MILLI);
    }

    /** @throws AssertionError if it takes more than {@code millis} */
    void await(String what, long millis, BooleanSupplier condition) {
        long end = nowMillis() + millis;
        while (!condition.getAsBoolean()) {
            if (nowMillis() >= end) {
                throw new AssertionError("not within " + millis + " ms: " + what + "; " + this);
            }
            advanceMillis(5);
        }
    }

    void count(RaftEvent event) {
        events.merge(event, 1L, Long::sum);
    }

    long countOf(RaftEvent event) {
        return events.getOrDefault(event, 0L);
    }

    void count(RaftFault fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    long countOf(RaftFault fault) {
        return faults.getOrDefault(fault, 0L);
    }

    /** What the predicate holds of waits until it is released. */
    void hold(Predicate<RaftMessage> which) {
        held = which;
    }

    /** A copy of what waits. */
    List<RaftMessage> heldBack() {
        return List.copyOf(heldBack);
    }

    /** What waited arrives now, whatever is cut. */
    void release() {
        held = message -> false;
        List<RaftMessage> waiting = heldBack();
        heldBack.clear();
        waiting.forEach(this::deliver);
    }

    /** What waited is lost. */
    void lose() {
        held = message -> false;
        heldBack.clear();
    }

    void deliver(RaftMessage message) {
        node(message.to()).onMessage(node(message.from()).address, message);
    }

    void send(RaftMessage message) {
        if (held.test(message)) {
            heldBack.add(message);
        } else {
            network.send(node(message.from()).address, node(message.to()).address, message);
        }
    }

    /** A process dies; whoever is connected to it learns that soon. */
    void kill(RaftNode node) {
        node.crash();
        nodes.forEach(other -> breakConnection(node, other));
    }

    /** Both ends learn that soon. */
    void breakConnection(RaftNode one, RaftNode other) {
        count(RaftFault.CONNECTION_RESET);
        noticeLoss(one, other);
        noticeLoss(other, one);
    }

    private void noticeLoss(RaftNode node, RaftNode of) {
        if (node.isUp()) {
            node.later(random.nextLong(NANOS_PER_MILLI, 5 * NANOS_PER_MILLI), () -> node.losePeer(of));
        }
    }

    /** Whether neither is down or cut off from the other. */
    boolean isConnected(RaftNode one, RaftNode other) {
        return one.isUp() && other.isUp() && !cut.isCut(one, other) && !cut.isCut(other, one);
    }

    /** Which ways are cut. */
    interface Cut {
        boolean isCut(RaftNode from, RaftNode to);
    }

    private Cut cut = (from, to) -> false;

    void cut(Cut next) {
        cut = next;
        network.cut((from, to) -> cut.isCut(nodeAt(from), nodeAt(to)));
    }

    void mend() {
        cut((from, to) -> false);
    }

    private RaftNode nodeAt(NodeAddress address) {
        for (RaftNode node : nodes) {
            if (node.address.equals(address)) {
                return node;
            }
        }
        throw new IllegalArgumentException("nobody is at " + address);
    }

    /** The one that leads in the highest term of the newest generation that anybody leads. */
    @Nullable
    RaftReplica leader() {
        RaftReplica leader = null;
        for (RaftNode node : nodes) {
            RaftReplica replica = node.replica();
            if (replica != null && replica.leads() && (leader == null || isLater(replica, leader))) {
                leader = replica;
            }
        }
        return leader;
    }

    private static boolean isLater(RaftReplica one, RaftReplica other) {
        return one.generation() != other.generation()
                ? one.generation() > other.generation()
                : one.leadsIn() > other.leadsIn();
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner("; ");
        nodes.forEach(node -> text.add(node.toString()));
        return text.toString();
    }
}

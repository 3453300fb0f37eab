package io.chordata.node.partition;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.SpaceGuard.Room;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.LedgerMachine.Op;
import io.chordata.node.partition.LedgerMachine.Receipt;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.move.Committed;
import io.chordata.node.partition.move.RemovalOrder;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftCodec;
import io.chordata.node.partition.raft.RaftCodec.Addressed;
import io.chordata.node.partition.raft.RaftEvent;
import io.chordata.node.partition.raft.RaftMessage;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimRecordDisk;
import io.chordata.node.sim.SimRecordStore;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.SimTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One seed: a partition on up to five nodes with their record stores. One founds the group; replicas come and go while
 * commands and queries run, processes die between any two events and come back with what their disks kept, messages get
 * lost, late and doubled, logs are truncated so that states are sent whole. What was acknowledged is kept outside and held
 * against every replica.
 */
final class ReplicaSimulation {
    private static final PartitionId PARTITION = new PartitionId(3);
    private static final int NODES = 5;
    private static final long MILLI = 1_000_000;
    private static final long TURBULENT_MILLIS = 25_000;
    private static final long CALM_MILLIS = 60_000;
    private static final PartitionOptions OPTIONS = new PartitionOptions(256, 24, 4000, 40, 8000, 6, 300, 900, 400);

    private final SimScheduler scheduler;
    private final SimRandom random;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Long, Receipt> acknowledged = new LinkedHashMap<>();
    private final RequestRules rules;
    private final @Nullable RequestClients clients;
    private final Map<RaftEvent, Long> events = new EnumMap<>(RaftEvent.class);
    private long acknowledgedPosition;
    private long nextId = 1;
    private long refused;
    private long unknown;
    private long queries;
    private long crashes;
    private long installs;
    private long removals;
    private long repeated;
    private boolean calm;
    /** Clients ask for nothing more, so that replicas can become equal. */
    private boolean quiet;

    private @Nullable String violation;

    /** What happened in a run. */
    record Outcome(
            long traceHash,
            long acknowledged,
            long refused,
            long unknown,
            long queries,
            long crashes,
            long installs,
            long removals,
            long repeated,
            Map<RaftEvent, Long> events) {}

    private ReplicaSimulation(long seed, RequestRules rules, boolean hasRequests) {
        this.scheduler = new SimScheduler(seed);
        this.rules = rules;
        this.random = scheduler.random().fork();
        for (int i = 0; i < NODES; i++) {
            nodes.add(new Node(new NodeId(new Uint128(0, i + 1))));
        }
        this.clients = hasRequests ? new RequestClients(this, random.fork(), rules) : null;
    }

    /** A group of one that nothing disturbs, for scenarios that say themselves what happens. */
    static ReplicaSimulation calm(long seed, RequestRules rules) {
        ReplicaSimulation simulation = new ReplicaSimulation(seed, rules, false);
        simulation.calm = true;
        simulation.begin();
        return simulation;
    }

    /** @throws AssertionError if a promise was broken; names the seed */
    static Outcome run(long seed) {
        return run(seed, new ReplicaSimulation(seed, RequestRules.ONCE, false));
    }

    /** The same with clients that ask again. */
    static Outcome run(long seed, RequestRules rules) {
        return run(seed, new ReplicaSimulation(seed, rules, true));
    }

    private static Outcome run(long seed, ReplicaSimulation simulation) {
        try {
            return simulation.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("-Dtest=ReplicaSimulationTest -Dchordata.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    private void begin() {
        nodes.forEach(Node::boot);
        nodes.get(0).found();
        scheduler.runUntil(() -> leader() != null, 100_000);
    }

    private Outcome run() {
        begin();
        scheduler.after(MILLI, this::act);
        scheduler.after(MILLI, this::move);
        scheduler.after(MILLI, this::order);
        scheduler.after(MILLI, this::disturb);
        runFor(TURBULENT_MILLIS);
        calm = true;
        nodes.stream().filter(node -> !node.isUp()).forEach(Node::boot);
        settle();
        checkReplicas();
        return new Outcome(
                scheduler.traceHash(),
                acknowledged.size(),
                refused,
                unknown,
                queries,
                crashes,
                installs,
                removals,
                repeated,
                events);
    }

    void runFor(long millis) {
        long end = scheduler.nowNanos() + millis * MILLI;
        while (scheduler.nowNanos() < end && scheduler.step()) {
            failIfViolated();
        }
    }

    /** With everything up, a command must get through, and every member must come to hold it. */
    private void settle() {
        long before = acknowledged.size();
        long end = scheduler.nowNanos() + CALM_MILLIS * MILLI;
        while (acknowledged.size() < before + 20 || !isEven()) {
            failIfViolated();
            if (scheduler.nowNanos() > end || !scheduler.step()) {
                throw new AssertionError("not even after " + CALM_MILLIS + " calm ms, " + acknowledged.size()
                        + " acknowledged, " + before + " before: " + describe());
            }
            if (acknowledged.size() >= before + 20) {
                quiet = true;
            }
        }
    }

    private boolean isEven() {
        PartitionGroup leader = leader();
        if (leader == null || !quiet || leader.configuration().isJoint()) {
            return false;
        }
        for (Member member : leader.configuration().members()) {
            PartitionReplica replica = node(member.node()).replica();
            if (replica == null
                    || !replica.self().equals(member)
                    || replica.group().appliedIndex() != leader.commitIndex()
                    || replica.group().term() != leader.term()) {
                return false;
            }
        }
        return nodes.stream().noneMatch(node -> node.isSurplus(leader.configuration()));
    }

    private @Nullable PartitionGroup leader() {
        Node node = leaderNode();
        PartitionReplica replica = node == null ? null : node.replica();
        return replica == null ? null : replica.group();
    }

    @Nullable
    Node leaderNode() {
        for (Node node : nodes) {
            PartitionReplica replica = node.replica();
            if (node.isUp() && replica != null && replica.group().state() == GroupState.SERVING) {
                return node;
            }
        }
        return null;
    }

    SimScheduler scheduler() {
        return scheduler;
    }

    Node node(int place) {
        return nodes.get(place);
    }

    Node anyNode() {
        return nodes.get(random.nextInt(NODES));
    }

    long installs() {
        return installs;
    }

    private String describe() {
        StringBuilder text = new StringBuilder();
        for (Node node : nodes) {
            PartitionReplica replica = node.replica();
            text.append('\n').append(node.id).append(node.isUp() ? "" : " down ");
            if (replica != null) {
                PartitionGroup group = replica.group();
                text.append(' ').append(replica.self()).append(' ').append(group.state());
                text.append(" term ").append(group.term()).append(" commit ").append(group.commitIndex());
                text.append(" applied ")
                        .append(group.appliedIndex())
                        .append(' ')
                        .append(group.state().isRunning() ? group.recovered().view() : group.configuration());
            }
        }
        return text.toString();
    }

    private Node node(NodeId id) {
        return nodes.stream().filter(node -> node.id.equals(id)).findFirst().orElseThrow();
    }

    // Clients.

    private void act() {
        if (!quiet) {
            int burst = 1 + random.nextInt(4);
            for (int i = 0; i < burst; i++) {
                Node node = nodes.get(random.nextInt(NODES));
                node.onLoop(random.chance(0.7) ? () -> propose(node) : () -> query(node));
            }
            scheduler.after(random.nextLong(0, 60 * MILLI), this::act);
        }
    }

    long nextId() {
        return nextId++;
    }

    private void propose(Node node) {
        PartitionReplica replica = node.replica();
        if (replica == null) {
            return;
        }
        if (clients != null && random.chance(0.7)) {
            clients.begin();
            return;
        }
        long id = nextId();
        Op op = random.chance(0.8) ? Op.ADD : Op.TRIM;
        replica.propose(LedgerMachine.command(op, id, random.nextInt(60)))
                .onSuccess(answer -> onAcknowledged(id, Receipt.parse(answer)))
                .onFailure(this::onRefused);
    }

    void onAcknowledged(long id, Receipt receipt) {
        Receipt before = acknowledged.put(id, receipt);
        repeated += before == null ? 0 : 1;
        check(before == null || before.equals(receipt), "command " + id + " has " + before + ", then " + receipt);
        acknowledgedPosition = Math.max(acknowledgedPosition, receipt.position());
        scheduler.trace(receipt.index());
    }

    void onRefused(Throwable cause) {
        refused++;
        check(cause instanceof PartitionRefusedException, "unexpected " + cause);
        if (cause instanceof PartitionRefusedException refusal && refusal.reason() == Reason.UNKNOWN) {
            unknown++;
        }
    }

    private void query(Node node) {
        PartitionReplica replica = node.replica();
        if (replica == null) {
            return;
        }
        long atLeast = acknowledgedPosition;
        replica.read(random.chance(0.5) ? LedgerMachine.countQuery() : LedgerMachine.scanQuery())
                .onSuccess(answer -> {
                    long count = LedgerMachine.number(answer);
                    check(count >= atLeast, node.id + " answered " + count + " after " + atLeast + " acknowledged");
                    acknowledgedPosition = Math.max(acknowledgedPosition, count);
                    queries++;
                })
                .onFailure(cause -> refused++);
    }

    // Who is a member.

    private void move() {
        nodes.forEach(node -> node.onLoop(() -> moveFrom(node)));
        scheduler.after(random.nextLong(20 * MILLI, 500 * MILLI), this::move);
    }

    private void moveFrom(Node node) {
        PartitionReplica replica = node.replica();
        if (replica == null || replica.group().state() != GroupState.SERVING) {
            return;
        }
        Change change = nextChange(replica.group().configuration());
        if (change != null && replica.group().refusal(change) == null) {
            replica.group().change(change);
        }
    }

    /** Whoever leads tells replicas that are none any more to go; it takes its time to get there. */
    private void order() {
        PartitionGroup leader = leader();
        Committed decided = leader == null ? null : leader.decided();
        for (Node node : nodes) {
            PartitionReplica replica = node.replica();
            RemovalOrder order = decided == null || replica == null ? null : RemovalOrder.of(decided, replica.self());
            if (order != null) {
                long delay = random.nextLong(0, (calm || random.chance(0.7) ? 50 : 3000) * MILLI);
                scheduler.after(delay, () -> node.onLoop(() -> node.remove(order.generation(), order.removed())));
            }
        }
        scheduler.after(random.nextLong(50 * MILLI, 900 * MILLI), this::order);
    }

    private @Nullable Change nextChange(Configuration now) {
        if (now.isJoint()) {
            return random.chance(0.8) ? new Change.LeaveJoint() : new Change.ReturnFromJoint();
        }
        if (calm) {
            return null;
        }
        List<Member> members = now.members();
        int kind = random.nextInt(4);
        if (kind == 0 && members.size() < 4) {
            NodeId added = nodes.get(random.nextInt(NODES)).id;
            return now.memberOf(added) == null ? new Change.AddLearner(added) : null;
        }
        if (kind == 1 && !now.learners().isEmpty() && random.chance(0.2)) {
            return new Change.RemoveLearner(now.learners().get(0));
        }
        int size = random.chance(0.2) ? 1 : 3;
        return members.size() < size ? null : new Change.EnterJoint(some(members, size));
    }

    private List<Member> some(List<Member> members, int count) {
        List<Member> left = new ArrayList<>(members);
        while (left.size() > count) {
            left.remove(random.nextInt(left.size()));
        }
        return left;
    }

    // Faults.

    private void disturb() {
        if (calm) {
            return;
        }
        Node node = nodes.get(random.nextInt(NODES));
        if (!node.isUp()) {
            node.boot();
        } else if (random.chance(0.5)) {
            node.crash();
        } else {
            node.cutUntilNanos = scheduler.nowNanos() + random.nextLong(0, 3000 * MILLI);
        }
        scheduler.after(random.nextLong(100 * MILLI, 3000 * MILLI), this::disturb);
    }

    private void transmit(Node from, Node to, Runnable delivery) {
        boolean cut = !calm && (from.isCut() || to.isCut() || random.chance(0.01));
        if (cut) {
            return;
        }
        int copies = !calm && random.chance(0.01) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            boolean late = !calm && random.chance(0.01);
            scheduler.after(random.nextLong(0, late ? 2000 * MILLI : 5 * MILLI), delivery);
        }
    }

    /** What every replica that is a member holds in the end. */
    private void checkReplicas() {
        PartitionGroup leader = leader();
        if (leader == null) {
            throw new AssertionError("no leader: " + describe());
        }
        String expected = null;
        for (Member member : leader.configuration().members()) {
            Node node = node(member.node());
            TreeMap<String, String> rows = node.rows();
            expected = expected == null ? rows.toString() : expected;
            check(rows.toString().equals(expected), member + " has\n" + rows + " and another\n" + expected);
            acknowledged.forEach((id, receipt) -> check(
                    position(rows, id) == receipt.position(),
                    "command " + id + " was acknowledged at " + receipt.position() + ", " + member + " has it at "
                            + position(rows, id)));
        }
        failIfViolated();
    }

    private void check(boolean holds, String otherwise) {
        if (!holds && violation == null) {
            violation = otherwise;
        }
    }

    private void failIfViolated() {
        if (violation != null) {
            throw new AssertionError(violation);
        }
    }

    /** A machine: its disk stays, its processes come and go. */
    final class Node implements GroupLinks {
        final NodeId id;
        private final SimRecordDisk disk = new SimRecordDisk();
        private long cutUntilNanos;
        private @Nullable SimLoops process;
        private @Nullable SimRecordStore store;
        private @Nullable ReplicaHost host;
        private @Nullable GroupFounding founding;

        private Node(NodeId id) {
            this.id = id;
        }

        boolean isUp() {
            return process != null;
        }

        private boolean isCut() {
            return scheduler.nowNanos() < cutUntilNanos;
        }

        void boot() {
            SimLoops loops = new SimLoops(scheduler, 1 + random.nextInt(2));
            SimRecordStore records = new SimRecordStore(disk, scheduler, loops);
            records.setColdReadChance(calm ? 0 : random.nextInt(3) * 0.1);
            records.setBusyChance(calm ? 0 : random.nextInt(3) * 0.03);
            SimTimers timers = new SimTimers(scheduler, loops);
            PartitionPorts ports = new PartitionPorts(
                    loops,
                    new SimClock(scheduler),
                    timers,
                    random.fork(),
                    records,
                    new SimDrops(scheduler, loops),
                    () -> Room.ALL);
            LedgerMachine machine = new LedgerMachine();
            LogSize logSize = new LogSize(OPTIONS.maxLogBytes());
            List<PartitionReplica> truncated = new ArrayList<>();
            ReplicaEnvironment environment = new ReplicaEnvironment(
                    ports,
                    OPTIONS,
                    machine,
                    logSize,
                    new LogTime(),
                    event -> events.merge(event, 1L, Long::sum),
                    this,
                    rules,
                    cause -> check(false, id + " failed: " + cause));
            ReplicaHost replicas = new ReplicaHost(id, ports, (partition, self, configuration) -> {
                PartitionReplica made = new PartitionReplica(partition, self, configuration, environment);
                truncated.clear();
                truncated.add(made);
                return made;
            });
            replicas.admit();
            founding = new GroupFounding(id, new Partitioning(4), ports);
            process = loops;
            store = records;
            host = replicas;
            new LogTruncation(() -> truncated, ports, OPTIONS, logSize, cause -> check(false, id + ": " + cause))
                    .start();
            onLoop(() -> replicas.open(PARTITION).onFailure(this::onNotOpened));
            tick(loops, timers);
        }

        private void tick(SimLoops loops, SimTimers timers) {
            loops.ownerOf(PARTITION).execute(() -> {
                PartitionReplica replica = replica();
                if (replica != null) {
                    replica.onTick(Now.of(new SimClock(scheduler)));
                }
                timers.once(40 + random.nextInt(20), () -> tick(loops, timers));
            });
        }

        /** Added anew while its log was being read, it need not serve under the tenure before. */
        private void onNotOpened(Throwable cause) {
            check(cause instanceof PartitionRefusedException, id + " cannot open: " + cause);
        }

        private void found() {
            GroupFounding begun = Objects.requireNonNull(founding);
            onLoop(() -> begun.run()
                    .compose(founded -> host().open(PARTITION))
                    .onFailure(cause -> check(false, "cannot found: " + cause)));
        }

        private void remove(long generation, Member removed) {
            PartitionReplica replica = replica();
            if (replica != null && replica.self().equals(removed)) {
                PartitionGroup leader = leader();
                boolean isMember =
                        leader != null && leader.configuration().members().contains(removed);
                check(!isMember, removed + " is a member, and is ordered to go");
            }
            host().remove(PARTITION, generation, removed).onSuccess(done -> removals++);
        }

        private boolean isSurplus(Configuration members) {
            PartitionReplica replica = replica();
            return replica != null && !members.members().contains(replica.self());
        }

        private ReplicaHost host() {
            if (host == null) {
                throw new IllegalStateException(id + " is down");
            }
            return host;
        }

        void crash() {
            if (process != null) {
                crashes++;
                process.kill();
                disk.crash(random);
                process = null;
                store = null;
                host = null;
                nodes.forEach(other -> transmit(
                        this, other, () -> other.onLoop(() -> other.host().onPeerLost(id))));
            }
        }

        @Nullable
        PartitionReplica replica() {
            return host == null ? null : host.of(PARTITION);
        }

        /** Runs it in the process of now, if there is one. */
        void onLoop(Runnable task) {
            if (process != null) {
                process.ownerOf(PARTITION).execute(task);
            }
        }

        @Override
        public void send(PartitionId partition, RaftMessage message) {
            Node to = node(message.to().node());
            byte[] frame = RaftCodec.encode(List.of(new Addressed(partition, message)));
            transmit(this, to, () -> to.onLoop(() -> to.receive(id, frame)));
        }

        private void receive(NodeId from, byte[] frame) {
            try {
                for (Addressed addressed : RaftCodec.decode(from, id, frame)) {
                    host().onMessage(addressed.partition(), addressed.message());
                }
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError("what was said cannot be read", e);
            }
        }

        @Override
        public Future<SnapshotPage> fetch(NodeId leader, PartitionId partition, SnapshotRequest request) {
            Promise<SnapshotPage> promise = Promise.promise();
            SimLoops asker = process;
            Node to = node(leader);
            transmit(
                    this,
                    to,
                    () -> to.onLoop(() -> to.page(request)
                            .onSuccess(page ->
                                    transmit(to, this, () -> answer(asker, () -> complete(promise, page))))));
            scheduler.after(3000 * MILLI, () -> answer(asker, () -> giveUp(promise)));
            return promise.future().onSuccess(page -> installs += page.isLast() ? 1 : 0);
        }

        private void answer(@Nullable SimLoops asker, Runnable answer) {
            if (asker != null && !asker.isKilled()) {
                Loop loop = asker.ownerOf(PARTITION);
                loop.execute(answer);
            }
        }

        private void complete(Promise<SnapshotPage> promise, SnapshotPage page) {
            promise.tryComplete(page);
        }

        private void giveUp(Promise<SnapshotPage> promise) {
            promise.tryFail(new IllegalStateException("timed out"));
        }

        private Future<SnapshotPage> page(SnapshotRequest request) {
            PartitionReplica replica = replica();
            return replica == null
                    ? Future.failedFuture(new IllegalStateException("no replica"))
                    : replica.page(request);
        }

        private TreeMap<String, String> rows() {
            TreeMap<String, String> rows = new TreeMap<>();
            PartitionReplica replica = replica();
            if (replica == null || store == null) {
                return rows;
            }
            byte[] from = PartitionKeys.appliedMark(PARTITION, replica.installGeneration());
            byte[] to = PartitionKeys.appliedMark(PARTITION, replica.installGeneration() + 1);
            try (RecordStore.Cursor cursor = store.scan(Family.STATE, from, to)) {
                while (cursor.next()) {
                    rows.put(hex(PartitionKeys.suffixOf(cursor.key())), hex(cursor.value()));
                }
            }
            return rows;
        }
    }

    private static long position(TreeMap<String, String> rows, long command) {
        byte[] suffix = PartitionKeys.suffixOf(
                PartitionKeys.row(PARTITION, 0, LedgerMachine.SEEN, LedgerMachine.bytes(command)));
        String value = rows.get(hex(suffix));
        return value == null ? 0 : Long.parseLong(value, 16);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

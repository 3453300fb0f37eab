package io.chordata.node.ring;

import io.chordata.node.core.Clock;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Weight;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimPeerNetwork;
import io.chordata.node.sim.SimPeers;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimRecordDisk;
import io.chordata.node.sim.SimRecordStore;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.SimTimers;
import io.chordata.node.sim.TestNodes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whole nodes on a simulated network, as far as the ring goes: each a process with loops, timers, peers and records on a disk
 * that outlives it. One thread, one seed; every message goes through its encoding.
 */
public final class ServiceCluster {
    static final ClusterId CLUSTER = new ClusterId(new Uint128(1, 1));

    private static final int REPLICAS = 3;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int STEP_MILLIS = 100;

    public final SimScheduler scheduler;
    final SimPeerNetwork network;
    public final List<SimNode> nodes = new ArrayList<>();
    private final SimRandom random;
    private final RingServiceOptions options;
    private final Partitioning partitioning;
    /** What each node was first heard to have chosen. */
    private final Map<NodeId, List<Integer>> toldPlaces = new TreeMap<>();

    private final Map<RingService, Long> checkedVersions = new LinkedHashMap<>();
    long sentMessages;
    long sentBytes;
    /** Of each write of a process that is started from now on. */
    double busyChance;
    /** What is told of places need not be true. */
    boolean hasLiar;

    public ServiceCluster(long seed, RingServiceOptions options, Partitioning partitioning) {
        this.scheduler = new SimScheduler(seed);
        this.network = new SimPeerNetwork(scheduler);
        this.random = scheduler.random().fork();
        this.options = options;
        this.partitioning = partitioning;
    }

    public ServiceCluster(long seed) {
        this(
                seed,
                new RingServiceOptions(4, 10_000, RingOptions.DEFAULT, RingServiceOptions.DEFAULT.directory()),
                new Partitioning(6));
    }

    /** A node: its disk, who it is, and the process that runs now. */
    public final class SimNode {
        final int number;
        public final NodeId id;
        SimRecordDisk disk = new SimRecordDisk();
        NodeAddress address;
        long incarnation;
        boolean isFounder;
        boolean mayFail;
        long clockShiftNanos;
        /** Of its disk, as it is now. */
        Weight weight = Weight.ONE;

        private long suspendedUntilNanos;
        private final SimClock clock = new SimClock(scheduler);

        @Nullable
        RingRefusedException refused;

        @Nullable
        Throwable failure;

        /** Of the process that runs, or ran last, and what happened to it. */
        RingPhase phase = RingPhase.STARTING;

        final List<RingEvent> events = new ArrayList<>();

        private @Nullable Life life;

        private SimNode(int number, NodeId id) {
            this.number = number;
            this.id = id;
            this.address = addressOf(number);
        }

        public boolean isUp() {
            return life != null;
        }

        Contact contact() {
            return new Contact(id, address, incarnation);
        }

        public RingService service() {
            return running().service;
        }

        private Life running() {
            return Objects.requireNonNull(life, () -> "node " + number + " does not run");
        }

        /** Those of the process that runs now. */
        public SimLoops loops() {
            return running().loops;
        }

        public SimPeers peers() {
            return running().peers;
        }

        SimRecordStore store() {
            return running().store;
        }

        public boolean isJoined() {
            return life != null && phase == RingPhase.JOINED;
        }

        public SimNode start(NodeAddress... seeds) {
            incarnation++;
            refused = null;
            life = new Life(this, List.of(seeds));
            return this;
        }

        public SimNode found() {
            isFounder = true;
            return start();
        }

        /** The machine loses its power: what was not synced may be gone. */
        public void crash() {
            running().end();
            disk.crash(random);
        }

        /** Goes in the right way. */
        void stop() {
            Life stopped = running();
            Future<Void> left = stopped.service.leave();
            scheduler.runUntil(left::isComplete, 100_000);
            stopped.end();
            if (left.failed()) {
                throw new AssertionError("node " + number + " could not leave", left.cause());
            }
        }

        void pause(long millis) {
            running().loops.pause(millis * NANOS_PER_MILLI);
        }

        /** The machine is suspended: its process stands still, and its steady clock as well. */
        void suspend(long millis) {
            if (scheduler.nowNanos() >= suspendedUntilNanos) {
                suspendedUntilNanos = scheduler.nowNanos() + millis * NANOS_PER_MILLI;
                clockShiftNanos -= millis * NANOS_PER_MILLI;
                pause(millis);
            }
        }

        /** Somebody sets the time of day, forward or back. */
        void setWallClock(long shiftMillis) {
            clock.jump(shiftMillis);
        }

        void wipe() {
            disk = new SimRecordDisk();
        }

        /** Whether its directory on disk has the other node. */
        boolean remembers(SimNode other) {
            byte[] image = disk.get(RecordStore.Family.NODE, "ring/directory".getBytes(StandardCharsets.US_ASCII));
            String found = image == null ? "" : new String(image, StandardCharsets.ISO_8859_1);
            return found.contains(new String(other.id.value().toBytes(), StandardCharsets.ISO_8859_1));
        }

        LookupResult lookup(RingId id, RingOptions.Routing routing) {
            return await(() -> service().lookup(id, routing));
        }

        private void onRefused(RingRefusedException why) {
            refused = why;
            running().end();
        }

        private void onFailed(Throwable cause) {
            if (failure != null || !mayFail) {
                throw new AssertionError("node " + number + " failed", cause);
            }
            failure = cause;
            running().end();
        }
    }

    /** A process. */
    private final class Life implements RingService.Listener {
        private final SimNode node;
        private final SimLoops loops = new SimLoops(scheduler, 2);
        private final SimPeers peers;
        private final SimRecordStore store;
        private final RingService service;

        Life(SimNode node, List<NodeAddress> seeds) {
            this.node = node;
            this.store = new SimRecordStore(node.disk, scheduler, loops);
            store.setBusyChance(busyChance);
            this.peers = new SimPeers(network, CLUSTER, node.id, node.address, this::onUnreachable);
            RingPorts ports = new RingPorts(
                    loops,
                    loops.current(),
                    clockOf(node),
                    new SimTimers(scheduler, loops),
                    scheduler.random().fork(),
                    store,
                    new TracedPeers(peers));
            RingStart start = new RingStart(record(node), true, node.isFounder, seeds, partitioning, REPLICAS);
            this.service = RingService.open(ports, options, start, this);
            node.phase = RingPhase.STARTING;
            node.events.clear();
            service.events().follow(this::onEvent);
        }

        private void onEvent(RingEvent event) {
            node.events.add(event);
            if (event instanceof RingEvent.PhaseChanged changed) {
                node.phase = changed.phase();
            }
        }

        private void onUnreachable(Peer peer) {
            service.peersListener().onUnreachable(peer);
        }

        private void end() {
            loops.kill();
            peers.stop();
            node.life = null;
        }

        @Override
        public void onRefused(RingRefusedException why) {
            node.onRefused(why);
        }

        @Override
        public void onFailed(Throwable cause) {
            node.onFailed(cause);
        }
    }

    /** Right and steady, unless the node's is shifted. */
    private Clock clockOf(SimNode node) {
        return new Clock() {
            @Override
            public long wallMillis() {
                return node.clock.wallMillis();
            }

            @Override
            public long monotonicNanos() {
                return Math.max(node.clock.monotonicNanos(), node.suspendedUntilNanos) + node.clockShiftNanos;
            }
        };
    }

    /** Makes all that is sent part of the trace. */
    private final class TracedPeers implements Peers {
        private final Peers peers;

        TracedPeers(Peers peers) {
            this.peers = peers;
        }

        @Override
        public void send(Peer to, Service service, Buffer message) {
            sentMessages++;
            sentBytes += message.length();
            scheduler.trace(
                    Arrays.hashCode(message.getBytes()) * 31L + to.address().port());
            peers.send(to, service, message);
        }

        @Override
        public Future<Buffer> call(Peer to, Service service, Buffer request, long timeoutMillis) {
            return peers.call(to, service, request, timeoutMillis);
        }

        @Override
        public void serve(Service service, Receiver receiver) {
            peers.serve(service, receiver);
        }
    }

    private static NodeRecord record(SimNode node) {
        return TestNodes.weighing(
                TestNodes.record(node.contact(), node.number, List.of(), NodeState.JOINING), node.weight);
    }

    public static NodeAddress addressOf(int number) {
        return new NodeAddress("node-" + number, 7000 + number);
    }

    // what happens

    public SimNode add() {
        SimNode node = new SimNode(nodes.size(), NodeId.random(random));
        nodes.add(node);
        return node;
    }

    /** On a copy of the disk, at another address. */
    SimNode copyOf(SimNode original) {
        SimNode copy = new SimNode(nodes.size(), original.id);
        copy.disk = original.disk.copy();
        copy.incarnation = original.incarnation;
        nodes.add(copy);
        return copy;
    }

    /** A cluster of so many, all on the ring, each with the first as its seed. */
    public ServiceCluster form(int count) {
        add().found();
        for (int i = 1; i < count; i++) {
            add().start(addressOf(0));
        }
        await("the first ring", 60_000, this::isWhole);
        return this;
    }

    void run(long millis) {
        for (long left = millis; left > 0; left -= STEP_MILLIS) {
            scheduler.advanceMillis(Math.min(left, STEP_MILLIS));
            check();
        }
    }

    long nowMillis() {
        return scheduler.nowMillis();
    }

    /** @return how long it took, in milliseconds */
    public long await(String what, long millisMax, BooleanSupplier condition) {
        long from = nowMillis();
        while (!condition.getAsBoolean()) {
            if (nowMillis() - from >= millisMax) {
                throw new AssertionError("not within " + millisMax + " ms: " + what + ". " + describe());
            }
            run(STEP_MILLIS);
        }
        return nowMillis() - from;
    }

    public <T> T await(Supplier<Future<T>> call) {
        Future<T> future = call.get();
        scheduler.runUntil(future::isComplete, 1_000_000);
        if (future.failed()) {
            throw new AssertionError("the call failed", future.cause());
        }
        return future.result();
    }

    // what must hold at any time

    private void check() {
        for (SimNode node : nodes) {
            if (node.isUp() && !hasLiar && isNew(node.service())) {
                checkPlaces(node.service().view().nodes());
            }
        }
        List<String> violations = new RingInvariants(members()).local();
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("; ", violations));
        }
    }

    private boolean isNew(RingService service) {
        Long version = service.view().version();
        return !version.equals(checkedVersions.put(service, version));
    }

    private void checkPlaces(List<NodeRecord> records) {
        for (NodeRecord record : records) {
            if (!record.candidates().isEmpty()) {
                List<Integer> before = toldPlaces.putIfAbsent(record.node(), record.candidates());
                if (before != null && !before.equals(record.candidates())) {
                    throw new AssertionError(
                            record.node() + " had chosen " + before + ", and now " + record.candidates());
                }
            }
        }
    }

    // what must be in the end

    boolean isWhole() {
        return problems().isEmpty();
    }

    /** Whether all pointers are right, whatever the directories hold. */
    boolean isRing() {
        return new RingInvariants(members()).ideal(options.ring()).isEmpty();
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        List<SimNode> up = up();
        for (SimNode node : up) {
            if (!node.isJoined()) {
                problems.add(node.number + " is " + node.phase);
            }
        }
        if (problems.isEmpty() && !up.isEmpty()) {
            problems.addAll(new RingInvariants(members()).ideal(options.ring()));
            up.forEach(node -> compareDirectory(up.get(0), node, problems));
        }
        return problems;
    }

    private void compareDirectory(SimNode first, SimNode node, List<String> problems) {
        if (!hasLiar && !remembered(node).equals(remembered(first))) {
            problems.add("the directory of " + node.number + " is another than that of " + first.number);
        }
        for (SimNode other : nodes) {
            NodeRecord record = node.service().view().node(other.id);
            if (other.isUp() && (record == null || !isRight(other, record))) {
                problems.add(node.number + " holds " + other.number + " to be " + record);
            } else if (!other.isUp() && record != null && record.state().isRoutable() && !hasTwinUp(other)) {
                problems.add(node.number + " holds " + other.number + " to be " + record.state());
            }
        }
    }

    /** Who went before it ever was on the ring is forgotten, sooner or later. */
    private static List<NodeRecord> remembered(SimNode node) {
        return node.service().view().nodes().stream()
                .filter(record -> record.state() != NodeState.DOWN || record.isOnRing())
                .toList();
    }

    private boolean hasTwinUp(SimNode node) {
        return nodes.stream().anyMatch(other -> other.isUp() && other.id.equals(node.id));
    }

    private static boolean isRight(SimNode node, NodeRecord record) {
        return record.state() == NodeState.ALIVE && record.contact().equals(node.contact());
    }

    List<SimNode> up() {
        return nodes.stream().filter(SimNode::isUp).toList();
    }

    NavigableMap<RingId, RingMember> members() {
        NavigableMap<RingId, RingMember> members = new TreeMap<>();
        for (SimNode node : nodes) {
            RingNode ring = node.isUp() ? node.service().machines().ring() : null;
            if (ring != null) {
                ring.members().forEach(member -> members.put(member.self().id(), member));
            }
        }
        return members;
    }

    /** Who answers for the id, by the whole ring. */
    RingId owner(RingId id) {
        return new RingInvariants(members()).owner(id);
    }

    String describe() {
        return scheduler + ": " + problems();
    }
}

package io.chordata.node.ring;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimNetwork;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rings of simulated nodes on one network. Nodes are started, crashed, paused, and moved by name; whatever happens, a watcher
 * is told after each event that changed a pointer or a life.
 */
final class RingCluster {
    static final long NANOS_PER_MILLI = 1_000_000;

    final SimScheduler scheduler;
    final SimRandom random;
    final SimNetwork<Envelope> network;
    final List<Node> nodes = new ArrayList<>();
    final long[] rules = new long[RingRule.values().length];

    private final RingOptions options;
    private final ChordRules chordRules;
    private final boolean encodes;
    private final boolean hasDirectory;
    /** Whether the directory of each node lists all positions. */
    boolean isDirectoryFull;
    /** Decommissioned. */
    final Set<NodeId> refused = new TreeSet<>();

    private Consumer<RingCluster> watcher = cluster -> {};
    private BiConsumer<Node, NodeId> whenSilent = (asker, silent) -> {};
    private UnaryOperator<Envelope> forged = envelope -> envelope;
    private Predicate<Envelope> held = envelope -> false;
    private final List<Runnable> heldBack = new ArrayList<>();
    long eventsMax = 150_000;
    private boolean changed;
    private boolean weighs;
    /** Whether it is checked after each event that no member's time comes before its node wakes. */
    boolean checksWakes;

    long encodedBytes;

    /** A message, and who must be there to get it. */
    record Envelope(NodeId from, Contact to, RingMessage message) {}

    RingCluster(SimScheduler scheduler, RingOptions options, ChordRules rules, boolean encodes, boolean hasDirectory) {
        this.scheduler = scheduler;
        this.random = scheduler.random().fork();
        this.network = new SimNetwork<>(scheduler);
        this.options = options;
        this.chordRules = rules;
        this.encodes = encodes;
        this.hasDirectory = hasDirectory;
    }

    /** What the predicate holds of waits until it is released. */
    void hold(Predicate<Envelope> which) {
        held = which;
    }

    /** From now on messages are what this makes of them. */
    void forge(UnaryOperator<Envelope> forgery) {
        forged = forgery;
    }

    /** From now on it is counted how many bytes the messages are, where it would not be anyway. */
    void weigh(boolean whether) {
        weighs = whether;
    }

    boolean holdsBack() {
        return !heldBack.isEmpty();
    }

    void release() {
        held = envelope -> false;
        List<Runnable> waiting = List.copyOf(heldBack);
        heldBack.clear();
        waiting.forEach(Runnable::run);
    }

    /** @throws AssertionError if it takes more than {@code millis} */
    void await(String what, long millis, BooleanSupplier condition) {
        long end = nowMillis() + millis;
        while (!condition.getAsBoolean()) {
            if (nowMillis() >= end) {
                RingInvariants now = RingInvariants.of(this);
                throw new AssertionError("not within " + millis + " ms: " + what + "; " + now.ideal(options));
            }
            advanceMillis(10);
        }
    }

    boolean isIdeal() {
        return nodes.stream().allMatch(node -> !node.isUp() || node.machine().isJoined())
                && RingInvariants.of(this).isIdeal(options);
    }

    static RingCluster of(long seed, RingOptions options) {
        return new RingCluster(new SimScheduler(seed), options, ChordRules.CORRECTED, false, true);
    }

    void watch(Consumer<RingCluster> next) {
        watcher = next;
    }

    /** @param next is told who finds whom silent */
    void watchSilence(BiConsumer<Node, NodeId> next) {
        whenSilent = next;
    }

    RingOptions options() {
        return options;
    }

    /** Whether there is such a position, of a life that its node has begun. */
    boolean isReal(Position position) {
        Node owner = node(position.owner().node());
        return owner.ids.contains(position.id()) && owner.lives.contains(position.owner());
    }

    /** Sent, and not yet heard, be it that it did not arrive or that its receiver stands still. */
    List<Envelope> unheard() {
        List<Envelope> unheard = new ArrayList<>(network.underWay());
        nodes.forEach(node -> unheard.addAll(node.waiting));
        return unheard;
    }

    /** A node that was never started, with positions where chance puts them. */
    Node addNode(int positions) {
        NodeId id = NodeId.random(random);
        Contact contact = new Contact(id, new NodeAddress("none", 1), 1);
        List<Position> places = new ArrayList<>();
        for (int i = 0; i < positions; i++) {
            places.add(Position.of(contact, i, random.nextInt(Position.CANDIDATES)));
        }
        return add(places);
    }

    /** A node with positions at these points, in 1/1000 of the ring. */
    Node addNodeAt(int... thousandths) {
        Contact contact = new Contact(NodeId.random(random), new NodeAddress("none", 1), 1);
        List<Position> places = new ArrayList<>();
        for (int point : thousandths) {
            places.add(new Position(point(point), contact, places.size(), 0));
        }
        return add(places);
    }

    static RingId point(int thousandths) {
        return new RingId(new Uint128(Long.divideUnsigned(-1L, 1000) * thousandths, 0));
    }

    private Node add(List<Position> places) {
        Node node = new Node(nodes.size(), places);
        nodes.add(node);
        return node;
    }

    /** The positions that are on the ring now, of nodes that run. */
    NavigableMap<RingId, RingMember> members() {
        NavigableMap<RingId, RingMember> members = new TreeMap<>();
        for (Node node : nodes) {
            if (node.machine != null) {
                node.machine
                        .members()
                        .forEach(member -> members.put(member.self().id(), member));
            }
        }
        return members;
    }

    Node node(NodeId id) {
        return nodes.stream().filter(node -> node.id.equals(id)).findFirst().orElseThrow();
    }

    private void onEvent() {
        if (changed) {
            changed = false;
            watcher.accept(this);
        }
    }

    void advanceMillis(long millis) {
        scheduler.advanceMillis(millis);
    }

    long nowMillis() {
        return scheduler.nowMillis();
    }

    void count(RingCounters counters) {
        for (RingRule rule : RingRule.values()) {
            rules[rule.ordinal()] += counters.of(rule);
        }
    }

    /** Adds up what the rules of all nodes did. */
    long[] countAll() {
        nodes.forEach(Node::keepCounters);
        return rules;
    }

    final class Node implements SimNetwork.Endpoint<Envelope>, RingDirectory, Outbox {
        final int number;
        final NodeId id;
        final List<Position> places;
        final List<RingId> ids;
        private final RandomSource nodeRandom = random.fork();
        private final Set<Contact> lives = new LinkedHashSet<>();
        private final List<Envelope> waiting = new ArrayList<>();
        private int moves;
        private long incarnation;
        private Contact contact;
        private long clockMillis;
        private long pausedUntilNanos;
        private long wakeNanos = Long.MAX_VALUE;
        private int life;
        private long changes;
        boolean wasMember;
        boolean isBase;

        @Nullable
        RingNode machine;

        Node(int number, List<Position> places) {
            this.number = number;
            this.id = places.get(0).owner().node();
            this.places = places;
            this.ids = places.stream().map(Position::id).toList();
            this.contact = new Contact(id, address(), 1);
        }

        private NodeAddress address() {
            return new NodeAddress("10." + moves + "." + number / 256 + "." + number % 256, 7000);
        }

        boolean isUp() {
            return machine != null;
        }

        Contact contact() {
            return contact;
        }

        RingNode machine() {
            if (machine == null) {
                throw new IllegalStateException(this + " is down");
            }
            return machine;
        }

        boolean isInItsFirstLife() {
            return isUp() && incarnation == 1;
        }

        RingMember member() {
            return machine().members().iterator().next();
        }

        Node start(RingNode.Entry entry) {
            incarnation++;
            contact = new Contact(id, address(), incarnation);
            lives.add(contact);
            waiting.clear();
            List<Position> positions =
                    places.stream().map(place -> place.ownedBy(contact)).toList();
            machine = new RingNode(
                    contact, positions, options, this, this, nodeRandom, new SimClock(scheduler), chordRules);
            life++;
            changes = 0;
            wakeNanos = Long.MAX_VALUE;
            network.attach(contact.address(), this);
            run(() -> machine().start(millis(), entry));
            return this;
        }

        Node found() {
            return start(RingNode.Entry.FOUND);
        }

        Node join() {
            return start(RingNode.Entry.JOIN);
        }

        /** Starts again after a crash: on whatever ring it finds, or alone if it was on one before. */
        Node restart() {
            return start(wasMember ? RingNode.Entry.RETURN : RingNode.Entry.JOIN);
        }

        void moveTo(int place) {
            moves = place;
        }

        void move() {
            moves = (moves + 1) % 200;
        }

        void crash() {
            keepCounters();
            network.detach(contact.address());
            machine = null;
            life++;
            changed = true;
            onEvent();
        }

        /** Leaves the ring, and goes on to answer that it did. */
        void leaveButStay() {
            run(() -> machine().leave(millis()));
        }

        void leave() {
            run(() -> machine().leave(millis()));
            crash();
        }

        private void keepCounters() {
            if (machine != null) {
                count(machine.counters());
            }
        }

        /** Stands still for a while, and does not know it. */
        void pause(long millis) {
            pausedUntilNanos = scheduler.nowNanos() + millis * NANOS_PER_MILLI;
        }

        /** Whoever drives it sees that it stood still. */
        void noticePause() {
            run(() -> machine().onHeldUp(millis()));
        }

        /** Its clock goes ahead by so much at once. */
        void jumpClock(long millis) {
            clockMillis += millis;
        }

        /** The directory says that another node is down. */
        void hearIsDown(Contact other) {
            run(() -> machine().onNodeDown(millis(), other));
        }

        /** The directory says that another node may be down. */
        void hearIsSuspect(Contact other) {
            run(() -> machine().onNodeSuspected(millis(), other));
        }

        /** The second step of its only member, begun from outside. */
        void stepTowards(Position nearer) {
            run(() -> machine().lookup(millis(), ids.get(0), (now, result) -> member().secondStep(now, nearer)));
        }

        boolean takesForDead(Node other) {
            return machine().takesForDead(millis(), other.id);
        }

        void lookup(RingId point, Consumer<LookupResult> end) {
            run(() -> machine().lookup(millis(), point, (now, result) -> end.accept(result)));
        }

        void lookup(RingId point, RingOptions.Routing routing, Consumer<LookupResult> end) {
            run(() -> machine().lookup(millis(), point, routing, (now, result) -> end.accept(result)));
        }

        private long millis() {
            return nowMillis() + clockMillis;
        }

        /** One event of the machine, and when it wants the next. */
        private void run(Runnable event) {
            if (scheduler.executed() > eventsMax) {
                throw new AssertionError("more than " + eventsMax + " events");
            }
            event.run();
            RingNode current = machine();
            if (current.changes() != changes) {
                changes = current.changes();
                changed = true;
                scheduler.trace(changes);
            }
            wasMember = wasMember || current.members().iterator().hasNext();
            if (checksWakes) {
                checkWake();
            }
            scheduleWake();
            onEvent();
        }

        private void checkWake() {
            for (RingMember member : machine().members()) {
                long next = Math.min(member.nextMillis(), member.fingers().nextMillis());
                if (next < machine().nextWakeMillis()) {
                    throw new AssertionError(this + " wakes at " + machine().nextWakeMillis() + ", "
                            + RingInvariants.shortOf(member.self().id()) + " is due at " + next);
                }
            }
        }

        private void scheduleWake() {
            long next = machine().nextWakeMillis();
            if (next == Long.MAX_VALUE) {
                return;
            }
            long atNanos = Math.max(scheduler.nowNanos(), (next - clockMillis) * NANOS_PER_MILLI);
            if (atNanos < wakeNanos) {
                wakeNanos = atNanos;
                int ofLife = life;
                scheduler.after(atNanos - scheduler.nowNanos(), () -> wake(ofLife, atNanos));
            }
        }

        private void wake(int ofLife, long atNanos) {
            if (ofLife != life || atNanos != wakeNanos) {
                return;
            }
            if (isPaused()) {
                wakeNanos = pausedUntilNanos;
                long until = pausedUntilNanos;
                scheduler.after(until - scheduler.nowNanos(), () -> wake(ofLife, until));
                return;
            }
            wakeNanos = Long.MAX_VALUE;
            if (machine().nextWakeMillis() <= millis()) {
                run(() -> machine().onWake(millis()));
            } else {
                scheduleWake();
            }
        }

        boolean isPaused() {
            return pausedUntilNanos > scheduler.nowNanos();
        }

        private void whenAwake(Runnable event) {
            int ofLife = life;
            if (isPaused()) {
                scheduler.after(pausedUntilNanos - scheduler.nowNanos(), () -> {
                    if (ofLife == life) {
                        whenAwake(event);
                    }
                });
            } else {
                run(event);
            }
        }

        @Override
        public void send(Contact to, RingMessage message) {
            if (weighs && !encodes) {
                encodedBytes += RingCodec.encode(message).length;
            }
            Envelope envelope = forged.apply(new Envelope(id, to, encodes ? recoded(message) : message));
            if (held.test(envelope)) {
                heldBack.add(() -> network.send(contact.address(), to.address(), envelope));
            } else {
                network.send(contact.address(), to.address(), envelope);
            }
        }

        private RingMessage recoded(RingMessage message) {
            byte[] bytes = RingCodec.encode(message);
            encodedBytes += bytes.length;
            try {
                RingMessage decoded = RingCodec.decode(bytes);
                if (!decoded.equals(message)) {
                    throw new AssertionError(message + " was decoded as " + decoded);
                }
                return decoded;
            } catch (MalformedException e) {
                throw new AssertionError("what was encoded does not decode: " + message, e);
            }
        }

        @Override
        public void onMessage(NodeAddress from, Envelope envelope) {
            if (envelope.to().node().equals(id)) {
                waiting.add(envelope);
                whenAwake(() -> {
                    waiting.remove(envelope);
                    machine().onMessage(millis(), envelope.from(), envelope.message());
                });
            }
        }

        @Override
        public void onRefused(NodeAddress to, Envelope envelope) {
            whenAwake(() -> machine().onUnreachable(millis(), envelope.to()));
        }

        @Override
        public @Nullable Contact random(RandomSource source) {
            if (!hasDirectory) {
                return number == 0 ? null : nodes.get(0).contact();
            }
            if (nodes.size() < 2) {
                return null;
            }
            Node other = nodes.get(source.nextInt(nodes.size()));
            return other == this || other.incarnation == 0 ? null : other.contact();
        }

        @Override
        public @Nullable Position successor(RingId point, Predicate<NodeId> test) {
            if (!isDirectoryFull) {
                return null;
            }
            NavigableMap<RingId, RingMember> running = members();
            running.values().removeIf(member -> !test.test(member.self().owner().node()));
            Map.Entry<RingId, RingMember> behind = running.ceilingEntry(point);
            Map.Entry<RingId, RingMember> first = behind != null ? behind : running.firstEntry();
            return first == null ? null : first.getValue().self();
        }

        @Override
        public boolean refuses(Contact contact) {
            return refused.contains(contact.node());
        }

        @Override
        public void onSilent(long nowMillis, NodeId silent) {
            whenSilent.accept(this, silent);
        }

        @Override
        public String toString() {
            return "node " + number;
        }
    }
}

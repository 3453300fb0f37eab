package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Directories on a simulated network: one thread, one seed. Every message goes through its encoding. Nodes are numbered from 0;
 * a test says what becomes of them in verbs, and looks at what each holds of the others.
 */
final class DirectoryCluster {

    private final SimScheduler scheduler;
    private final SimRandom random;
    private final DirectoryOptions options;
    private final List<SimNode> nodes = new ArrayList<>();
    private final List<Told> events = new ArrayList<>();
    private Consumer<Told> onEvent = told -> {};
    private BiPredicate<Integer, Integer> isCut = (from, to) -> false;
    private double loss;
    private double duplication;
    private long delayMinMillis = 1;
    private long delayMaxMillis = 20;
    private boolean refusesAtOnce;
    private Plant plant = (from, message) -> message;
    private long messages;
    private long bytes;
    private int bytesOfNewsMax;
    private int bytesOfMessageMax;

    /** An event as {@code observer} told it at that time. */
    record Told(long millis, int observer, DirectoryEvent event) {}

    /** A fault planted into what is sent; null: it is not. */
    interface Plant {
        @Nullable
        DirectoryMessage change(int from, DirectoryMessage message);
    }

    /** A process, and the disk that outlives it. */
    private final class SimNode implements Outbox {
        private final int number;
        private final NodeId id;
        private NodeAddress address;
        private long incarnation;
        private byte[] image = new byte[0];
        private @Nullable Directory directory;
        private long life;
        private long pausedUntilMillis;
        private LongSupplier slowness = () -> 0;
        private long wakeMillis = Long.MAX_VALUE;

        private SimNode(int number, NodeId id) {
            this.number = number;
            this.id = id;
            this.address = Nodes.address(number);
        }

        private void start(List<NodeAddress> seeds, NodeState state) {
            incarnation++;
            life++;
            wakeMillis = Long.MAX_VALUE;
            NodeRecord record = Nodes.record(id, number, address, incarnation, state);
            directory = Directory.open(
                    millis(), options, new DirectoryStart(record, true, seeds, image), random.fork(), this);
            planWake();
        }

        /** Runs when the process does: not while it is paused, late where it is slow, never in a later life. */
        private void run(Consumer<Directory> action) {
            long of = life;
            long wait = Math.max(0, pausedUntilMillis - millis()) + slowness.getAsLong();
            if (wait > 0) {
                scheduler.afterMillis(wait, () -> runNow(of, action));
            } else {
                runNow(of, action);
            }
        }

        private void runNow(long of, Consumer<Directory> action) {
            if (directory == null || of != life) {
                return;
            }
            if (pausedUntilMillis > millis()) {
                run(action);
                return;
            }
            action.accept(directory);
            planWake();
        }

        private void planWake() {
            if (directory == null) {
                return;
            }
            long next = directory.nextWakeMillis();
            if (next < wakeMillis && next != Long.MAX_VALUE) {
                wakeMillis = next;
                long of = life;
                scheduler.afterMillis(Math.max(0, next - millis()), () -> wake(of, next));
            }
        }

        private void wake(long of, long planned) {
            if (of != life || planned != wakeMillis) {
                return;
            }
            wakeMillis = Long.MAX_VALUE;
            run(running -> running.onWake(millis()));
        }

        @Override
        public void send(Peer to, DirectoryMessage message) {
            DirectoryMessage planted = plant.change(number, message);
            if (planted != null) {
                transmit(this, to, planted);
            }
        }

        @Override
        public void tell(DirectoryEvent event) {
            Told told = new Told(millis(), number, event);
            events.add(told);
            scheduler.trace(event.hashCode());
            onEvent.accept(told);
        }

        @Override
        public void store(byte[] stored) {
            image = stored;
        }
    }

    DirectoryCluster(long seed, DirectoryOptions options) {
        this.scheduler = new SimScheduler(seed);
        this.random = scheduler.random().fork();
        this.options = options;
    }

    SimRandom random() {
        return scheduler.random();
    }

    long millis() {
        return scheduler.nowMillis();
    }

    // what happens to nodes

    /** Adds so many nodes that never ran. */
    DirectoryCluster add(int count) {
        for (int i = 0; i < count; i++) {
            nodes.add(new SimNode(nodes.size(), Nodes.id(nodes.size())));
        }
        return this;
    }

    /** Starts all, with the first as the only seed. */
    DirectoryCluster startAll() {
        IntStream.range(0, nodes.size()).forEach(this::start);
        return this;
    }

    void start(int number) {
        start(number, NodeState.ALIVE);
    }

    void start(int number, NodeState state) {
        nodes.get(number).start(List.of(Nodes.address(0)), state);
    }

    void startWithSeeds(int number, int... seeds) {
        List<NodeAddress> addresses =
                IntStream.of(seeds).mapToObj(Nodes::address).toList();
        nodes.get(number).start(addresses, NodeState.ALIVE);
    }

    void startWithoutSeeds(int number) {
        nodes.get(number).start(List.of(), NodeState.ALIVE);
    }

    void crash(int number) {
        nodes.get(number).directory = null;
        nodes.get(number).life++;
    }

    void stop(int number) {
        SimNode node = nodes.get(number);
        if (node.directory != null) {
            node.directory.stop(millis());
        }
        crash(number);
    }

    /** The whole process stands still: timers and messages wait. */
    void pause(int number, long millis) {
        nodes.get(number).pausedUntilMillis = millis() + millis;
    }

    /** Whatever the node does, it does that much later, each time another delay. */
    void slow(int number, long minMillis, long maxMillis) {
        nodes.get(number).slowness = maxMillis == 0 ? () -> 0 : () -> random.nextLong(minMillis, maxMillis + 1);
    }

    void move(int number, NodeAddress address) {
        nodes.get(number).address = address;
    }

    void wipeImage(int number) {
        nodes.get(number).image = new byte[0];
    }

    void giveImage(int number, byte[] image) {
        nodes.get(number).image = image;
    }

    void damageImage(int number) {
        byte[] image = nodes.get(number).image;
        if (image.length > 0) {
            image[image.length / 2] ^= 1;
        }
    }

    /** A new node on a copy of the disk of {@code original}. */
    int copyDisk(int original) {
        SimNode from = nodes.get(original);
        SimNode copy = new SimNode(nodes.size(), from.id);
        copy.incarnation = from.incarnation;
        copy.image = from.image.clone();
        nodes.add(copy);
        return copy.number;
    }

    /** Sets the disk back by so many starts. */
    void rollBack(int number, int starts) {
        nodes.get(number).incarnation -= starts;
        nodes.get(number).image = new byte[0];
    }

    // what happens to the network

    void loss(double probability) {
        loss = probability;
    }

    void duplication(double probability) {
        duplication = probability;
    }

    void delay(long minMillis, long maxMillis) {
        delayMinMillis = minMillis;
        delayMaxMillis = maxMillis;
    }

    /** Whether who sends to a process that is not there is told so, as a broken connection does. */
    void refuseAtOnce(boolean refuses) {
        refusesAtOnce = refuses;
    }

    void cut(BiPredicate<Integer, Integer> between) {
        isCut = between;
    }

    void heal() {
        isCut = (from, to) -> false;
    }

    void plant(Plant fault) {
        plant = fault;
    }

    // time

    void run(long millis) {
        scheduler.advanceMillis(millis);
    }

    /** How long it took. */
    long runUntil(BooleanSupplier condition, long millisMax, String what) {
        long from = millis();
        while (!condition.getAsBoolean()) {
            if (millis() - from > millisMax) {
                throw new AssertionError("not within " + millisMax + " ms: " + what + "; " + this);
            }
            run(50);
        }
        return millis() - from;
    }

    // what they hold

    boolean isRunning(int number) {
        return nodes.get(number).directory != null;
    }

    Directory directory(int number) {
        Directory directory = nodes.get(number).directory;
        if (directory == null) {
            throw new AssertionError("node " + number + " is not running; " + this);
        }
        return directory;
    }

    void with(int number, Consumer<Directory> action) {
        action.accept(directory(number));
        nodes.get(number).planWake();
    }

    int size() {
        return nodes.size();
    }

    List<Integer> running() {
        return IntStream.range(0, nodes.size()).filter(this::isRunning).boxed().toList();
    }

    @Nullable
    NodeState stateOf(int number, int observer) {
        NodeRecord record = directory(observer).node(nodes.get(number).id);
        return record == null ? null : record.state();
    }

    /** Each running node holds each running node to be alive at its newest address, and all others not to be alive. */
    boolean isSettled() {
        return running().stream()
                .allMatch(observer -> nodes.stream().allMatch(node -> isRight(directory(observer), node)));
    }

    private static boolean isRight(Directory observer, SimNode node) {
        NodeRecord record = observer.node(node.id);
        if (node.directory == null) {
            return record == null || record.state() == NodeState.DOWN || record.state() == NodeState.DECOMMISSIONED;
        }
        return record != null
                && record.state() == NodeState.ALIVE
                && record.contact().incarnation() == node.incarnation
                && record.contact().address().equals(node.address);
    }

    boolean isDownEverywhere(int number) {
        return running().stream().allMatch(observer -> stateOf(number, observer) == NodeState.DOWN);
    }

    boolean isAliveEverywhere(int number) {
        return running().stream().allMatch(observer -> stateOf(number, observer) == NodeState.ALIVE);
    }

    long count(Counter counter) {
        return running().stream()
                .mapToLong(number -> directory(number).count(counter))
                .sum();
    }

    List<Told> events() {
        return events;
    }

    void onEvent(Consumer<Told> listener) {
        onEvent = listener;
    }

    /** The number of the running node that is meant; -1 if none is. */
    int numberOf(NodeRecord record) {
        return nodes.stream()
                .filter(node -> node.id.equals(record.contact().node()))
                .mapToInt(node -> node.number)
                .findFirst()
                .orElse(-1);
    }

    long messages() {
        return messages;
    }

    /** Sent by all nodes, lost ones included. */
    long bytes() {
        return bytes;
    }

    /** Of the news on one message. */
    int bytesOfNewsMax() {
        return bytesOfNewsMax;
    }

    int bytesOfMessageMax() {
        return bytesOfMessageMax;
    }

    long traceHash() {
        return scheduler.traceHash();
    }

    private void transmit(SimNode from, Peer to, DirectoryMessage message) {
        byte[] encoded = DirectoryCodec.encode(message);
        messages++;
        bytes += encoded.length;
        bytesOfMessageMax = Math.max(bytesOfMessageMax, encoded.length);
        measureNews(message, encoded.length);
        scheduler.trace(Arrays.hashCode(encoded));
        int copies = random.chance(loss) ? 0 : random.chance(duplication) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long delay = random.nextLong(delayMinMillis, delayMaxMillis + 1);
            scheduler.afterMillis(delay, () -> arrive(from, to, encoded));
        }
    }

    private void measureNews(DirectoryMessage message, int length) {
        if (message.body() instanceof DirectoryMessage.Ping || message.body() instanceof DirectoryMessage.Ack) {
            bytesOfNewsMax = Math.max(bytesOfNewsMax, length);
        }
    }

    private void arrive(SimNode from, Peer to, byte[] encoded) {
        SimNode target = nodes.stream()
                .filter(node -> node.directory != null && node.address.equals(to.address()))
                .findFirst()
                .orElse(null);
        boolean isOther = target != null && to.node() != null && !to.node().equals(target.id);
        if (target != null && isCut.test(from.number, target.number)) {
            return;
        }
        if (target == null || isOther) {
            refuse(from, to);
            return;
        }
        target.run(directory -> directory.onMessage(millis(), from.id, decode(encoded)));
    }

    private void refuse(SimNode from, Peer to) {
        NodeId node = to.node();
        if (refusesAtOnce && node != null) {
            from.run(directory -> directory.onUnreachable(millis(), node));
        }
    }

    private static DirectoryMessage decode(byte[] encoded) {
        try {
            return DirectoryCodec.decode(encoded);
        } catch (MalformedException e) {
            throw new AssertionError("own message is not understood", e);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(scheduler.toString());
        for (SimNode node : nodes) {
            Directory directory = node.directory;
            text.append("\n  ").append(node.number).append(directory == null ? " gone" : " holds");
            if (directory != null) {
                directory
                        .nodes()
                        .forEach(record -> text.append(' ')
                                .append(numberOf(record))
                                .append(':')
                                .append(record.state()));
            }
        }
        return text.toString();
    }
}

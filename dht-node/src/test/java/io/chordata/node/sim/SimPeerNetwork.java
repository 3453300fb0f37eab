package io.chordata.node.sim;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The network between simulated processes: delivers within some milliseconds, in order from one process to another, and
 * refuses where nobody listens. What is under way to a process that stops is lost. Where it is told to, connections break,
 * messages come late and hold up those behind them, and ways are cut; whoever sends into a cut hears after some seconds that
 * nobody can be reached.
 */
public final class SimPeerNetwork {
    private static final long MILLI_NANOS = 1_000_000;
    private static final long LATENCY_NANOS_MAX = 5 * MILLI_NANOS;
    private static final long CUT_NOTICED_MILLIS_MAX = 5_000;

    private final SimScheduler scheduler;
    private final Map<String, SimPeers> listening = new TreeMap<>();

    /** When the newest delivery of each pair is due, as none may overtake it. */
    private final Map<String, Long> lastDeliveryNanos = new TreeMap<>();

    private final Set<String> silent = new TreeSet<>();

    /** Who will be told soon that the other cannot be reached. */
    private final Set<String> noticing = new TreeSet<>();

    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private Weather weather = Weather.FAIR;
    private Cut cut = (from, to) -> false;
    private long processes;

    /** Which ways are cut; one-way where it says so for one direction only. */
    public interface Cut {
        boolean isCut(NodeAddress from, NodeAddress to);
    }

    public enum Fault {
        BROKEN,
        LATE,
        CUT_OFF
    }

    /**
     * @param latencyMaxMillis of a message that is not late
     * @param breakChance that the connection breaks: the message is lost, and the sender told
     * @param lateChance that a message takes up to {@code lateMaxMillis}
     */
    public record Weather(long latencyMaxMillis, double breakChance, double lateChance, long lateMaxMillis) {
        public static final Weather FAIR = new Weather(LATENCY_NANOS_MAX / MILLI_NANOS, 0, 0, 0);
    }

    public SimPeerNetwork(SimScheduler scheduler) {
        this.scheduler = scheduler;
    }

    public void become(Weather next) {
        weather = next;
    }

    public void cut(Cut next) {
        cut = next;
    }

    public void mend() {
        cut = (from, to) -> false;
    }

    /** From now on what is sent to or from there is lost, and nobody is told. */
    public void silence(NodeAddress address) {
        silent.add(address.toString());
    }

    public long faults(Fault kind) {
        return faults.getOrDefault(kind, 0L);
    }

    private void count(Fault fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    /** Tells a process from its restart. */
    long nextNumber() {
        return ++processes;
    }

    void listen(NodeAddress address, SimPeers process) {
        if (listening.putIfAbsent(address.toString(), process) != null) {
            throw new IllegalStateException(address + " is taken");
        }
    }

    void stop(NodeAddress address) {
        SimPeers stopped = listening.remove(address.toString());
        if (stopped != null) {
            listening.values().forEach(other -> after(other, () -> other.onDisconnected(stopped)));
        }
    }

    /** Who is there, if it is the node that is meant. */
    @Nullable
    SimPeers at(NodeAddress address, @Nullable NodeId meant) {
        SimPeers found = listening.get(address.toString());
        return found == null || (meant != null && !meant.equals(found.node())) ? null : found;
    }

    /** Runs {@code delivery} at {@code to}, unless it has stopped by then. */
    void deliver(SimPeers from, SimPeers to, Consumer<SimPeers> delivery) {
        if (isSilent(from) || isSilent(to)) {
            return;
        }
        String pair = from.number() + ">" + to.number();
        if (isCut(from, to)) {
            noticeCut(pair, from, to);
            return;
        }
        if (weather.breakChance() > 0 && scheduler.random().chance(weather.breakChance())) {
            count(Fault.BROKEN);
            after(from, () -> from.onBroken(to));
            return;
        }
        long at = Math.max(scheduler.nowNanos() + latencyNanos(), lastDeliveryNanos.getOrDefault(pair, 0L));
        lastDeliveryNanos.put(pair, at);
        scheduler.after(at - scheduler.nowNanos(), () -> {
            if (!to.isStopped() && !isCut(from, to)) {
                delivery.accept(to);
            }
        });
    }

    private long latencyNanos() {
        long maxMillis = weather.latencyMaxMillis();
        if (weather.lateChance() > 0 && scheduler.random().chance(weather.lateChance())) {
            count(Fault.LATE);
            maxMillis = weather.lateMaxMillis();
        }
        return scheduler.random().nextLong(0, maxMillis * MILLI_NANOS);
    }

    private boolean isSilent(SimPeers process) {
        return silent.contains(process.address().toString());
    }

    private boolean isCut(SimPeers from, SimPeers to) {
        return cut.isCut(from.address(), to.address());
    }

    private void noticeCut(String pair, SimPeers from, SimPeers to) {
        count(Fault.CUT_OFF);
        if (noticing.add(pair)) {
            afterMillis(1 + scheduler.random().nextLong(0, CUT_NOTICED_MILLIS_MAX), () -> {
                noticing.remove(pair);
                if (!from.isStopped() && isCut(from, to)) {
                    from.onBroken(to);
                }
            });
        }
    }

    /** Runs {@code task} for a process a little later, unless it has stopped by then. */
    void after(SimPeers process, Runnable task) {
        scheduler.after(scheduler.random().nextLong(0, LATENCY_NANOS_MAX), () -> {
            if (!process.isStopped()) {
                task.run();
            }
        });
    }

    void afterMillis(long millis, Runnable task) {
        scheduler.after(millis * MILLI_NANOS, task);
    }
}

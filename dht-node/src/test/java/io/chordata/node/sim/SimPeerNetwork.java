package io.chordata.node.sim;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The network between simulated processes: delivers within some milliseconds, in order from one process to another, and
 * refuses where nobody listens. What is under way to a process that stops is lost.
 */
public final class SimPeerNetwork {
    private static final long MILLI_NANOS = 1_000_000;
    private static final long LATENCY_NANOS_MAX = 5 * MILLI_NANOS;

    private final SimScheduler scheduler;
    private final Map<String, SimPeers> listening = new TreeMap<>();

    /** When the newest delivery of each pair is due, as none may overtake it. */
    private final Map<String, Long> lastDeliveryNanos = new TreeMap<>();

    private long processes;

    public SimPeerNetwork(SimScheduler scheduler) {
        this.scheduler = scheduler;
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
        String pair = from.number() + ">" + to.number();
        long at = Math.max(
                scheduler.nowNanos() + scheduler.random().nextLong(0, LATENCY_NANOS_MAX),
                lastDeliveryNanos.getOrDefault(pair, 0L));
        lastDeliveryNanos.put(pair, at);
        scheduler.after(at - scheduler.nowNanos(), () -> {
            if (!to.isStopped()) {
                delivery.accept(to);
            }
        });
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

package io.chordata.node.sim;

import io.chordata.node.core.NodeAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network of addresses between which messages are delayed, lost, doubled and put out of order, and which is cut as one
 * likes. Everything it does follows from the scheduler's seed.
 *
 * @param <M> what is sent; messages are passed as they are, so they must be immutable
 */
public final class SimNetwork<M> {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SimScheduler scheduler;
    private final SimRandom random;
    private final Map<NodeAddress, Endpoint<M>> endpoints = new HashMap<>();
    private final Map<Long, M> underWay = new LinkedHashMap<>();
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private Weather weather = Weather.FAIR;
    private Delays delays = this::weatherDelay;
    private Cut cut = (from, to) -> false;
    private Harm<M> harm = message -> true;
    private final Map<Way, Long> latest = new LinkedHashMap<>();
    private long sent;
    private long flights;
    private boolean tracks = true;

    /** Whatever listens at an address. */
    public interface Endpoint<M> {
        void onMessage(NodeAddress from, M message);

        /** Nobody listens where this message was sent. */
        void onRefused(NodeAddress to, M message);
    }

    /** Which ways are cut; one-way where it says so for one direction only. */
    public interface Cut {
        boolean isCut(NodeAddress from, NodeAddress to);
    }

    /** Which messages may be lost or come late. Asked once for each that would be, so that it can keep count. */
    public interface Harm<M> {
        boolean allows(M message);
    }

    private record Way(NodeAddress from, NodeAddress to) {}

    /** How long a message takes. */
    public interface Delays {
        long nanos(NodeAddress from, NodeAddress to);
    }

    public enum Fault {
        LOST,
        DOUBLED,
        LATE,
        /** It arrived after one that was sent later on the same way. */
        REORDERED,
        CUT_OFF,
        REFUSED
    }

    /**
     * @param lateChance that a message takes up to {@code lateMaxMillis}
     */
    public record Weather(
            long delayMinMillis,
            long delayMaxMillis,
            double lossChance,
            double doubleChance,
            double lateChance,
            long lateMaxMillis) {
        public static final Weather FAIR = new Weather(1, 20, 0, 0, 0, 0);
    }

    public SimNetwork(SimScheduler scheduler) {
        this.scheduler = scheduler;
        this.random = scheduler.random().fork();
    }

    public void attach(NodeAddress address, Endpoint<M> endpoint) {
        endpoints.put(address, endpoint);
    }

    public void detach(NodeAddress address) {
        endpoints.remove(address);
    }

    public void become(Weather next) {
        weather = next;
    }

    public void delayBy(Delays next) {
        delays = next;
    }

    public void harmOnly(Harm<M> next) {
        harm = next;
    }

    public void cut(Cut next) {
        cut = next;
    }

    public void mend() {
        cut = (from, to) -> false;
    }

    /** Without it large runs are faster, and nobody can ask what is under way. */
    public void stopTracking() {
        tracks = false;
    }

    /** Sent, and not yet arrived. */
    public Collection<M> underWay() {
        return List.copyOf(underWay.values());
    }

    public long sent() {
        return sent;
    }

    public long faults(Fault kind) {
        return faults.getOrDefault(kind, 0L);
    }

    /** Where everything works a message arrives once; nobody at the address is told to the sender, as by a refused connection. */
    public void send(NodeAddress from, NodeAddress to, M message) {
        sent++;
        if (cut.isCut(from, to)) {
            count(Fault.CUT_OFF);
            return;
        }
        if (random.chance(weather.lossChance()) && harm.allows(message)) {
            count(Fault.LOST);
            return;
        }
        carry(from, to, message);
        if (random.chance(weather.doubleChance())) {
            count(Fault.DOUBLED);
            carry(from, to, message);
        }
    }

    private void count(Fault kind) {
        faults.merge(kind, 1L, Long::sum);
    }

    private void carry(NodeAddress from, NodeAddress to, M message) {
        Long flight = tracks ? track(message) : null;
        scheduler.after(delayOf(from, to, message), () -> {
            if (flight != null) {
                underWay.remove(flight);
                noteOrder(new Way(from, to), flight);
            }
            arrive(from, to, message);
        });
    }

    private void noteOrder(Way way, Long flight) {
        if (latest.merge(way, flight, Math::max) > flight) {
            count(Fault.REORDERED);
        }
    }

    private Long track(M message) {
        underWay.put(++flights, message);
        return flights;
    }

    private long delayOf(NodeAddress from, NodeAddress to, M message) {
        if (random.chance(weather.lateChance()) && harm.allows(message)) {
            count(Fault.LATE);
            return delayUpTo(weather.lateMaxMillis());
        }
        return delays.nanos(from, to);
    }

    private long weatherDelay(NodeAddress from, NodeAddress to) {
        return delayUpTo(weather.delayMaxMillis());
    }

    private long delayUpTo(long mostMillis) {
        return random.nextLong(weather.delayMinMillis() * NANOS_PER_MILLI, mostMillis * NANOS_PER_MILLI + 1);
    }

    private void arrive(NodeAddress from, NodeAddress to, M message) {
        if (cut.isCut(from, to)) {
            count(Fault.CUT_OFF);
            return;
        }
        Endpoint<M> receiver = endpoints.get(to);
        if (receiver != null) {
            receiver.onMessage(from, message);
            return;
        }
        Endpoint<M> sender = endpoints.get(from);
        if (sender != null && !cut.isCut(to, from)) {
            count(Fault.REFUSED);
            scheduler.after(delays.nanos(to, from), () -> {
                if (endpoints.get(from) == sender) {
                    sender.onRefused(to, message);
                }
            });
        }
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        faults.forEach((kind, count) -> parts.add(kind + "=" + count));
        return "sent=" + sent + " " + String.join(" ", parts);
    }
}

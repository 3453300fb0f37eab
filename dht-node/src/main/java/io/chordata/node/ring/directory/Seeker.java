package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.ring.directory.DirectoryMessage.Ping;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for the others while none is heard: at the start, and when this node is cut off. Tries the seeds, and by chance whoever
 * was ever known, down or not; as long as one address still holds, the cluster finds itself again.
 *
 * <p>Seeds at whose address nobody is known to be up are tried for ever: two newcomers that found each other while the seed was
 * not up yet would else be content with themselves. The more nodes there are, the more rarely each of them does that.
 */
final class Seeker {
    private static final int SEEDS_AT_ONCE = 4;
    private static final int NODES_AT_ONCE = 8;
    private static final int ALONE_PERIODS = 5;
    private static final int OPEN_MAX = 128;
    /** Of the whole cluster together, in each period. */
    private static final int STRANGERS_AT_ONCE = 8;

    private final Parts parts;
    private final Courier courier;
    private final List<NodeAddress> seeds;
    private final Set<Long> open = new LinkedHashSet<>();
    private long heardMillis;
    private int nextSeed;

    Seeker(Parts parts, Courier courier, List<NodeAddress> seeds) {
        this.parts = parts;
        this.courier = courier;
        this.seeds = List.copyOf(seeds);
    }

    void start() {
        heardMillis = parts.agenda().now() - ALONE_PERIODS * parts.options().probePeriodMillis();
        parts.agenda().in(parts.random().nextInt(100), this::onPeriod);
    }

    void heard() {
        heardMillis = parts.agenda().now();
    }

    /** Whether it answers an open question. Who answers there is not known before. */
    boolean onAck(long number) {
        return open.remove(number);
    }

    private void onPeriod() {
        parts.agenda().in(parts.jitter(parts.options().probePeriodMillis()), this::onPeriod);
        long silence = parts.agenda().now() - heardMillis;
        if (silence >= ALONE_PERIODS * parts.options().probePeriodMillis()) {
            seek();
        } else {
            seekStranger();
        }
    }

    private void seekStranger() {
        List<NodeAddress> strangers = seeds.stream().filter(this::isStranger).toList();
        if (!strangers.isEmpty() && parts.random().nextInt(parts.table().size()) < STRANGERS_AT_ONCE) {
            NodeAddress stranger = strangers.get(nextSeed++ % strangers.size());
            courier.send(new Peer(stranger, null), new Ping(number()));
        }
    }

    private boolean isStranger(NodeAddress seed) {
        return parts.table().all().stream()
                .noneMatch(entry ->
                        entry.member().isUp() && entry.member().address().equals(seed));
    }

    private void seek() {
        for (int i = 0; i < Math.min(SEEDS_AT_ONCE, seeds.size()); i++) {
            courier.send(new Peer(seeds.get(nextSeed++ % seeds.size()), null), new Ping(number()));
        }
        for (NodeId node : parts.order().sample(NODES_AT_ONCE, node -> true)) {
            Entry entry = parts.table().get(node);
            if (entry != null && !entry.member().isDecommissioned()) {
                courier.send(entry, new Ping(number()));
            }
        }
    }

    private long number() {
        long number = parts.numbers().next();
        open.add(number);
        if (open.size() > OPEN_MAX) {
            open.remove(open.iterator().next());
        }
        return number;
    }
}

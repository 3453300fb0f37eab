package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RandomSource;
import org.jspecify.annotations.Nullable;

/** What the parts of a directory have in common. */
record Parts(
        DirectoryOptions options,
        RandomSource random,
        Outbox outbox,
        Agenda agenda,
        MemberTable table,
        ProbeOrder order,
        GossipQueue gossip,
        LocalHealth health,
        Counters counters,
        Numbers numbers) {
    /** Numbers for questions, none of them twice. */
    static final class Numbers {
        private long last;

        long next() {
            return ++last;
        }
    }

    static Parts of(DirectoryOptions options, long nowMillis, RandomSource random, Outbox outbox) {
        return new Parts(
                options,
                random,
                outbox,
                new Agenda(nowMillis, options.probeTimeoutMillis()),
                new MemberTable(),
                new ProbeOrder(random),
                new GossipQueue(),
                new LocalHealth(HEALTH_MAX),
                new Counters(),
                new Numbers());
    }

    private static final int HEALTH_MAX = 8;

    boolean isUp(NodeId node) {
        Entry entry = table.get(node);
        return entry != null && entry.member().isUp();
    }

    boolean isDown(NodeId node) {
        Entry entry = table.get(node);
        return entry != null && entry.member().isDown();
    }

    /** Up, and not even suspected. */
    boolean isWell(NodeId node) {
        Entry entry = table.get(node);
        return entry != null && entry.member().isUp() && entry.member().verdict() == Verdict.LIVE;
    }

    void count(Counter counter) {
        counters.count(counter);
    }

    void tell(DirectoryEvent.Kind kind, @Nullable Member before, @Nullable Member after) {
        outbox.tell(new DirectoryEvent.NodeEvent(
                kind, before == null ? null : before.record(), after == null ? null : after.record()));
    }

    /** A little more or less, so that nodes do not fall into step. */
    long jitter(long millis) {
        int tenth = (int) Math.max(1, millis / 10);
        return millis - tenth + random.nextInt(2 * tenth + 1);
    }
}

package io.chordata.node.partition;

import io.chordata.node.partition.raft.RaftEvent;
import io.chordata.node.partition.raft.RaftEventCounter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What happened in the groups of a node, since its start. From any thread. */
final class RaftCounters implements RaftEventCounter {
    private final Map<RaftEvent, LongAdder> counts = new EnumMap<>(RaftEvent.class);

    RaftCounters() {
        for (RaftEvent event : RaftEvent.values()) {
            counts.put(event, new LongAdder());
        }
    }

    @Override
    public void count(RaftEvent event) {
        adderOf(event).increment();
    }

    long of(RaftEvent event) {
        return adderOf(event).sum();
    }

    private LongAdder adderOf(RaftEvent event) {
        LongAdder adder = counts.get(event);
        if (adder == null) {
            throw new IllegalStateException("no counter of " + event);
        }
        return adder;
    }
}

package io.chordata.node.partition.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What clients have asked of one replica and wait for. */
final class RaftClientBook {
    private final RaftReplica replica;
    /** By index. */
    private final TreeMap<Long, Proposed> proposed = new TreeMap<>();

    private final List<Read> joined = new ArrayList<>();
    private final List<Confirmed> confirmed = new ArrayList<>();

    private record Proposed(long term, byte[] command) {}

    /**
     * @param observed the index, and
     * @param observedWrite the last write of the key, that clients had seen before
     */
    private record Read(long round, int key, long observed, long observedWrite) {}

    private record Confirmed(Read read, long index) {}

    RaftClientBook(RaftReplica replica) {
        this.replica = replica;
    }

    /** @return whether the replica took it */
    boolean propose(byte[] command) {
        boolean takes = replica.leads() && replica.group().mayPropose();
        if (takes) {
            replica.turn(() -> {
                long index = replica.group().propose(EntryKind.COMMAND, command);
                proposed.put(index, new Proposed(replica.leadsIn(), command));
            });
        }
        return takes;
    }

    /** @return whether the replica took it */
    boolean read(int key) {
        boolean takes = replica.leads();
        if (takes) {
            replica.turn(() -> {
                long round = replica.group().joinRead();
                joined.add(new Read(
                        round,
                        key,
                        replica.oracle().observed(),
                        replica.oracle().observedWrite(key)));
            });
        }
        return takes;
    }

    boolean isAnswered() {
        return proposed.isEmpty() && joined.isEmpty() && confirmed.isEmpty();
    }

    void onApplied(LogEntry entry, Ledger ledger) {
        Proposed here = proposed.remove(entry.index());
        if (here != null && here.term() == entry.term()) {
            replica.oracle().onAcknowledged(entry.index(), here.command());
        }
        onState(ledger);
    }

    void onState(Ledger ledger) {
        confirmed.removeIf(waiting -> {
            boolean isReached = waiting.index() <= ledger.index();
            if (isReached) {
                replica.oracle()
                        .onReadAnswered(waiting.read().key(), waiting.read().observedWrite(), ledger);
            }
            return isReached;
        });
    }

    void onConfirmed(long round, long index) {
        joined.removeIf(read -> {
            boolean isMeant = read.round() <= round;
            if (isMeant) {
                replica.oracle().onReadConfirmed(read.observed(), index);
                confirmed.add(new Confirmed(read, index));
            }
            return isMeant;
        });
        replica.later(0, () -> onState(replica.ledger()));
    }

    void onRoleChanged() {
        joined.clear();
    }
}

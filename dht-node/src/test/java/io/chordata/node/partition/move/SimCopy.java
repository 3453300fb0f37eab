package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.HardState;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftOutbox.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a node's disk holds of one partition: all of it synced. */
final class SimCopy {
    private final NodeId node;
    long tenure;
    Configuration founding;
    HardState hardState = HardState.NONE;
    final List<LogEntry> entries = new ArrayList<>();
    /** Up to where it is known that the log is committed. */
    long applied;
    /** Blocks, by number. */
    final Set<Long> blocks = new TreeSet<>();
    /** The copy was deleted: what is left is the tombstone. */
    boolean isBuried;

    SimCopy(Member self, Configuration founding) {
        this.node = self.node();
        this.tenure = self.tenure();
        this.founding = founding;
    }

    Member self() {
        return new Member(node, tenure);
    }

    void write(Write write) {
        HardState next = write.hardState();
        if (next != null) {
            hardState = next;
        }
        if (write.truncateFrom() > 0) {
            entries.subList((int) Math.min(entries.size(), write.truncateFrom() - 1), entries.size())
                    .clear();
        }
        entries.addAll(write.entries());
    }

    void bury() {
        isBuried = true;
        entries.clear();
        applied = 0;
        blocks.clear();
    }

    /** Begins anew under another tenure; term and vote stay. */
    void beginAnew(Member self, Configuration seen) {
        entries.clear();
        applied = 0;
        blocks.clear();
        isBuried = false;
        tenure = self.tenure();
        founding = seen;
    }

    @Override
    public String toString() {
        return self() + (isBuried ? " buried" : "") + " log " + entries.size() + " applied " + applied + " blocks "
                + blocks.size();
    }
}

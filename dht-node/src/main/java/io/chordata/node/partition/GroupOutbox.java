package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftMessage;
import io.chordata.node.partition.raft.RaftOutbox;
import java.util.List;

/** What a {@link PartitionGroup} wants done. Each call is answered by the event that it names. */
interface GroupOutbox {
    /** Calls {@link PartitionGroup#flush} at the end of this turn of the loop, or at once. */
    void flushSoon();

    /** Makes it durable; later, never before it returns, {@link PartitionGroup#onPersisted}. */
    void persist(RaftOutbox.Write write);

    /** Applies the entries; then, perhaps before it returns, {@link PartitionGroup#onApplied}. */
    void apply(List<LogEntry> entries);

    /** Loads entries {@code from} to {@code to}, or the first of them, and applies them; then as {@link #apply}. */
    void replay(long from, long to);

    void send(RaftMessage message);

    /** Reads entries for a follower; then {@link PartitionGroup#onLoaded}. */
    void load(Member follower, long from, long to);

    /** Keeps the state of now ready for the follower and offers it; in the end {@link PartitionGroup#onSnapshotOver}. */
    void prepareSnapshot(Member follower);

    /**
     * Fetches the state and puts it in place of the one here; then {@link PartitionGroup#onInstalled} or
     * {@link PartitionGroup#onInstallFailed}.
     */
    void install(NodeId leader, SnapshotRequest request);

    /** The group went on in a later generation: what is here is kept, and takes part in nothing. */
    void onLeftBehind();

    /** It is the leader no more: what was kept ready for followers can go. */
    void onLeadershipLost();

    /** What {@link PartitionGroup#standing} says may be another. */
    void onStandingChanged();

    /** An entry is committed that only a later version can apply: the rows stay behind it. */
    void onUnknownLevel(LogEntry entry);
}

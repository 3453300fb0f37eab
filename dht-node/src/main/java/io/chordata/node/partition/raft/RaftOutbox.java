package io.chordata.node.partition.raft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the machine wants done. It asks within {@link RaftGroup#flush} only; nothing here may call the machine back before it
 * returns.
 */
public interface RaftOutbox {
    /** Makes it durable, after all that was asked before; then {@link RaftGroup#onPersisted}. */
    void persist(Write write);

    /** Sends it, if possible. It may be lost, late, doubled. */
    void send(RaftMessage message);

    /**
     * Reads entries from {@code from} on for a follower that lags, as many as a message takes, up to {@code to}; then
     * {@link RaftGroup#onLoaded}.
     */
    void load(Member follower, long from, long to);

    /**
     * The log does not reach back to where the follower's ends: has the state ready for it and calls
     * {@link RaftGroup#offerSnapshot}, again now and then; in the end {@link RaftGroup#onSnapshotOver}.
     */
    void prepareSnapshot(Member follower);

    /** Fetches from the leader the state at {@code index}; then {@link RaftGroup#onInstalled} or {@link RaftGroup#onInstallFailed}. */
    void install(Member leader, long index);

    /** Entries up to {@code index} are committed and synced here: they may be applied. */
    void commit(long index);

    /** Reads that joined round {@code round} or an earlier one may be answered once {@code index} is applied. */
    void confirmReads(long round, long index);

    /** It became, or ceased to be, the leader; or it learned who is. What joined reads as a leader will not be confirmed. */
    void changeRole(RaftRole role, long term, @Nullable Member leader);

    /** The newest configuration in the log changed. */
    void changeConfiguration(Configuration configuration);

    /**
     * Something that must be durable. In one step: entries from {@code truncateFrom} on go, {@code entries} come.
     *
     * @param number rises by 1
     * @param hardState if it changed
     * @param truncateFrom index; 0 if nothing goes
     * @param entries following on each other
     */
    record Write(long number, @Nullable HardState hardState, long truncateFrom, List<LogEntry> entries) {
        public Write {
            entries = List.copyOf(entries);
        }
    }
}

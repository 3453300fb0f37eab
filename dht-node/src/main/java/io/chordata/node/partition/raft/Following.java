package io.chordata.node.partition.raft;

import io.chordata.node.partition.raft.RaftMessage.Append;
import io.chordata.node.partition.raft.RaftMessage.AppendAnswer;
import io.chordata.node.partition.raft.RaftMessage.Heartbeat;
import io.chordata.node.partition.raft.RaftMessage.HeartbeatAnswer;
import io.chordata.node.partition.raft.RaftMessage.SnapshotOffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a replica takes its leader's log (Raft, section 5.3). */
final class Following {
    private final RaftState state;
    private boolean installing;
    private @Nullable Wanted wanted;

    /** A state that is yet to be asked for. */
    private record Wanted(Member leader, long index) {}

    Following(RaftState state) {
        this.state = state;
    }

    void onAppend(Member leader, Append append) {
        if (installing) {
            return;
        }
        long commit = state.log.commit();
        if (append.lastIndex() < commit) {
            state.count(RaftEvent.APPEND_BEFORE_COMMIT);
            accept(leader, commit);
        } else if (append.prevIndex() >= commit && !hasEntry(append.prevIndex(), append.prevTerm())) {
            refuse(leader, append);
        } else {
            take(append.entries(), commit);
            state.count(RaftEvent.APPEND_ACCEPTED);
            state.log.commitTo(state.rules.commitShown(append.commit(), append.lastIndex()));
            accept(leader, append.lastIndex());
        }
    }

    private boolean hasEntry(long index, long term) {
        return term != TermRuns.UNKNOWN && state.log.termOf(index) == term;
    }

    private void refuse(Member leader, Append append) {
        state.count(RaftEvent.APPEND_REFUSED);
        long hint = state.log.lastUpTo(append.prevIndex(), append.prevTerm());
        state.send(leader, AppendAnswer.refused(append.prevIndex(), hint, state.log.termOf(hint), level()));
    }

    private void accept(Member leader, long index) {
        state.sendDurably(leader, AppendAnswer.accepted(index, level()));
    }

    private int level() {
        return state.options.supportedLevel();
    }

    private void take(List<LogEntry> entries, long commit) {
        for (LogEntry entry : entries) {
            if (entry.index() <= commit) {
                continue;
            }
            long ownTerm = state.log.termOf(entry.index());
            if (ownTerm != TermRuns.UNKNOWN) {
                if (!state.rules.isConflict(ownTerm, entry.term())) {
                    continue;
                }
                truncateFrom(entry.index());
            }
            append(entry);
        }
    }

    private void truncateFrom(long index) {
        state.count(RaftEvent.LOG_TRUNCATED);
        if (state.log.truncateFrom(index)) {
            state.count(RaftEvent.CONFIGURATION_REVERTED);
            state.changeConfiguration();
        }
        state.writes.truncateFrom(index);
    }

    private void append(LogEntry entry) {
        state.log.append(entry);
        state.writes.append(entry);
        if (entry.kind() == EntryKind.CONFIGURATION) {
            state.changeConfiguration();
        }
    }

    void onHeartbeat(Member leader, Heartbeat heartbeat) {
        if (!installing) {
            state.log.commitTo(Math.min(heartbeat.commit(), state.log.last()));
        }
        state.send(leader, new HeartbeatAnswer(heartbeat.configuration(), heartbeat.round(), level()));
    }

    /** Takes no entries until the state is installed, or that has failed. */
    void onSnapshotOffer(Member leader, SnapshotOffer offer) {
        if (installing) {
            return;
        }
        if (offer.index() <= state.log.commit()) {
            state.count(RaftEvent.SNAPSHOT_NOT_NEEDED);
            accept(leader, state.log.commit());
        } else if (state.rules.isSnapshotInLog(state.log.termOf(offer.index()), offer.indexTerm())) {
            state.count(RaftEvent.SNAPSHOT_NOT_NEEDED);
            state.log.commitTo(offer.index());
            accept(leader, offer.index());
        } else {
            installing = true;
            wanted = new Wanted(leader, offer.index());
        }
    }

    void onInstalled(RaftStart installed) {
        state.count(RaftEvent.SNAPSHOT_INSTALLED);
        installing = false;
        state.log = new RaftLog(installed);
        state.writes.forgetLog();
        state.changeConfiguration();
        Member leader = state.leader();
        if (leader != null) {
            accept(leader, installed.applied());
        }
    }

    boolean isInstalling() {
        return installing;
    }

    /** The log is to stand still: what is not asked for yet is not wanted any more. */
    void onStopped() {
        if (wanted != null) {
            wanted = null;
            installing = false;
        }
    }

    void onInstallFailed() {
        installing = false;
    }

    void flush(RaftOutbox outbox) {
        if (wanted != null) {
            outbox.install(wanted.leader(), wanted.index());
            wanted = null;
        }
    }
}

package io.chordata.node.partition;

import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordReader;
import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.ConfigurationCodec;
import io.chordata.node.partition.raft.EntryKind;
import io.chordata.node.partition.raft.HardState;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.partition.raft.RaftStart;
import io.chordata.node.partition.raft.TermRuns;
import java.util.ArrayList;
import java.util.List;

/** One pass over a partition's log, entry by entry, that holds it against the rules of {@link PartitionLog}. */
final class LogCheck {
    private final PartitionId partition;
    private final HardState hardState;
    private final LogBase base;
    private final AppliedMark applied;
    private final List<Configuration> configurations = new ArrayList<>();
    private final int levelMax;
    private TermRuns terms;
    private long firstIndex;
    private AppliedMark last;
    private int lastLevel;
    private int appliedLevel;
    private boolean isBegun;
    private long bytes;
    private long appliedBytes;

    LogCheck(PartitionId partition, HardState hardState, LogBase base, AppliedMark applied, int levelMax) {
        this.partition = partition;
        this.hardState = hardState;
        this.base = base;
        this.applied = applied;
        this.levelMax = levelMax;
        this.terms = new TermRuns(base.index(), base.mark().term());
        this.firstIndex = base.index() + 1;
        this.last = base.mark();
        this.lastLevel = base.level();
        this.appliedLevel = base.level();
        configurations.add(base.configuration());
    }

    PartitionLog.Recovered check(RecordReader reader) {
        byte[] from = PartitionKeys.logEntry(partition, 1);
        try (Cursor cursor = reader.scan(Family.LOG, from, PartitionKeys.logEnd(partition))) {
            while (cursor.next()) {
                onEntry(PartitionLog.decode(partition, cursor));
            }
        }
        require(
                base.index() <= applied.index(),
                "it was cut up to " + base.index() + ", but rows hold it up to " + applied);
        require(last.index() >= applied.index(), "it ends at " + last + ", but rows hold it up to " + applied);
        require(last.term() <= hardState.term(), "it ends at " + last + ", but the term is " + hardState.term());
        RaftStart start = new RaftStart(
                hardState,
                terms,
                Math.max(applied.index(), terms.first()),
                configurations,
                last.timeMillis(),
                lastLevel);
        return new PartitionLog.Recovered(start, base, applied, appliedLevel, firstIndex, bytes, appliedBytes);
    }

    private void onEntry(LogEntry entry) {
        if (isBegun) {
            onNext(entry);
        } else {
            onFirst(entry);
        }
        requireKnownLevel(entry);
        if (entry.index() <= applied.index()) {
            appliedBytes += PartitionLog.sizeOf(entry);
        }
        if (entry.index() == applied.index()) {
            require(
                    AppliedMark.of(entry).equals(applied),
                    "rows hold " + applied + ", but it has " + AppliedMark.of(entry));
            appliedLevel = entry.level();
        }
        if (entry.kind() == EntryKind.CONFIGURATION) {
            configurations.add(ConfigurationCodec.decode(entry.index(), entry.data()));
        }
        bytes += PartitionLog.sizeOf(entry);
        last = AppliedMark.of(entry);
        lastLevel = entry.level();
    }

    private void onFirst(LogEntry entry) {
        isBegun = true;
        firstIndex = entry.index();
        if (base.index() == 0 && firstIndex > 1) {
            beginAtFirst(entry);
        } else {
            require(
                    firstIndex == base.index() + 1,
                    "it begins at " + firstIndex + ", but was cut up to " + base.index());
            terms.append(entry.index(), entry.term());
        }
    }

    /** It was cut by a version that did not note what it cut: the first entry stands for that, as it is applied. */
    private void beginAtFirst(LogEntry entry) {
        require(
                entry.index() <= applied.index(),
                "it begins at " + entry.index() + ", but rows hold it up to " + applied);
        terms = new TermRuns(entry.index(), entry.term());
    }

    private void onNext(LogEntry entry) {
        require(entry.index() == last.index() + 1, "entry " + (last.index() + 1) + " is missing");
        require(
                entry.term() >= last.term() && entry.timeMillis() >= last.timeMillis(),
                AppliedMark.of(entry) + " follows " + last);
        terms.append(entry.index(), entry.term());
    }

    private void requireKnownLevel(LogEntry entry) {
        if (entry.level() < 1 || entry.level() > levelMax) {
            throw new StoreFailedException("entry " + entry.index() + " of " + partition + " has level " + entry.level()
                    + ", this version knows 1 to " + levelMax
                    + "; start the version that wrote it");
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw PartitionLog.rotten(partition, otherwise);
        }
    }
}

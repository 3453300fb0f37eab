package io.chordata.node.partition;

import io.chordata.node.core.BodyId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordReader;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import io.chordata.node.partition.raft.EntryKind;
import io.chordata.node.partition.raft.LogEntry;
import java.util.ArrayList;
import java.util.List;

/** Runs entries and queries of one partition through the state machine. Has no effect, so a run may be repeated. */
final class EntryApplier {
    private static final byte[] NO_ANSWER = new byte[0];

    private final PartitionId partition;
    private final StateMachine machine;

    EntryApplier(PartitionId partition, StateMachine machine) {
        this.partition = partition;
        this.machine = machine;
    }

    /**
     * What a run of entries did.
     *
     * @param outcomes one for each entry
     * @param batch the changed rows together with the new applied mark
     */
    record AppliedRun(List<Outcome> outcomes, RecordBatch batch) {}

    /** The answer to the proposer, and the bodies whose blocks must go before it is given. */
    record Outcome(byte[] answer, List<BodyId> drops) {}

    /** @param entries not empty, following on what {@code reader} has applied */
    AppliedRun apply(List<LogEntry> entries, long generation, RecordReader reader, ReadTier tier) {
        BufferedRows rows = new BufferedRows(new PartitionRows(partition, generation, reader, tier));
        List<Outcome> outcomes = new ArrayList<>(entries.size());
        for (LogEntry entry : entries) {
            byte[] answer = entry.kind() == EntryKind.COMMAND ? machine.apply(machineEntry(entry), rows) : NO_ANSWER;
            outcomes.add(new Outcome(answer, rows.takeDrops()));
        }
        RecordBatch batch = new RecordBatch();
        rows.addTo(batch);
        AppliedMark mark = AppliedMark.of(entries.get(entries.size() - 1));
        batch.put(Family.STATE, PartitionKeys.appliedMark(partition, generation), mark.encode());
        return new AppliedRun(outcomes, batch);
    }

    byte[] query(byte[] query, long generation, RecordReader reader, ReadTier tier) {
        return machine.query(partition, query, new PartitionRows(partition, generation, reader, tier));
    }

    private StateMachine.Entry machineEntry(LogEntry entry) {
        return new StateMachine.Entry(partition, entry.index(), entry.timeMillis(), entry.level(), entry.data());
    }
}

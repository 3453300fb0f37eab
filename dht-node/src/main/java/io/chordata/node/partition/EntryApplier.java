package io.chordata.node.partition;

import io.chordata.node.core.BodyId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordReader;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.LogEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs entries and queries of one partition through the state machine. Has no effect that counts, so a run may be repeated;
 * runs follow one upon another.
 */
final class EntryApplier {
    private static final byte[] NO_ANSWER = new byte[0];

    private final PartitionId partition;
    private final StateMachine machine;
    private final Requests requests;

    EntryApplier(PartitionId partition, StateMachine machine, RequestRules rules) {
        this.partition = partition;
        this.machine = machine;
        this.requests = new Requests(rules);
    }

    /**
     * What a run of entries did.
     *
     * @param outcomes one for each entry
     * @param batch the changed rows together with the new applied mark
     */
    record AppliedRun(List<Outcome> outcomes, RecordBatch batch) {}

    /**
     * What the proposer gets.
     *
     * @param refusal why the command was not applied, and will not be; null if it was
     * @param drops the bodies whose blocks must go before the answer is given
     */
    record Outcome(byte[] answer, @Nullable Reason refusal, List<BodyId> drops) {
        static Outcome answered(byte[] answer, List<BodyId> drops) {
            return new Outcome(answer, null, drops);
        }

        static Outcome refused(Reason reason) {
            return new Outcome(NO_ANSWER, reason, List.of());
        }
    }

    /** @param entries not empty, following on what {@code reader} has applied */
    AppliedRun apply(List<LogEntry> entries, long generation, RecordReader reader, ReadTier tier) {
        BufferedRows rows = new BufferedRows(new PartitionRows(partition, generation, reader, tier));
        LogEntry last = entries.get(entries.size() - 1);
        List<Outcome> outcomes = new ArrayList<>(entries.size());
        requests.begin(generation, entries.get(0));
        for (LogEntry entry : entries) {
            outcomes.add(apply(entry, rows));
        }
        requests.end(last);
        RecordBatch batch = new RecordBatch();
        rows.addTo(batch);
        AppliedMark mark = AppliedMark.of(last);
        batch.put(Family.STATE, PartitionKeys.appliedMark(partition, generation), mark.encode());
        return new AppliedRun(outcomes, batch);
    }

    private Outcome apply(LogEntry entry, BufferedRows rows) {
        return switch (entry.kind()) {
            case COMMAND -> Outcome.answered(machine.apply(machineEntry(entry, entry.data()), rows), rows.takeDrops());
            case REQUEST -> requests.apply(entry, rows, command -> machine.apply(machineEntry(entry, command), rows));
            case EMPTY, CONFIGURATION -> Outcome.answered(NO_ANSWER, List.of());
        };
    }

    byte[] query(byte[] query, long generation, RecordReader reader, ReadTier tier) {
        return machine.query(partition, query, new PartitionRows(partition, generation, reader, tier));
    }

    private StateMachine.Entry machineEntry(LogEntry entry, byte[] command) {
        return new StateMachine.Entry(partition, entry.index(), entry.timeMillis(), entry.level(), command);
    }
}

package io.chordata.node.partition;

import io.chordata.node.core.FutureLoop;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.Timers;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a partition's state and puts it in place of the one here. The rows come beside the old ones, under the next
 * install generation; once they are durable, one synced batch removes the log and makes that generation the live one. A
 * crash before leaves rows that nobody reads, and the next install begins by removing them.
 */
final class SnapshotInstall {
    private final PartitionId partition;
    private final RecordStore records;
    private final PatientWrites writes;
    private final GroupLinks links;
    private final long generation;
    private final long tenure;
    private final int levelMax;
    private @Nullable SnapshotPage first;
    private @Nullable SnapshotPage last;

    /**
     * @param generation the new one
     * @param levelMax the highest whose entries can be applied here: rows of a later version are not taken
     */
    SnapshotInstall(
            PartitionId partition,
            RecordStore records,
            Timers timers,
            GroupLinks links,
            long generation,
            long tenure,
            int levelMax) {
        this.partition = partition;
        this.records = records;
        this.writes = new PatientWrites(records, timers);
        this.links = links;
        this.generation = generation;
        this.tenure = tenure;
        this.levelMax = levelMax;
    }

    /** Completes with the page that says what was installed, once that is durable. */
    Future<SnapshotPage> run(NodeId leader, SnapshotRequest request) {
        return writes.write(clearing(), Durability.REPLAYED)
                .compose(cleared -> fetch(leader, request))
                .compose(
                        all -> writes.write(markBatch(all), Durability.REPLAYED).map(all))
                .compose(all -> records.flush().map(all))
                .compose(all -> writes.write(switching(all), Durability.SYNCED).map(all));
    }

    private RecordBatch clearing() {
        return new RecordBatch()
                .deleteRange(
                        Family.STATE,
                        PartitionKeys.appliedMark(partition, generation),
                        PartitionKeys.appliedMark(partition, generation + 1));
    }

    private Future<SnapshotPage> fetch(NodeId leader, SnapshotRequest request) {
        return FutureLoop.until(() -> links.fetch(leader, partition, following(request))
                        .compose(page -> onPage(request, page).map(written -> !page.isLast())))
                .map(all -> Objects.requireNonNull(last));
    }

    private SnapshotRequest following(SnapshotRequest request) {
        if (last == null) {
            return request;
        }
        byte[] after = last.rows().get(last.rows().size() - 1).key();
        return new SnapshotRequest(request.generation(), request.follower(), request.index(), after);
    }

    private Future<Void> onPage(SnapshotRequest request, SnapshotPage page) {
        if (first == null) {
            first = page;
        }
        if (page.mark().index() != request.index() || !page.mark().equals(first.mark())) {
            return Future.failedFuture(new IllegalArgumentException(
                    "asked for the state of " + partition + " at " + request.index() + ", got one at " + page.mark()));
        }
        if (page.level() > levelMax) {
            return Future.failedFuture(new IllegalArgumentException("the state of " + partition + " is of level "
                    + page.level() + ", this version knows 1 to " + levelMax));
        }
        if (page.rows().isEmpty() && !page.isLast()) {
            return Future.failedFuture(
                    new IllegalArgumentException("an empty page of " + partition + " was not the last"));
        }
        last = page;
        return writes.write(rowsBatch(page.rows()), Durability.REPLAYED);
    }

    private RecordBatch rowsBatch(List<SnapshotPage.Row> rows) {
        RecordBatch batch = new RecordBatch();
        rows.forEach(row ->
                batch.put(Family.STATE, PartitionKeys.withSuffix(partition, generation, row.key()), row.value()));
        return batch;
    }

    private RecordBatch markBatch(SnapshotPage page) {
        return new RecordBatch()
                .put(
                        Family.STATE,
                        PartitionKeys.appliedMark(partition, generation),
                        page.mark().encode());
    }

    private RecordBatch switching(SnapshotPage page) {
        RecordBatch batch = new RecordBatch();
        LogBase base = new LogBase(page.mark(), page.configuration(), page.level(), generation, tenure);
        PartitionLog.replace(batch, partition, base);
        return batch;
    }
}

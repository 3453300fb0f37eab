package io.chordata.node.partition;

import io.chordata.node.core.Loop;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.Snapshot;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * One partition's state at one applied index, kept for one follower until it has fetched it all or has not asked for a
 * while. Belongs to the partition's loop; pages are read on workers.
 */
final class SnapshotSource {
    private final PartitionId partition;
    private final Loop loop;
    private final Member follower;
    private final long generation;
    private final Snapshot snapshot;
    private final AppliedMark mark;
    private final Configuration configuration;
    private final int level;
    private long askedMillis;
    private int reading;
    private boolean closed;

    SnapshotSource(
            PartitionId partition,
            Loop loop,
            Member follower,
            long generation,
            Snapshot snapshot,
            State state,
            long nowMillis) {
        this.partition = partition;
        this.loop = loop;
        this.follower = follower;
        this.generation = generation;
        this.snapshot = snapshot;
        this.mark = state.mark();
        this.configuration = state.configuration();
        this.level = state.level();
        this.askedMillis = nowMillis;
    }

    /** What the log says of the state. */
    record State(AppliedMark mark, Configuration configuration, int level) {}

    Member follower() {
        return follower;
    }

    AppliedMark mark() {
        return mark;
    }

    boolean isAskedSince(long millis) {
        return askedMillis >= millis;
    }

    /** @param maxBytes of the page, unless a single row is larger */
    Future<SnapshotPage> page(SnapshotRequest request, long maxBytes, long nowMillis) {
        if (closed || request.index() != mark.index() || !request.follower().equals(follower)) {
            return Future.failedFuture(new PartitionRefusedException(
                    partition, Reason.NOT_SERVING, "the state at " + request.index() + " is not offered any more"));
        }
        askedMillis = nowMillis;
        reading++;
        return loop.executeBlocking(() -> read(request.after(), maxBytes)).onComplete(done -> {
            reading--;
            closeIfIdle();
        });
    }

    private SnapshotPage read(byte[] after, long maxBytes) {
        List<SnapshotPage.Row> rows = new ArrayList<>();
        long bytes = 0;
        byte[] from = PartitionKeys.firstAfter(partition, generation, after);
        try (Cursor cursor = snapshot.scan(Family.STATE, from, PartitionKeys.appliedMark(partition, generation + 1))) {
            while (cursor.next()) {
                if (bytes >= maxBytes) {
                    return new SnapshotPage(mark, configuration, level, rows, false);
                }
                rows.add(new SnapshotPage.Row(PartitionKeys.suffixOf(cursor.key()), cursor.value()));
                bytes += cursor.key().length + cursor.value().length;
            }
        }
        return new SnapshotPage(mark, configuration, level, rows, true);
    }

    /** What it holds in the store is let go once no page is being read. */
    void close() {
        closed = true;
        closeIfIdle();
    }

    private void closeIfIdle() {
        if (closed && reading == 0) {
            snapshot.close();
        }
    }
}

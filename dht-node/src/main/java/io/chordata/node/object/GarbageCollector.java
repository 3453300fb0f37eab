package io.chordata.node.object;

import com.google.protobuf.ByteString;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.Clock;
import io.chordata.node.core.FutureLoop;
import io.chordata.node.core.Loops;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.object.rules.MessageProtos.CollectDue;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.DuePage;
import io.chordata.node.object.rules.MessageProtos.ForgetDue;
import io.chordata.node.object.rules.MessageProtos.HasDue;
import io.chordata.node.object.rules.MessageProtos.Query;
import io.chordata.node.object.rules.RowProtos.Body;
import io.chordata.node.object.rules.RowProtos.DueRow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * Collects the garbage that a partition's rows name. The blocks are dropped in the partitions that hold them, by commands
 * in their logs; only then is the garbage forgotten. Whatever stops it in between, the next one does it again.
 */
final class GarbageCollector {
    private final Index index;
    private final Partitioning partitioning;
    private final Clock clock;
    private final Loops loops;
    private final int rowsMax;
    private final BooleanSupplier stopped;

    /** @param stopped asked before each page */
    GarbageCollector(ObjectLayer.Ports ports, Index index, ObjectOptions options, BooleanSupplier stopped) {
        this.index = index;
        this.partitioning = ports.partitions().partitioning();
        this.clock = ports.clock();
        this.loops = ports.loops();
        this.rowsMax = options.housekeepingRowsMax();
        this.stopped = stopped;
    }

    /** Collects what is due in one partition. */
    Future<Void> collect(PartitionId partition) {
        Query.Builder hasDue = Query.newBuilder().setHasDue(HasDue.newBuilder().setUntilMillis(clock.wallMillis()));
        return index.read(partition, hasDue)
                .compose(answer -> answer.getDone().getMore()
                        ? FutureLoop.until(() -> collectPage(partition))
                        : Future.succeededFuture());
    }

    /** Gives whether to go on. */
    private Future<Boolean> collectPage(PartitionId partition) {
        CollectDue collect = CollectDue.newBuilder().setMaxRows(rowsMax).build();
        return index.propose(partition, Command.newBuilder().setCollectDue(collect))
                .compose(answer -> {
                    DuePage page = answer.getDuePage();
                    return drop(page)
                            .compose(dropped -> forget(partition, page))
                            .map(done -> page.getMore() && !stopped.getAsBoolean());
                });
    }

    /** Where the blocks are takes a hash for each to find out, so a worker does that. */
    private Future<Void> drop(DuePage page) {
        return loops.current().executeBlocking(() -> places(page)).compose(places -> {
            List<Future<Void>> drops = new ArrayList<>();
            places.forEach((partition, bodies) -> drops.add(drop(partition, List.copyOf(bodies))));
            return Future.join(drops).mapEmpty();
        });
    }

    private Future<Void> drop(PartitionId partition, List<BodyId> bodies) {
        List<List<BodyId>> batches = new ArrayList<>();
        for (int from = 0; from < bodies.size(); from += rowsMax) {
            batches.add(bodies.subList(from, Math.min(bodies.size(), from + rowsMax)));
        }
        return FutureLoop.each(batches, batch -> index.drop(partition, batch));
    }

    private Future<Void> forget(PartitionId partition, DuePage page) {
        if (page.getEntriesCount() == 0) {
            return Future.succeededFuture();
        }
        List<ByteString> keys =
                page.getEntriesList().stream().map(DuePage.Entry::getKey).toList();
        return index.propose(
                        partition,
                        Command.newBuilder().setForgetDue(ForgetDue.newBuilder().addAllKeys(keys)))
                .mapEmpty();
    }

    private SortedMap<PartitionId, SortedSet<BodyId>> places(DuePage page) {
        SortedMap<PartitionId, SortedSet<BodyId>> places = new TreeMap<>();
        for (DuePage.Entry entry : page.getEntriesList()) {
            DueRow row = entry.getRow();
            if (row.hasStray()) {
                PartitionId found = new PartitionId(row.getStray().getPartition());
                add(places, found, Ids.body(row.getStray().getBody()));
            }
            row.getBodies().getBodiesList().forEach(body -> addBlocks(places, body));
        }
        return places;
    }

    /** A body with as many blocks as there are partitions is nearly everywhere: to ask all costs less than to look. */
    private void addBlocks(SortedMap<PartitionId, SortedSet<BodyId>> places, Body body) {
        BodyId id = Ids.body(body.getId());
        int blocks = Messages.body(body).blocks();
        for (int i = 0; i < Math.min(blocks, partitioning.count()); i++) {
            PartitionId place = blocks < partitioning.count()
                    ? BlockRef.of(partitioning, id, i).partition()
                    : new PartitionId(i);
            add(places, place, id);
        }
    }

    private static void add(SortedMap<PartitionId, SortedSet<BodyId>> places, PartitionId partition, BodyId body) {
        places.computeIfAbsent(partition, place -> new TreeSet<>()).add(body);
    }
}

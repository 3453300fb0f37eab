package io.chordata.node.block;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes a body from all partitions that its blocks hash to. */
final class BodyDrop {
    private static final Logger LOG = LoggerFactory.getLogger(BodyDrop.class);

    private final Blocks store;
    private final Partitioning partitioning;

    BodyDrop(Blocks store, Partitioning partitioning) {
        this.store = store;
        this.partitioning = partitioning;
    }

    /** Removes the first {@code count} blocks. Waits for all partitions, then fails if one of them did. */
    Future<Void> blocks(BodyId body, int count) {
        SortedSet<PartitionId> partitions = new TreeSet<>();
        for (int i = 0; i < count && partitions.size() < partitioning.count(); i++) {
            partitions.add(BlockRef.of(partitioning, body, i).partition());
        }
        List<Future<Void>> drops = new ArrayList<>();
        for (PartitionId partition : partitions) {
            drops.add(store.drop(partition, body));
        }
        return Future.join(drops)
                .onFailure(cause -> LOG.warn("event=body_drop_failed body={} cause=\"{}\"", body, cause.getMessage()))
                .mapEmpty();
    }
}

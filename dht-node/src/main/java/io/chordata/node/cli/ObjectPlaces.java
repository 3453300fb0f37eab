package io.chordata.node.cli;

import io.chordata.node.admin.ObjectPlaceView;
import io.chordata.node.admin.ObjectPlaceView.BlockPlace;
import io.chordata.node.admin.PartitionView;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.DerivedIds;
import io.chordata.node.core.Partitioning;
import io.chordata.node.object.ObjectPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which nodes keep an object, as operators see it. */
final class ObjectPlaces {
    /** An answer names no more blocks than this, so that a huge object cannot fill the memory. */
    private static final int BLOCKS_SHOWN_MAX = 10_000;

    private ObjectPlaces() {}

    /** @param held all partitions, in order of their numbers */
    static ObjectPlaceView view(Partitioning partitioning, ObjectPlace place, List<PartitionView> held) {
        PartitionView index = held.get(place.index().number());
        return new ObjectPlaceView(
                index.partition(),
                index.leader(),
                keepers(index),
                place.object().versionId(),
                place.object().size(),
                place.inline(),
                blocks(partitioning, place, held));
    }

    private static List<BlockPlace> blocks(Partitioning partitioning, ObjectPlace place, List<PartitionView> held) {
        List<BlockPlace> blocks = new ArrayList<>();
        place.bodies().forEach(body -> {
            for (int i = 0; i < body.blocks() && blocks.size() < BLOCKS_SHOWN_MAX; i++) {
                int partition =
                        BlockRef.of(partitioning, body.id(), i).partition().number();
                String id = DerivedIds.blockId(body.id(), i).toString();
                blocks.add(new BlockPlace(blocks.size(), id, partition, keepers(held.get(partition))));
            }
        });
        return blocks;
    }

    private static List<String> keepers(PartitionView partition) {
        return Stream.concat(partition.voters().stream(), partition.learners().stream())
                .toList();
    }
}

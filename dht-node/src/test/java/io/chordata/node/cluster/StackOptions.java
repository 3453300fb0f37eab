package io.chordata.node.cluster;

import io.chordata.node.block.BodyOptions;
import io.chordata.node.block.replica.ReplicaOptions;
import io.chordata.node.object.ObjectOptions;
import io.chordata.node.partition.PartitionOptions;
import io.chordata.node.partition.move.MoveOptions;
import io.chordata.node.sim.SimRandom;

/** What the layers are told, small enough that their bounds matter. */
record StackOptions(
        PartitionOptions partitions,
        BodyOptions bodies,
        ReplicaOptions replicas,
        MoveOptions moves,
        long repairPauseMillis,
        ObjectOptions objects) {
    static final int INLINE_BYTES = 600;

    static StackOptions draw(SimRandom random) {
        PartitionOptions partitions = new PartitionOptions(
                4 << 20,
                8 + random.nextInt(100),
                8L << 20,
                16 + random.nextInt(400),
                8L << 20,
                1 + random.nextInt(20),
                1L << 14,
                4_000L + random.nextInt(60_000),
                200 + random.nextInt(4_000));
        BodyOptions bodies = new BodyOptions(4 << 10, 1 + random.nextInt(4), 64 << 10, 64 << 10, 2, 256 << 10);
        ReplicaOptions replicas =
                new ReplicaOptions(4_500, 100, 1_500, 4 << 10, 16 << 10, 16 << 20, 16 << 20, 1 << 20, 10, 100L << 20);
        MoveOptions moves = new MoveOptions(100, 300, 1_000, 3_000, 2_000, 300, 2_000, 1_500, 4, 4, 64);
        ObjectOptions objects = new ObjectOptions(
                random.nextInt(4), INLINE_BYTES, 10, 1_000 + random.nextInt(10_000), 1 + random.nextInt(50), 20_000);
        return new StackOptions(partitions, bodies, replicas, moves, 2_000 + random.nextInt(20_000), objects);
    }
}

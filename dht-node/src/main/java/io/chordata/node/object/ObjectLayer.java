package io.chordata.node.object;

import io.chordata.node.block.Bodies;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.Clock;
import io.chordata.node.core.Loops;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.Timers;
import io.chordata.node.object.rules.ObjectStateMachine;
import io.chordata.node.partition.Partitions;
import io.chordata.node.partition.StateMachine;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.BiFunction;

/** The object layer of a node, put together from its ports. */
public final class ObjectLayer {
    private final Ports ports;
    private final ObjectOptions options;
    private final BodyWrites writes;
    private final Buckets buckets;
    private final Objects objects;
    private final Uploads uploads;
    private final Listings listings;
    private final KeyRecords keys;
    private final Housekeeping housekeeping;

    /** What the layer stands on. */
    public record Ports(
            Partitions partitions,
            Bodies bodies,
            BlockStore blocks,
            Clock clock,
            Timers timers,
            Loops loops,
            RandomSource random) {}

    public ObjectLayer(Ports ports, ObjectOptions options) {
        Index index = new Index(ports.partitions());
        this.ports = ports;
        this.options = options;
        writes = new BodyWrites(ports.bodies());
        buckets = new Buckets(index, new BucketSteps(index, ports.random(), options), options);
        ObjectReader reader = new ObjectReader(index, buckets, ports.bodies());
        objects = new Objects(index, buckets, reader, writes, options);
        uploads = new Uploads(index, buckets, reader, writes, ports.clock(), ports.random());
        listings = new Listings(index, buckets);
        keys = new KeyRecords(index, ports.random());
        housekeeping = new Housekeeping(ports, index, buckets, options);
    }

    /** What the partitions' logs are to drive. */
    public static StateMachine stateMachine() {
        return new ObjectStateMachine();
    }

    /** Removes the blocks of a body in one partition for ever, at all of its members: by a command in the partition's log. */
    public static BiFunction<PartitionId, BodyId, Future<Void>> dropping(Partitions partitions) {
        Index index = new Index(partitions);
        return (partition, body) -> index.drop(partition, List.of(body));
    }

    public Buckets buckets() {
        return buckets;
    }

    public Objects objects() {
        return objects;
    }

    public Uploads uploads() {
        return uploads;
    }

    public Listings listings() {
        return listings;
    }

    /** Reads from any replica, for one request. */
    public EventualReads eventual() {
        EventualPartitions partitions = new EventualPartitions(ports.partitions());
        Index index = new Index(partitions);
        Buckets known = buckets.readBy(index);
        ObjectReader reader = new ObjectReader(index, known, ports.bodies());
        return new EventualReads(
                partitions, known, new Objects(index, known, reader, writes, options), new Listings(index, known));
    }

    public KeyRecords keys() {
        return keys;
    }

    /** Started by whoever runs the node, once the partitions serve. */
    public Housekeeping housekeeping() {
        return housekeeping;
    }
}

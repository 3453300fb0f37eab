package io.chordata.node.cli;

import io.chordata.node.core.Clock;
import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Timers;
import io.chordata.node.partition.GroupPeers;
import io.chordata.node.partition.NodePartitions;
import io.chordata.node.partition.move.BlockTransfer;
import io.chordata.node.partition.move.MoveOptions;
import io.chordata.node.partition.move.MovePorts;
import io.chordata.node.partition.move.MoveService;
import io.chordata.node.partition.move.MovesView;
import io.chordata.node.partition.move.PeerMoveLinks;
import java.util.function.BooleanSupplier;

/** The moves of a node's replicas, from its start to its end: they follow the ring as it is looked at here. */
final class Moves {
    private final MoveService service;
    private final RingSurroundings surroundings;
    private final MoveOptions options;
    private final Timers timers;
    private final Loop loop;
    private volatile boolean isStopped;

    /**
     * What they stand on.
     *
     * @param isFull whether nothing more should come to this node's disk
     * @param loop on which all of it runs but what belongs to partitions
     */
    record Parts(
            NodeId self,
            NodePartitions partitions,
            GroupPeers peers,
            BlockTransfer blocks,
            RingSurroundings surroundings,
            BooleanSupplier isFull,
            Clock clock,
            Timers timers,
            Loop loop) {}

    Moves(Parts parts, MoveOptions options) {
        this.surroundings = parts.surroundings();
        this.options = options;
        this.timers = parts.timers();
        this.loop = parts.loop();
        PeerMoveLinks links = new PeerMoveLinks(
                parts.self(),
                parts.partitions().partitioning(),
                parts.peers().peers(),
                parts.peers().holders()::peer);
        this.service = new MoveService(
                parts.self(),
                new MovePorts(
                        parts.clock(),
                        parts.timers(),
                        parts.partitions().movable(parts.isFull()),
                        links,
                        parts.blocks(),
                        surroundings),
                options);
    }

    void start() {
        loop.execute(() -> {
            look();
            service.start();
        });
    }

    private void look() {
        if (!isStopped) {
            surroundings.look();
            timers.once(options.tickMillis(), this::look);
        }
    }

    void stop() {
        isStopped = true;
        loop.execute(service::stop);
    }

    /** Whether no replica is left on this node. */
    boolean holdsNothing() {
        return service.holdsNothing();
    }

    MovesView view() {
        return service.view();
    }
}

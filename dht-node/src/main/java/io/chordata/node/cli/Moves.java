package io.chordata.node.cli;

import io.chordata.node.core.Loop;
import io.chordata.node.core.Timers;
import io.chordata.node.partition.move.MoveOptions;
import io.chordata.node.partition.move.MoveService;
import io.chordata.node.partition.move.MovesView;

/** The moves of a node's replicas, from the start to the end: they follow the ring as it is looked at here. */
final class Moves {
    private final MoveService service;
    private final RingSurroundings surroundings;
    private final Timers timers;
    private final Loop loop;
    private final long tickMillis;
    private volatile boolean isStopped;

    /** @param loop on which all of it runs but what belongs to partitions */
    Moves(MoveService service, RingSurroundings surroundings, MoveOptions options, Timers timers, Loop loop) {
        this.service = service;
        this.surroundings = surroundings;
        this.timers = timers;
        this.loop = loop;
        this.tickMillis = options.tickMillis();
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
            timers.once(tickMillis, this::look);
        }
    }

    void stop() {
        isStopped = true;
        loop.execute(service::stop);
    }

    MovesView view() {
        return service.view();
    }
}

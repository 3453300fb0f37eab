package io.chordata.node.architecture.samples.impure.partition;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.streams.ReadStream;

/** Breaks: a partition has no event loop, no timer and no stream. */
public record Loop(Vertx vertx, Context context, ReadStream<String> stream) {
    public long later(Runnable task) {
        return vertx.setTimer(1, id -> task.run());
    }
}

package io.chordata.node.admin;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Answers the probes: 200 or not, and no detail, because anybody may ask. */
final class HealthProbes implements Handler<HttpServerRequest> {
    private static final int UNAVAILABLE = 503;
    private static final int PRECONDITION_FAILED = 412;
    private static final Buffer YES = Buffer.buffer("{\"ok\":true}");
    private static final Buffer NO = Buffer.buffer("{\"ok\":false}");

    private final Health health;
    private final LoopMonitor loops;
    private final ClusterStatus cluster;

    HealthProbes(Health health, LoopMonitor loops, ClusterStatus cluster) {
        this.health = health;
        this.loops = loops;
        this.cluster = cluster;
    }

    @Override
    public void handle(HttpServerRequest request) {
        switch (request.path()) {
            case AdminPaths.LIVE -> answer(request, loops.isTicking(), UNAVAILABLE);
            case AdminPaths.READY -> answer(request, health.isReady(), UNAVAILABLE);
            case AdminPaths.STARTUP -> answer(request, health.isStarted(), UNAVAILABLE);
            case AdminPaths.CLUSTER ->
                cluster.isServed().otherwise(false).onSuccess(isServed -> answer(request, isServed, UNAVAILABLE));
            case AdminPaths.STOPPABLE -> answer(request, health.isStoppable(), PRECONDITION_FAILED);
            default -> Answers.problem(request, 404, "Not found", "no such probe: " + request.path());
        }
    }

    private static void answer(HttpServerRequest request, boolean yes, int otherwise) {
        Answers.send(request, yes ? 200 : otherwise, Answers.JSON, yes ? YES : NO);
    }
}

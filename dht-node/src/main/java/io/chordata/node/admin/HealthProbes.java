package io.chordata.node.admin;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Answers the probes: 200 or not, and no detail, because anybody may ask. */
final class HealthProbes implements Handler<HttpServerRequest> {
    private static final int UNAVAILABLE = 503;
    private static final int PRECONDITION_FAILED = 412;
    private static final Buffer YES = Buffer.buffer("{\"ok\":true}");
    private static final Buffer NO = Buffer.buffer("{\"ok\":false}");

    private final Map<String, Handler<HttpServerRequest>> byPath = new LinkedHashMap<>();

    HealthProbes(Health health, LoopMonitor loops, ClusterStatus cluster) {
        byPath.put(AdminPaths.LIVE, request -> answer(request, loops.isTicking(), UNAVAILABLE));
        byPath.put(AdminPaths.READY, request -> answer(request, health.isReady(), UNAVAILABLE));
        byPath.put(AdminPaths.STARTUP, request -> answer(request, health.isStarted(), UNAVAILABLE));
        byPath.put(AdminPaths.STOPPABLE, request -> answer(request, health.isStoppable(), PRECONDITION_FAILED));
        byPath.put(
                AdminPaths.CLUSTER,
                request -> cluster.isServed()
                        .otherwise(false)
                        .onSuccess(isServed -> answer(request, isServed, UNAVAILABLE)));
    }

    Stream<AdminRoute> routes() {
        return byPath.keySet().stream().map(AdminRoute::get);
    }

    @Override
    public void handle(HttpServerRequest request) {
        Handler<HttpServerRequest> probe = byPath.get(request.path());
        if (probe == null) {
            Answers.problem(request, 404, "Not found", "no such probe: " + request.path());
        } else {
            probe.handle(request);
        }
    }

    private static void answer(HttpServerRequest request, boolean yes, int otherwise) {
        Answers.send(request, yes ? 200 : otherwise, Answers.JSON, yes ? YES : NO);
    }
}

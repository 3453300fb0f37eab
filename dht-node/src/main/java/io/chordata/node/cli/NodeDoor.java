package io.chordata.node.cli;

import io.chordata.node.admin.ProblemException;
import io.chordata.node.admin.S3Door;
import io.chordata.node.s3.S3Server;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The way from the admin port to S3, open while S3 is served. */
final class NodeDoor implements S3Door {
    private static final String STOPPING = "the node is stopping";

    private final Set<HttpServerRequest> open = ConcurrentHashMap.newKeySet();
    private final Promise<Void> emptied = Promise.promise();
    private volatile @Nullable Service service;
    private volatile boolean closed;

    /** What answers. */
    @FunctionalInterface
    interface Service {
        /** Completes when the request is answered, or nobody is there to hear it. */
        Future<Void> serve(HttpServerRequest request, String accessKey, String uri);
    }

    void serving(S3Server server) {
        serving(server::serveSession);
    }

    void serving(Service newService) {
        service = newService;
    }

    @Override
    public void serve(HttpServerRequest request, String accessKey, String uri) {
        Service serving = service;
        if (serving == null) {
            throw new ProblemException(503, "Not serving", NodeStatus.STARTING);
        }
        open.add(request);
        if (closed) {
            leave(request);
            throw new ProblemException(503, "Not serving", STOPPING);
        }
        Future<Void> answered;
        try {
            answered = serving.serve(request, accessKey, uri);
        } catch (RuntimeException e) {
            leave(request);
            throw e;
        }
        answered.onComplete(done -> leave(request));
    }

    private void leave(HttpServerRequest request) {
        open.remove(request);
        if (closed && open.isEmpty()) {
            emptied.tryComplete();
        }
    }

    /** Lets nobody in any more. Completes when those inside have their answers. */
    Future<Void> close() {
        closed = true;
        if (open.isEmpty()) {
            emptied.tryComplete();
        }
        return emptied.future();
    }

    /** Ends the connections of those still inside. */
    void cutOff() {
        open.stream().map(HttpServerRequest::connection).forEach(HttpConnection::close);
    }
}

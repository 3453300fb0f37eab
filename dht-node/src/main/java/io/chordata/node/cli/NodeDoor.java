package io.chordata.node.cli;

import io.chordata.node.admin.ProblemException;
import io.chordata.node.admin.S3Door;
import io.chordata.node.s3.S3Server;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The way from the admin port to S3, open from when S3 is served. */
final class NodeDoor implements S3Door {
    private volatile @Nullable S3Server server;

    void serving(S3Server newServer) {
        server = newServer;
    }

    @Override
    public void serve(HttpServerRequest request, String accessKey, String uri) {
        S3Server open = server;
        if (open == null) {
            throw new ProblemException(503, "Not serving", NodeStatus.STARTING);
        }
        open.serveSession(request, accessKey, uri);
    }
}

package io.chordata.node.s3;

import io.chordata.node.s3.auth.Authentication;
import io.chordata.node.s3.auth.SignedRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;

/** Takes a parsed request the way to its answer: route, authenticate, refuse what is not offered, handle. */
final class Edge {
    private final Vertx vertx;
    private final S3Options options;
    private final S3Services services;
    private final RequestParser parser;
    private final Map<S3Operation, OperationHandler> handlers;

    Edge(Vertx vertx, S3Options options, S3Services services) {
        this.vertx = vertx;
        this.options = options;
        this.services = services;
        this.parser = new RequestParser(options.domains());
        this.handlers = Handlers.all(services, options);
    }

    Vertx vertx() {
        return vertx;
    }

    S3Options options() {
        return options;
    }

    S3Services services() {
        return services;
    }

    RequestParser parser() {
        return parser;
    }

    Future<S3Answer> answer(S3Operation operation, S3Request request, ContinuingBody body) {
        if (operation == S3Operation.POST_OBJECT) {
            throw notOffered(operation); // its signature is in the form, which nobody reads
        }
        Authentication authentication = services.authenticator()
                .authenticate(
                        new SignedRequest(request.method(), request.rawPath(), request.rawQuery(), request.headers()));
        OperationHandler handler = handlers.get(operation);
        if (handler == null) {
            throw notOffered(operation);
        }
        UnsupportedHeaders.refuse(request.headers());
        UnknownParameters.refuse(operation, request.query());
        return handler.handle(new S3Call(request, authentication, new RequestBody(authentication, body)));
    }

    private static S3Exception notOffered(S3Operation operation) {
        return S3Error.NOT_IMPLEMENTED.with(operation.apiName() + " is not offered here.");
    }
}

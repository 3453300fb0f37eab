package io.chordata.node.s3;

import io.chordata.node.core.RandomSource;
import io.chordata.node.object.Invocation;
import io.chordata.node.s3.auth.Authentication;
import io.vertx.core.Future;
import java.util.Map;

/** Takes a parsed request to its answer: authenticate, refuse what is not offered, handle. */
final class OperationGate {
    private final RandomSource random;
    private final Map<S3Operation, OperationHandler> handlers;
    private final EventualHandlers eventual;

    OperationGate(S3Services services, S3Options options, S3Basics basics, String scheme) {
        this.random = basics.random();
        this.handlers = Handlers.all(services, options, basics.routing(), scheme);
        this.eventual = new EventualHandlers(services.eventual(), options.region());
    }

    /** @throws S3Exception what refuses it at once */
    Future<S3Answer> answer(S3Operation operation, S3Request request, Entrance entrance, ContinuingBody body) {
        if (operation == S3Operation.POST_OBJECT) {
            throw notOffered(operation); // its signature is in the form, which nobody reads
        }
        return entrance.sender()
                .apply(request)
                .compose(authentication -> handle(operation, request, authentication, body));
    }

    private Future<S3Answer> handle(
            S3Operation operation, S3Request request, Authentication authentication, ContinuingBody body) {
        OperationHandler anyReplica = eventual.of(operation, request);
        OperationHandler handler = anyReplica == null ? handlers.get(operation) : anyReplica;
        if (handler == null) {
            throw notOffered(operation);
        }
        UnsupportedHeaders.refuse(request.headers());
        UnknownParameters.refuse(operation, request.query());
        Invocation invocation = Invocations.of(operation, request, authentication, random);
        return handler.handle(new S3Call(request, authentication, invocation, new RequestBody(authentication, body)));
    }

    private static S3Exception notOffered(S3Operation operation) {
        return S3Error.NOT_IMPLEMENTED.with(operation.apiName() + " is not offered here.");
    }
}

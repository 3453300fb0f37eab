package io.chordata.node.s3;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Bounds how long the client waits for an answer, whatever number of partitions and blocks that takes: each of them would be
 * given a time of its own. Time in which the body is read does not count, as then the client is waited for, and each block has
 * its time; at the end of the body the count begins anew. What is under way when it is over goes on by itself, and so its
 * outcome is not known to the client. Belongs to the request's event loop.
 */
final class Patience {
    private final Edge edge;
    private final ContinuingBody body;
    private final Promise<S3Answer> first = Promise.promise();
    private long timer;

    Patience(Edge edge, ContinuingBody body) {
        this.edge = edge;
        this.body = body;
    }

    /** The same answer, or a refusal before it. */
    Future<S3Answer> bound(Future<S3Answer> answer) {
        if (answer.isComplete()) {
            return answer;
        }
        timer = start();
        body.onRead(() -> {
            if (edge.vertx().cancelTimer(timer)) {
                timer = start();
            }
        });
        answer.onComplete(done -> {
            edge.vertx().cancelTimer(timer);
            if (done.failed()) {
                first.tryFail(done.cause());
            } else if (!first.tryComplete(done.result())) {
                done.result().abandon();
            }
        });
        return first.future();
    }

    private long start() {
        return edge.vertx().setTimer(edge.options().patienceMillis(), over -> onOver());
    }

    private void onOver() {
        if (body.isBeingRead()) {
            timer = start();
        } else {
            first.tryFail(S3Error.SERVICE_UNAVAILABLE.with(
                    "No answer of the nodes concerned came in time. Whether what you asked for happens is not known."));
        }
    }
}

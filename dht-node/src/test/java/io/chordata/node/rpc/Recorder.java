package io.chordata.node.rpc;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peers.Receiver;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Keeps what came, if it is short, and answers as it is told. */
final class Recorder implements Receiver {
    private static final int KEPT_BYTES_MAX = 100;

    final List<String> messages = new CopyOnWriteArrayList<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<Promise<Buffer>> unanswered = new CopyOnWriteArrayList<>();
    final AtomicInteger taken = new AtomicInteger();
    private final Function<Buffer, Future<Buffer>> answer;

    private Recorder(Function<Buffer, Future<Buffer>> answer) {
        this.answer = answer;
    }

    static Recorder echo() {
        return new Recorder(Future::succeededFuture);
    }

    static Recorder answering(Function<Buffer, Future<Buffer>> answer) {
        return new Recorder(answer);
    }

    /** Leaves the answers to the test. */
    static Recorder silent() {
        Recorder[] self = new Recorder[1];
        self[0] = new Recorder(request -> {
            Promise<Buffer> promise = Promise.promise();
            self[0].unanswered.add(promise);
            return promise.future();
        });
        return self[0];
    }

    @Override
    public void onMessage(NodeId from, Buffer message) {
        taken.incrementAndGet();
        if (message.length() < KEPT_BYTES_MAX) {
            messages.add(message.toString());
        }
    }

    @Override
    public Future<Buffer> onCall(NodeId from, Buffer request) {
        taken.incrementAndGet();
        if (request.length() < KEPT_BYTES_MAX) {
            requests.add(request.toString());
        }
        return answer.apply(request);
    }
}

package io.chordata.client;

import io.chordata.client.http.Transport;
import io.chordata.client.model.Cancellation;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Content;
import io.chordata.client.model.MultipartUpload;
import io.chordata.client.model.PartSummary;
import io.chordata.client.model.UploadRequest;
import io.chordata.client.multipart.PartPlan;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a stream: it is read into memory until a part is full, and pauses while as many are under way as may be. So no
 * more than those and the one that fills are in memory. A stream that ends within its first part is a whole by itself.
 */
final class StreamedParts implements UploadParts.Sender {
    private static final long MEMORY_MAX_BYTES = 1L << 30;

    private final ChordataClient client;
    private final UploadRequest request;
    private final Upload upload;
    private final Context loop;
    private final Promise<StreamedParts> firstKnown = Promise.promise();
    private final Promise<List<PartSummary>> result = Promise.promise();
    private final Deque<Buffer> full = new ArrayDeque<>();
    private final Map<Integer, PartSummary> done = new TreeMap<>();

    private Buffer filling = Buffer.buffer();
    private int cut;
    private int begun;
    private int underWay;
    private boolean ended;
    private boolean paused;
    private boolean stopped;
    private @Nullable ReadStream<Buffer> stream;
    private @Nullable Content whole;
    private @Nullable MultipartUpload name;
    private @Nullable Throwable failure;

    private StreamedParts(ChordataClient client, UploadRequest request, Upload upload, Context loop) {
        this.client = client;
        this.request = request;
        this.upload = upload;
        this.loop = loop;
    }

    /** Completes when it is known whether one part is enough. */
    static Future<StreamedParts> open(ChordataClient client, UploadRequest request, Upload upload) {
        Context loop = Objects.requireNonNull(Vertx.currentContext());
        StreamedParts parts = new StreamedParts(client, request, upload, loop);
        parts.endWith(upload.cancellation(), Transport.CANCELLED);
        parts.endWith(client.transport().closing(), Transport.CLOSED);
        Future.succeededFuture()
                .compose(begun -> request.content().open(client.transport().vertx()))
                .onComplete(
                        stream -> parts.here(() -> parts.read(stream)),
                        cause -> parts.here(() -> parts.fail(unreadable(cause))));
        return parts.firstKnown.future();
    }

    /** Nothing else ends it while the source is silent. */
    private void endWith(Cancellation cancellation, String reason) {
        Runnable onCancel =
                () -> loop.runOnContext(now -> fail(ChordataException.of(ChordataException.CANCELLED, reason)));
        if (cancellation.listen(onCancel)) {
            upload.result().onComplete(done -> cancellation.forget(onCancel));
        } else {
            onCancel.run();
        }
    }

    /** All there is, if it fits into one part; else null. */
    @Nullable
    Content whole() {
        return whole;
    }

    @Override
    public Future<List<PartSummary>> send(MultipartUpload to) {
        name = to;
        here(this::sendFull);
        return result.future();
    }

    /** It was read to its end, or nobody wants the rest. */
    void stop() {
        ReadStream<Buffer> opened = stream;
        if (stopped || opened == null) {
            return;
        }
        stopped = true;
        try {
            opened.pause();
            Content.close(opened);
        } catch (RuntimeException e) {
            // it was closed already, or does not know how: nobody reads it any more
        }
    }

    /** The stream may belong to another loop; here all happens on ours, in the same order. */
    private void read(ReadStream<Buffer> opened) {
        stream = opened;
        if (failure != null) {
            stop();
            return;
        }
        opened.exceptionHandler(cause -> here(() -> fail(unreadable(cause))));
        opened.endHandler(end -> here(this::onEnd));
        opened.handler(piece -> here(() -> onPiece(piece)));
        opened.resume();
    }

    private void here(Runnable task) {
        if (Vertx.currentContext() == loop && Context.isOnEventLoopThread()) {
            run(task);
        } else {
            loop.runOnContext(now -> run(task));
        }
    }

    /** The stream can be anybody's, and throw. */
    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            fail(unreadable(e));
        }
    }

    private static ChordataException unreadable(Throwable cause) {
        return ChordataException.of(ChordataException.CONTENT_FAILED, "the content could not be read: " + cause, cause);
    }

    private void onPiece(Buffer piece) {
        if (failure != null) {
            return;
        }
        for (int at = 0; at < piece.length() && failure == null; ) {
            long size = Math.min(MEMORY_MAX_BYTES, PartPlan.growingPartBytes(cut + 1, request.partBytes()));
            if (filling.length() == size) {
                cutPart(); // only now is it known that something follows
                continue;
            }
            int taken = (int) Math.min(piece.length() - at, size - filling.length());
            filling.appendBuffer(piece, at, taken);
            at += taken;
        }
        if (cut > 0) {
            firstKnown.tryComplete(this);
        }
        sendFull();
    }

    private void cutPart() {
        if (++cut > PartPlan.MAX_PARTS) {
            fail(ChordataException.of(
                    ChordataException.CONTENT_FAILED,
                    "the content has more than " + PartPlan.MAX_PARTS + " parts of " + request.partBytes()
                            + " bytes and more"));
            return;
        }
        full.add(filling);
        filling = Buffer.buffer();
    }

    private void onEnd() {
        if (failure != null) {
            return;
        }
        ended = true;
        stop();
        if (cut == 0) {
            whole = Content.of(filling);
        } else if (filling.length() > 0) {
            cutPart();
        }
        firstKnown.tryComplete(this);
        sendFull();
    }

    private void sendFull() {
        MultipartUpload to = name;
        while (to != null && failure == null && underWay < request.parallel() && !full.isEmpty()) {
            send(to, ++begun, Content.of(full.remove()));
        }
        pauseOrResume();
        settle();
    }

    private void pauseOrResume() {
        boolean room = full.isEmpty();
        ReadStream<Buffer> opened = stream;
        if (stopped || opened == null) {
            return;
        }
        if (room && paused) {
            paused = false;
            opened.resume();
        } else if (!room && !paused) {
            paused = true;
            opened.pause();
        }
    }

    private void send(MultipartUpload to, int number, Content content) {
        underWay++;
        client.uploadPart(to, number, content)
                .onComplete(
                        part -> {
                            underWay--;
                            done.put(number, part);
                            upload.sent(content.length());
                            here(this::sendFull);
                        },
                        cause -> {
                            underWay--;
                            fail(cause);
                        });
    }

    private void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
            full.clear();
            stop();
            firstKnown.tryFail(cause);
        }
        settle();
    }

    private void settle() {
        if (underWay > 0) {
            return;
        }
        if (failure != null) {
            result.tryFail(failure);
        } else if (ended && full.isEmpty() && name != null) {
            result.tryComplete(List.copyOf(done.values()));
        }
    }
}

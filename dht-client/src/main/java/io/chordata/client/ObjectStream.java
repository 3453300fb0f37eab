package io.chordata.client;

import io.chordata.client.checksum.ChecksumAlgorithm;
import io.chordata.client.checksum.RunningChecksum;
import io.chordata.client.model.Cancellation;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.ObjectInfo;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.ReadStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an object, paused at first, as fast as they are read. Where a connection breaks, the rest is asked for
 * elsewhere, if it is still the same object; what arrived whole is held to the checksum that the endpoint has of it, if it
 * has one of all of it. Both kinds of failure go to the exception handler as a {@link ChordataException}, and then the end
 * handler is not called. Whoever does not read to the end cancels.
 */
public final class ObjectStream implements ReadStream<Buffer> {
    private final Vertx vertx;
    private final Context loop;
    private final ObjectInfo info;
    private final Source source;
    private final long first;
    private final long length;
    private final long idleMillis;
    private final @Nullable RunningChecksum checksum;
    private final @Nullable String expected;

    private HttpClientResponse response;
    private @Nullable HttpClientResponse ended;
    private long received;
    private long demand;
    private int resumes;
    private boolean resuming;
    private volatile boolean over;
    private volatile long progressNanos = System.nanoTime();
    private long timer = -1;
    private Runnable onOver = () -> {};
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;

    /** Kept for whoever sets a handler after it. */
    private @Nullable Throwable failure;

    /** Where the rest comes from when a connection broke. */
    interface Source {
        /** How often in a row nothing may come before that is given up. */
        int resumesMax();

        boolean mayResume();

        /** The same object's bytes from there on, paused. */
        Future<HttpClientResponse> open(long offset, long length);
    }

    /** What an answer says of the bytes in it. */
    record Span(long first, long length) {}

    /** @param response paused */
    ObjectStream(Vertx vertx, ObjectInfo info, Span span, HttpClientResponse response, Source source, long idleMillis) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.info = info;
        this.first = span.first();
        this.length = span.length();
        this.response = response;
        this.source = source;
        this.idleMillis = idleMillis;
        Map.Entry<ChecksumAlgorithm, String> known = length == info.size() ? ofWhole(info) : null;
        this.checksum = known == null ? null : known.getKey().start();
        this.expected = known == null ? null : known.getValue();
        attach(response);
        watch(idleMillis);
    }

    private static Map.@Nullable Entry<ChecksumAlgorithm, String> ofWhole(ObjectInfo info) {
        return info.checksums().entrySet().stream()
                .filter(entry -> entry.getValue().indexOf('-') < 0)
                .findFirst()
                .orElse(null);
    }

    public ObjectInfo info() {
        return info;
    }

    /** Where in the object these bytes begin. */
    public long offset() {
        return first;
    }

    /** How many bytes these are. */
    public long length() {
        return length;
    }

    /**
     * All of them at once. Fails, and cancels, if there are more.
     *
     * @param maxBytes what memory has room for
     */
    public Future<Buffer> body(int maxBytes) {
        if (length > maxBytes) {
            cancel();
            return Future.failedFuture(ChordataException.of(
                    ChordataException.MALFORMED_ANSWER, length + " bytes are more than " + maxBytes));
        }
        Promise<Buffer> whole = Promise.promise();
        Buffer target = Buffer.buffer((int) length);
        exceptionHandler(whole::tryFail);
        endHandler(end -> whole.tryComplete(target));
        handler(target::appendBuffer);
        resume();
        return whole.future();
    }

    /** Gives back the connection; no handler is called any more. */
    public void cancel() {
        if (end()) {
            loop.runOnContext(now -> letGo(response));
        }
    }

    /**
     * A body that arrived in whole has no connection any more: that may serve another request, and a reset would close it. So
     * what waits in memory is thrown away, and only a body whose end is not behind it is reset.
     */
    private void letGo(HttpClientResponse body) {
        if (body == ended) {
            return;
        }
        body.resume();
        loop.runOnContext(later -> {
            if (body != ended) {
                body.request().reset();
            }
        });
    }

    @Override
    public ObjectStream exceptionHandler(@Nullable Handler<Throwable> value) {
        Throwable early;
        synchronized (this) {
            exceptionHandler = value;
            early = value == null ? null : failure;
            failure = early == null ? failure : null;
        }
        if (value != null && early != null) {
            value.handle(early);
        }
        return this;
    }

    @Override
    public ObjectStream handler(@Nullable Handler<Buffer> value) {
        handler = value;
        return this;
    }

    @Override
    public ObjectStream endHandler(@Nullable Handler<Void> value) {
        endHandler = value;
        return this;
    }

    @Override
    public ObjectStream pause() {
        HttpClientResponse current;
        synchronized (this) {
            demand = 0;
            current = response;
        }
        current.pause();
        return this;
    }

    @Override
    public ObjectStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public ObjectStream fetch(long amount) {
        HttpClientResponse current;
        synchronized (this) {
            demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
            progressNanos = System.nanoTime();
            current = response;
        }
        current.fetch(amount);
        return this;
    }

    private boolean isPast(HttpClientResponse body) {
        return body != response || resuming || over;
    }

    void endWith(Cancellation cancellation, String reason) {
        ChordataException cancelled = ChordataException.builder(ChordataException.CANCELLED, reason)
                .resource(resource())
                .build();
        Runnable onCancel = () -> loop.runOnContext(now -> fail(cancelled));
        if (cancellation.listen(onCancel)) {
            Runnable before = onOver;
            onOver = () -> {
                before.run();
                cancellation.forget(onCancel);
            };
        } else {
            onCancel.run();
        }
    }

    private void attach(HttpClientResponse body) {
        body.handler(piece -> onPiece(body, piece));
        body.endHandler(end -> onEnd(body));
        body.exceptionHandler(failure -> onBroken(body, failure));
    }

    private void onPiece(HttpClientResponse from, Buffer piece) {
        if (isPast(from)) {
            return;
        }
        synchronized (this) {
            demand = demand == Long.MAX_VALUE ? demand : Math.max(0, demand - 1);
        }
        progressNanos = System.nanoTime();
        resumes = 0;
        received += piece.length();
        if (checksum != null) {
            checksum.update(piece);
        }
        if (handler != null) {
            handler.handle(piece);
        }
    }

    private void onEnd(HttpClientResponse from) {
        ended = from;
        if (isPast(from)) {
            return;
        }
        if (received != length) {
            onBroken(from, new IllegalStateException(received + " of " + length + " bytes arrived"));
        } else {
            finish();
        }
    }

    private void finish() {
        if (checksum != null && !checksum.text().equals(expected)) {
            fail(ChordataException.builder(
                            ChordataException.CHECKSUM_MISMATCH,
                            "the bytes that arrived have another " + checksum.algorithm()
                                    + " than the endpoint has of the object")
                    .resource(resource())
                    .build());
        } else if (end() && endHandler != null) {
            endHandler.handle(null);
        }
    }

    private void onBroken(HttpClientResponse from, Throwable failure) {
        if (isPast(from)) {
            return;
        }
        if (received == length) {
            finish();
            return;
        }
        if (received > length || resumes >= source.resumesMax() || !source.mayResume()) {
            fail(ChordataException.builder(
                            ChordataException.CONNECTION_FAILED,
                            "the connection broke after " + received + " of " + length + " bytes: " + failure)
                    .resource(resource())
                    .cause(failure)
                    .build());
            return;
        }
        resumes++;
        resuming = true;
        source.open(first + received, length - received).onComplete(this::swap, this::fail);
    }

    private void swap(HttpClientResponse next) {
        attach(next);
        if (over) {
            letGo(next);
            return;
        }
        resuming = false;
        long wanted;
        synchronized (this) {
            response = next;
            wanted = demand;
        }
        progressNanos = System.nanoTime();
        if (wanted > 0) {
            next.fetch(wanted);
        }
    }

    private void fail(Throwable cause) {
        if (!end()) {
            return;
        }
        letGo(response);
        Handler<Throwable> told;
        synchronized (this) {
            told = exceptionHandler;
            failure = told == null ? cause : null;
        }
        if (told != null) {
            told.handle(cause);
        }
    }

    private boolean end() {
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
        }
        vertx.cancelTimer(timer);
        onOver.run();
        return true;
    }

    /** Silence counts only while somebody wants to read. */
    private void watch(long delayMillis) {
        timer = vertx.setTimer(Math.max(1, delayMillis), due -> {
            long silentMillis = (System.nanoTime() - progressNanos) / 1_000_000;
            boolean wanted = demand > 0 && !resuming;
            if (over) {
                return;
            }
            watch(wanted ? idleMillis - Math.min(silentMillis, idleMillis - 1) : idleMillis);
            if (wanted && silentMillis >= idleMillis) {
                HttpClientResponse silent = response;
                onBroken(silent, new IllegalStateException("nothing came for " + silentMillis + " ms"));
                silent.request().reset();
            }
        });
    }

    private String resource() {
        return '/' + info.bucket() + '/' + info.key();
    }
}

package io.chordata.node.admin;

import io.chordata.node.http.CutOff;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends the event log as it grows (server-sent events, WHATWG HTML 9.2). A client that does not read has nothing buffered for
 * it but what its socket takes: it reads on from the log when it can, and is cut off when it stands still for too long or the
 * log has gone over it; then it comes back with {@code Last-Event-ID}, and is told what it missed.
 */
final class EventStreams {
    static final int STREAMS_MAX = 64;

    /** The query of a newcomer that wants what is kept, too. */
    private static final String PAST = "past";

    private static final int BATCH = 64;
    private static final int RECONNECT_MILLIS = 2_000;

    private final Vertx vertx;
    private final EventLog log;
    private final AdminServer.Times times;
    private final AtomicInteger open = new AtomicInteger();

    EventStreams(Vertx vertx, EventLog log, AdminServer.Times times) {
        this.vertx = vertx;
        this.log = log;
        this.times = times;
    }

    void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (request.method().equals(HttpMethod.HEAD)) {
            head(response).end();
            return;
        }
        if (open.incrementAndGet() > STREAMS_MAX) {
            open.decrementAndGet();
            throw new ProblemException(
                    503, "Too many listeners", STREAMS_MAX + " clients listen already; close one, or ask another node");
        }
        new Stream(request.connection(), head(response).setChunked(true))
                .begin(request.getHeader("Last-Event-ID"), PAST.equals(request.query()));
    }

    /** What stands in between must not collect events either. */
    private static HttpServerResponse head(HttpServerResponse response) {
        return Answers.head(response, 200, "text/event-stream").putHeader("X-Accel-Buffering", "no");
    }

    int open() {
        return open.get();
    }

    /** One client; runs on its connection's loop. */
    private final class Stream {
        private final HttpConnection connection;
        private final HttpServerResponse response;
        private final Context context = Objects.requireNonNull(Vertx.currentContext());
        private final Runnable listener = this::onNews;
        private final AtomicBoolean isWoken = new AtomicBoolean();
        private long timer;
        private long sent;

        /** Up to here it was told what is lost, or never expected it. */
        private long settled;

        private long takenNanos = System.nanoTime();
        private boolean isOver;

        Stream(HttpConnection connection, HttpServerResponse response) {
            this.connection = connection;
            this.response = response;
        }

        void begin(@Nullable String lastId, boolean wantsPast) {
            response.closeHandler(closed -> over()).exceptionHandler(failure -> over());
            response.write("retry: " + RECONNECT_MILLIS + "\n\n");
            resume(lastId, wantsPast);
            timer = vertx.setPeriodic(times.heartbeatMillis(), tick -> beat());
            log.listen(listener);
            goOn();
        }

        /** The id alone tells a newcomer where it stands, should it be cut off before the first event. */
        private void resume(@Nullable String lastId, boolean wantsPast) {
            Long known = lastId == null ? null : log.numberOf(lastId);
            settled = log.lost();
            sent = known != null ? known : lastId == null && wantsPast ? log.beforeNext(0) : log.last();
            long lost = known == null ? 0 : log.lostBehind(known);
            if (lost > 0) {
                write(log.missed(lost, log.beforeNext(sent)));
            } else if (lastId != null && known == null) {
                write(log.missed(null, sent));
            } else {
                response.write("id: " + log.id(sent) + "\n\n");
            }
        }

        /** From any thread; many events at once wake it once. */
        private void onNews() {
            if (isWoken.compareAndSet(false, true)) {
                context.runOnContext(woken -> {
                    isWoken.set(false);
                    goOn();
                });
            }
        }

        /** One batch in a turn, so that many events do not keep the loop from everybody else. */
        private void goOn() {
            if (isOver) {
                return;
            }
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> goOn());
                return;
            }
            takenNanos = System.nanoTime();
            if (Math.max(sent, settled) < log.lost()) {
                CutOff.now(connection);
                return;
            }
            List<EventLog.Event> events = log.after(sent, BATCH);
            events.forEach(this::write);
            if (events.size() == BATCH) {
                onNews();
            }
        }

        private void write(EventLog.Event event) {
            response.write("id: " + event.id() + "\nevent: " + event.type() + "\ndata: " + event.data() + "\n\n");
            sent = event.number();
        }

        /** A comment, so that nobody in between takes the stream for dead; and it finds out whether the client is. */
        private void beat() {
            if (!response.writeQueueFull()) {
                takenNanos = System.nanoTime();
                response.write(":\n\n");
            } else if (System.nanoTime() - takenNanos > TimeUnit.MILLISECONDS.toNanos(times.stalledMillis())) {
                CutOff.now(connection);
            }
        }

        private void over() {
            if (!isOver) {
                isOver = true;
                vertx.cancelTimer(timer);
                log.forget(listener);
                open.decrementAndGet();
            }
        }
    }
}

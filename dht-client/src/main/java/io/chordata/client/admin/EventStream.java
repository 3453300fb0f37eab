package io.chordata.client.admin;

import io.chordata.client.admin.AdminException.Kind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What happens in the cluster, as it happens, until it is closed: where the connection ends it comes back, behind the last event
 * that it had, and to the next node where the one is gone. Another node has a log of its own; a {@link AdminEvent.Warning} about
 * {@code missed} says then that something may be missing. It ends by itself only where a node refuses it, or
 * sends what is no event, after telling the exception handler why.
 *
 * <p>Begins when it gets its handler; all handlers are called on one event loop. What is not taken is not read either: at most one
 * piece off the socket waits here.
 */
public final class EventStream implements ReadStream<AdminEvent> {
    /** A node says something every 15 seconds. */
    private static final int SILENCE_MILLIS = 45_000;

    private static final int RETRY_MILLIS = 2_000;
    private static final int OK = 200;

    private final Vertx vertx;
    private final AdminClient client;
    private final EventStart start;
    private final Context context;
    private final Deque<AdminEvent> waiting = new ArrayDeque<>();
    private long demand = Long.MAX_VALUE;
    private int node;
    private boolean isBegun;
    private boolean isOver;
    private @Nullable String lastId;
    private int retryMillis = RETRY_MILLIS;
    private @Nullable HttpClientResponse answer;
    private @Nullable Handler<AdminEvent> handler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private @Nullable Handler<Void> endHandler;

    EventStream(Vertx vertx, AdminClient client, EventStart start) {
        this.vertx = vertx;
        this.client = client;
        this.start = start;
        this.context = vertx.getOrCreateContext();
        this.lastId = start.lastId();
        this.node = client.preferred();
    }

    @Override
    public EventStream handler(@Nullable Handler<AdminEvent> newHandler) {
        context.runOnContext(now -> {
            handler = newHandler;
            if (newHandler != null && !isBegun) {
                isBegun = true;
                connect();
            }
        });
        return this;
    }

    @Override
    public EventStream exceptionHandler(@Nullable Handler<Throwable> newHandler) {
        context.runOnContext(now -> exceptionHandler = newHandler);
        return this;
    }

    @Override
    public EventStream endHandler(@Nullable Handler<Void> newHandler) {
        context.runOnContext(now -> endHandler = newHandler);
        return this;
    }

    @Override
    public EventStream pause() {
        context.runOnContext(now -> demand = 0);
        return this;
    }

    @Override
    public EventStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public EventStream fetch(long amount) {
        context.runOnContext(now -> {
            demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
            deliver();
        });
        return this;
    }

    /** Completes when no handler will be called any more. */
    public Future<Void> close() {
        return Future.future(closed -> context.runOnContext(now -> {
            isOver = true;
            waiting.clear();
            disconnect();
            closed.complete();
        }));
    }

    private void disconnect() {
        HttpClientResponse open = answer;
        answer = null;
        if (open != null) {
            open.request().connection().close();
        }
    }

    private void connect() {
        if (isOver) {
            return;
        }
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Accept", "text/event-stream");
        if (lastId != null) {
            headers.set("Last-Event-ID", lastId);
        }
        AdminRequest<String> request = AdminRequest.events(lastId == null && start.past());
        client.openStream(client.options().nodes().get(node), request, SILENCE_MILLIS, headers)
                .compose(open -> open.send())
                .onComplete((opened, failure) -> {
                    if (failure == null) {
                        begin(opened);
                    } else {
                        later(true);
                    }
                });
    }

    private void begin(HttpClientResponse opened) {
        if (isOver) {
            opened.request().connection().close();
        } else if (opened.statusCode() == OK) {
            read(opened);
        } else {
            refused(opened);
        }
    }

    private void read(HttpClientResponse opened) {
        answer = opened;
        EventParser parser = new EventParser();
        opened.handler(piece -> take(parser, piece))
                .exceptionHandler(failure -> lost(opened))
                .endHandler(ended -> lost(opened));
    }

    private void take(EventParser parser, Buffer piece) {
        try {
            waiting.addAll(parser.feed(piece));
        } catch (AdminException e) {
            fail(e);
            return;
        }
        String newest = parser.lastId();
        lastId = newest == null ? lastId : newest;
        Integer retry = parser.retryMillis();
        retryMillis = retry == null ? retryMillis : retry;
        deliver();
    }

    private void deliver() {
        while (demand > 0 && !waiting.isEmpty() && handler != null && !isOver) {
            demand = demand == Long.MAX_VALUE ? demand : demand - 1;
            handler.handle(waiting.remove());
        }
        HttpClientResponse open = answer;
        if (open != null) {
            if (waiting.isEmpty() && demand > 0) {
                open.resume();
            } else {
                open.pause();
            }
        }
    }

    /** The same node has the log on which to go on. */
    private void lost(HttpClientResponse opened) {
        if (answer == opened) {
            answer = null;
            later(false);
        }
    }

    private void later(boolean elsewhere) {
        if (isOver) {
            return;
        }
        node = elsewhere ? (node + 1) % client.options().nodes().size() : node;
        long jitter = ThreadLocalRandom.current().nextLong(retryMillis + 1L) / 2;
        vertx.setTimer(Math.max(1, retryMillis / 2 + jitter), waited -> context.runOnContext(now -> connect()));
    }

    /** What a node cannot do now, it or another may later; what it refuses, it refuses. */
    private void refused(HttpClientResponse opened) {
        BoundedBody.read(opened, client.options().answerBytesMax()).onComplete((text, failure) -> {
            AdminException refusal = Problems.of(opened.statusCode(), text == null ? "" : text);
            if (refusal.kind() == Kind.UNAVAILABLE) {
                later(true);
            } else {
                fail(refusal);
            }
        });
    }

    private void fail(AdminException failure) {
        if (isOver) {
            return;
        }
        isOver = true;
        disconnect();
        if (exceptionHandler != null) {
            exceptionHandler.handle(failure);
        }
        if (endHandler != null) {
            endHandler.handle(null);
        }
    }
}

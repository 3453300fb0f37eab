package io.chordata.client.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens requests of an HTTP client, and closes that once none is on its way to a connection any more: a client of Vert.x that is
 * closed while it connects may keep the connection, and its close never ends (seen with 5.1.6). How long that takes is bounded by the
 * time-outs of the connections. Safe for use by many threads.
 */
public final class Openings {
    private final HttpClientAgent client;
    private final List<Promise<Void>> waiting = new ArrayList<>();
    private int underWay;
    private boolean isClosed;

    public Openings(HttpClientAgent client) {
        this.client = client;
    }

    /** Fails once it is closed, or if there is no connection in time. */
    public Future<HttpClientRequest> open(RequestOptions target) {
        synchronized (this) {
            if (isClosed) {
                return Future.failedFuture(Transport.CLOSED);
            }
            underWay++;
        }
        try {
            return client.request(target).andThen(opened -> end());
        } catch (RuntimeException e) {
            end();
            throw e;
        }
    }

    private void end() {
        List<Promise<Void>> idle;
        synchronized (this) {
            underWay--;
            idle = underWay == 0 ? List.copyOf(waiting) : List.of();
        }
        idle.forEach(Promise::tryComplete);
    }

    /** Takes no more. Those who are on their way to a connection get it first, and are to give it up at once. */
    public Future<Void> close() {
        Promise<Void> idle = Promise.promise();
        synchronized (this) {
            isClosed = true;
            if (underWay == 0) {
                idle.complete();
            } else {
                waiting.add(idle);
            }
        }
        return idle.future().compose(none -> client.close());
    }
}

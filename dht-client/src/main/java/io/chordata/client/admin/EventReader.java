package io.chordata.client.admin;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for one event after the other. For one thread; not to be used on an event loop. */
public final class EventReader implements AutoCloseable {
    private final EventStream stream;
    /** Events, and in the end what ended them. Never more than were asked for, and the end. */
    private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();

    private boolean isAsked;

    EventReader(EventStream stream) {
        this.stream = stream;
        stream.pause();
        stream.exceptionHandler(queue::add);
        stream.handler(queue::add);
    }

    /**
     * The next event; null if none comes in time.
     *
     * @throws AdminException if a node refuses the stream
     */
    public @Nullable AdminEvent next(Duration patience) throws InterruptedException {
        if (!isAsked) {
            isAsked = true;
            stream.fetch(1);
        }
        Object next = queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (next instanceof AdminException failure) {
            throw failure;
        }
        isAsked = next == null;
        return (AdminEvent) next;
    }

    @Override
    public void close() {
        stream.close().await();
    }
}

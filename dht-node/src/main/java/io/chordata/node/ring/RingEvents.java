package io.chordata.node.ring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * What happened on the ring, the newest of it kept for those who ask later. From any thread: whoever follows is told on the
 * thread on which it happens, so it only notes that down, or hands it on to a loop of its own.
 */
public final class RingEvents {
    private final int eventsMax;
    private final Deque<RingEvent> kept = new ArrayDeque<>();
    private final List<Follower> followers = new ArrayList<>();
    private long lastId;

    /** Ends following. */
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }

    private final class Follower implements Following {
        private final Consumer<RingEvent> consumer;

        Follower(Consumer<RingEvent> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void close() {
            unfollow(this);
        }
    }

    /** An event that has yet to get its id. */
    interface Draft {
        RingEvent with(long id);
    }

    RingEvents(int eventsMax) {
        this.eventsMax = eventsMax;
    }

    synchronized void add(Draft draft) {
        RingEvent event = draft.with(++lastId);
        kept.add(event);
        if (kept.size() > eventsMax) {
            kept.remove();
        }
        List.copyOf(followers).forEach(follower -> follower.consumer.accept(event));
    }

    /** Of the newest event; 0 if there was none. */
    public synchronized long lastId() {
        return lastId;
    }

    /** Those after the one of this id, as far as they are kept: ids tell whether some are missing. */
    public synchronized List<RingEvent> after(long id) {
        return kept.stream().filter(event -> event.id() > id).toList();
    }

    /** Tells {@code consumer} what {@link #after} has, and then all that comes, in order and without a gap between. */
    public synchronized Following follow(long id, Consumer<RingEvent> consumer) {
        after(id).forEach(consumer);
        Follower follower = new Follower(consumer);
        followers.add(follower);
        return follower;
    }

    private synchronized void unfollow(Follower follower) {
        followers.remove(follower);
    }
}

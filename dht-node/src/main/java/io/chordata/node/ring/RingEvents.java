package io.chordata.node.ring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * What happens on the ring. The first that follows is told what happened before, too, of which the newest is kept; from then on
 * nothing is kept: whoever wants to look back keeps it. From any thread: followers are told on the thread on which it happens, so
 * they only note that down, or hand it on to a loop of their own.
 */
public final class RingEvents {
    private static final int KEPT_MAX = 1_024;

    private final Deque<RingEvent> kept = new ArrayDeque<>();
    private final List<Follower> followers = new ArrayList<>();
    private boolean isFollowed;
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

    synchronized void add(Draft draft) {
        RingEvent event = draft.with(++lastId);
        if (!isFollowed) {
            keep(event);
        }
        List.copyOf(followers).forEach(follower -> follower.consumer.accept(event));
    }

    private void keep(RingEvent event) {
        kept.add(event);
        if (kept.size() > KEPT_MAX) {
            kept.remove();
        }
    }

    /** Tells {@code consumer} what is kept, and then all that comes, in order and without a gap between. */
    public synchronized Following follow(Consumer<RingEvent> consumer) {
        kept.forEach(consumer);
        kept.clear();
        isFollowed = true;
        Follower follower = new Follower(consumer);
        followers.add(follower);
        return follower;
    }

    private synchronized void unfollow(Follower follower) {
        followers.remove(follower);
    }
}

package io.chordata.node.ring;

import io.chordata.node.core.Clock;
import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Timers;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait for the ring's loop. Those of one node are bounded, and so are all together; what comes beyond is lost, as
 * any message may be, and counted. They are taken for a few milliseconds at a time, so that the loop comes to its other work,
 * which is that of clients, too. Messages are added from any thread.
 */
final class Inbox {
    /** One node has hardly ever more than one message for another under way. */
    private static final int BYTES_PER_NODE_MAX = 2 << 20;

    private static final int MESSAGES_PER_NODE_MAX = 1_024;
    private static final int BYTES_MAX = 16 << 20;
    private static final int MESSAGES_MAX = 16_384;
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PAUSE_MILLIS = 1;

    private final Loop loop;
    private final Clock clock;
    private final Timers timers;
    private final Queue<Message> waiting = new ArrayDeque<>();
    private final Map<NodeId, Load> loads = new TreeMap<>();
    private final Load all = new Load();
    private boolean isPlanned;
    private long dropped;

    /** Whoever is to have the message. */
    interface Reader {
        void read(NodeId from, byte[] message);
    }

    private record Message(NodeId from, byte[] bytes, Reader reader) {}

    /** What waits. */
    private static final class Load {
        private int messages;
        private long bytes;

        boolean hasRoomFor(byte[] more, int messagesMax, int bytesMax) {
            return messages < messagesMax && bytes + more.length <= bytesMax;
        }

        void add(byte[] message) {
            messages++;
            bytes += message.length;
        }

        void remove(byte[] message) {
            messages--;
            bytes -= message.length;
        }
    }

    Inbox(Loop loop, Clock clock, Timers timers) {
        this.loop = loop;
        this.clock = clock;
        this.timers = timers;
    }

    synchronized void add(NodeId from, byte[] message, Reader reader) {
        Load load = loads.computeIfAbsent(from, node -> new Load());
        if (!all.hasRoomFor(message, MESSAGES_MAX, BYTES_MAX)
                || !load.hasRoomFor(message, MESSAGES_PER_NODE_MAX, BYTES_PER_NODE_MAX)) {
            dropped++;
            forgetIfEmpty(from, load);
            return;
        }
        waiting.add(new Message(from, message, reader));
        load.add(message);
        all.add(message);
        if (!isPlanned) {
            isPlanned = true;
            loop.execute(this::drain);
        }
    }

    private void drain() {
        long end = clock.monotonicNanos() + SLICE_NANOS;
        for (Message next = take(); next != null; next = take()) {
            next.reader().read(next.from(), next.bytes());
            if (clock.monotonicNanos() - end >= 0) {
                timers.once(PAUSE_MILLIS, this::drain);
                return;
            }
        }
    }

    private synchronized @Nullable Message take() {
        Message next = waiting.poll();
        if (next == null) {
            isPlanned = false;
            return null;
        }
        Load load = loads.get(next.from());
        if (load != null) {
            load.remove(next.bytes());
            forgetIfEmpty(next.from(), load);
        }
        all.remove(next.bytes());
        return next;
    }

    private void forgetIfEmpty(NodeId node, Load load) {
        if (load.messages == 0) {
            loads.remove(node);
        }
    }

    /** How many messages were lost because too much waited. */
    synchronized long dropped() {
        return dropped;
    }
}

package io.chordata.node.history;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Records who asked what of which key, when, and what came back. Safe for many threads: {@link #invoke} is called before the
 * request leaves and {@link Call#end} after the answer is there, so that the order of these calls is an order that really
 * was. Times are only shown.
 *
 * <p><b>Bounded memory, exactly.</b> A key keeps {@code operationsMax} operations at most, and there are two ways to let go of
 * them; neither loses a verdict.
 *
 * <ul>
 *   <li>{@link #retire}: the workload goes on with another key. Linearizability is local (Herlihy and Wing 1990, theorem 1):
 *       a key's history is judged alone, and whole. A request without an answer may still happen to the old key, but there is
 *       nobody left to see it.
 *   <li>{@link #close}: the key goes on, and the next window begins with what this one ended with. That is exact only if nothing
 *       reaches across: no operation is open, the last was a get that overlapped no other, and whoever closes promises that what
 *       is unknown can no longer happen (the processes that had it are dead). Then each order of the whole is an order of the
 *       first window, which ends in the state the get saw, followed by one of the second.
 * </ul>
 *
 * <p>A copy is recorded with both its keys: it reads one and writes the other. That they are judged apart misses one thing
 * only: a copy that wrote before it read, where other operations between the two keys would show it.
 */
public final class History {
    private final int operationsMax;
    private final SortedMap<String, Track> tracks = new TreeMap<>();
    private long position;

    /** @param operationsMax of one key, between two times that its history is taken */
    public History(int operationsMax) {
        this.operationsMax = operationsMax;
    }

    /** An operation whose outcome is awaited. */
    public final class Call {
        private final List<Recorded> sides;

        private Call(List<Recorded> sides) {
            this.sides = sides;
        }

        /** Once for each call. */
        public void end(long time, Outcome outcome) {
            synchronized (History.this) {
                long now = ++position;
                sides.forEach(side -> side.end(now, time, outcome));
            }
        }
    }

    /** A request is about to be sent. The key must have room, and so must a copy's source. */
    public synchronized Call invoke(long time, String client, String key, Operation operation) {
        List<Recorded> sides = new ArrayList<>();
        sides.add(new Recorded(key, operation, client, position + 1, time));
        if (operation.other() != null) {
            sides.add(new Recorded(operation.other(), operation.atSource(key), client, position + 1, time));
        }
        for (Recorded side : sides) {
            if (!hasRoom(side.key, sides.size())) {
                throw new IllegalStateException(
                        side.key + " has its " + operationsMax + " operations; take them first");
            }
        }
        position++;
        sides.forEach(
                side -> tracks.computeIfAbsent(side.key, Track::new).recorded.add(side));
        return new Call(sides);
    }

    /** Whether this many more operations can be recorded. */
    public synchronized boolean hasRoom(String key, int operations) {
        Track track = tracks.get(key);
        return operations + (track == null ? 0 : track.recorded.size()) <= operationsMax;
    }

    /** Those in use. */
    public synchronized SortedSet<String> keys() {
        return new TreeSet<>(tracks.keySet());
    }

    /** Takes a key's history, for good: the key must never be used again. No operation on it may be open. */
    public synchronized KeyHistory retire(String key) {
        KeyHistory history = existing(key).take();
        tracks.remove(key);
        return history;
    }

    /** Takes a key's history until now; see above for what must hold. */
    public synchronized KeyHistory close(String key) {
        Track track = existing(key);
        KeyHistory history = track.take();
        track.initial = track.endedAlone().version();
        track.recorded.clear();
        return history;
    }

    private Track existing(String key) {
        Track track = tracks.get(key);
        if (track == null) {
            throw new IllegalArgumentException("nothing was asked of " + key);
        }
        return track;
    }

    /** The current window of one key. */
    private static final class Track {
        private final String key;
        private final List<Recorded> recorded = new ArrayList<>();
        private @Nullable Version initial;

        Track(String key) {
            this.key = key;
        }

        KeyHistory take() {
            return new KeyHistory(
                    key, initial, recorded.stream().map(Recorded::entry).toList());
        }

        /** The outcome of the last operation, a get. */
        Outcome endedAlone() {
            Entry last = recorded.get(recorded.size() - 1).entry();
            boolean alone = recorded.stream()
                            .map(Recorded::entry)
                            .filter(entry -> entry.returned() > last.invoked())
                            .count()
                    == 1;
            Outcome.Kind kind = last.outcome().kind();
            boolean answered = kind == Outcome.Kind.MISSING || kind == Outcome.Kind.SEEN;
            if (!alone || !answered || last.operation().kind() != Operation.Kind.GET) {
                throw new IllegalStateException(
                        key + " does not end with an answered get that overlaps no other, but with " + last);
            }
            return last.outcome();
        }
    }

    /** One side of a call, as it is known so far. */
    private static final class Recorded {
        private final String key;
        private final Operation operation;
        private final String client;
        private final long invoked;
        private final long invokedTime;
        private long returned;
        private long returnedTime;
        private @Nullable Outcome outcome;

        Recorded(String key, Operation operation, String client, long invoked, long invokedTime) {
            this.key = key;
            this.operation = operation;
            this.client = client;
            this.invoked = invoked;
            this.invokedTime = invokedTime;
        }

        void end(long position, long time, Outcome end) {
            if (outcome != null) {
                throw new IllegalStateException(entry() + " has ended already");
            }
            returned = position;
            returnedTime = time;
            outcome = end;
        }

        Entry entry() {
            if (outcome == null) {
                throw new IllegalStateException(key + " has an operation open: " + client + " " + operation);
            }
            return new Entry(client, operation, outcome, invoked, returned, invokedTime, returnedTime);
        }
    }
}

package io.chordata.node.ring.directory;

import java.util.TreeSet;

/**
 * What is to be done later, by the directory's own time. That time stands still while the node does: where a task comes late by
 * more than a grace, the process was held up, and what the others said meanwhile still waits to be read. Judging by the clock
 * now would call all of them silent; so own time continues a grace before the late task, which leaves time to read.
 */
final class Agenda {
    private final TreeSet<Task> tasks = new TreeSet<>();
    private final long graceMillis;
    private long heldUpMillis;
    private long nowMillis;
    private long planned;
    private boolean closed;

    /** Something planned; {@link #cancel} takes it back. */
    record Task(long atMillis, long number, Runnable action) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    Agenda(long nowMillis, long graceMillis) {
        this.nowMillis = nowMillis;
        this.graceMillis = graceMillis;
    }

    /** Own time. */
    long now() {
        return nowMillis;
    }

    /**
     * Moves own time on.
     *
     * @param hostMillis what the node's clock says
     * @return whether the node was held up
     */
    boolean enter(long hostMillis) {
        long due = hostMillis - heldUpMillis;
        boolean heldUp = !tasks.isEmpty() && due - tasks.first().atMillis() > graceMillis;
        if (heldUp) {
            heldUpMillis += due - (tasks.first().atMillis() - graceMillis);
        }
        nowMillis = hostMillis - heldUpMillis;
        return heldUp;
    }

    Task in(long delayMillis, Runnable action) {
        return at(nowMillis + delayMillis, action);
    }

    Task at(long atMillis, Runnable action) {
        Task task = new Task(atMillis, planned++, action);
        if (!closed) {
            tasks.add(task);
        }
        return task;
    }

    void cancel(Task task) {
        tasks.remove(task);
    }

    /** When the next is due, by the node's clock; {@link Long#MAX_VALUE} if nothing is planned. */
    long nextWakeMillis() {
        return tasks.isEmpty() ? Long.MAX_VALUE : tasks.first().atMillis() + heldUpMillis;
    }

    /** Does what is due, in the order of time, also what that plans for up to now. */
    void run() {
        while (!tasks.isEmpty() && tasks.first().atMillis() <= nowMillis) {
            Task task = tasks.first();
            tasks.remove(task);
            task.action().run();
        }
    }

    /** Nothing is done any more. */
    void close() {
        closed = true;
        tasks.clear();
    }
}

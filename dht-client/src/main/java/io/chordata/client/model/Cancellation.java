package io.chordata.client.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Ends whatever is under way under it, and refuses what comes later. Safe for many threads. */
public final class Cancellation {
    private final Set<Runnable> listeners = new LinkedHashSet<>();
    private boolean cancelled;

    public void cancel() {
        List<Runnable> told;
        synchronized (this) {
            cancelled = true;
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(Runnable::run);
    }

    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** @return false if it is too late; then the listener is never called */
    public synchronized boolean listen(Runnable listener) {
        return !cancelled && listeners.add(listener);
    }

    public synchronized void forget(Runnable listener) {
        listeners.remove(listener);
    }
}

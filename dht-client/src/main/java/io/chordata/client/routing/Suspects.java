package io.chordata.client.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Endpoints that did not answer lately. Each is passed over for a while that doubles with every further failure; one
 * answer clears it. Safe for many threads.
 */
public final class Suspects {
    private static final int MAX_DOUBLINGS = 16;
    private static final int SILENT_FAILURES = 4;

    private final long firstMillis;
    private final long maxMillis;
    private final Map<Endpoint, Doubt> doubts = new ConcurrentHashMap<>();

    public Suspects(long firstMillis, long maxMillis) {
        this.firstMillis = firstMillis;
        this.maxMillis = maxMillis;
    }

    private record Doubt(int failures, long untilMillis) {}

    /** Failures while it is passed over anyway, of requests that were under way, count once. */
    public void onUnreachable(Endpoint endpoint, long nowMillis) {
        doubt(endpoint, 0, nowMillis);
    }

    /** As after several failures: it takes longer to notice than one that refuses. */
    public void onSilent(Endpoint endpoint, long nowMillis) {
        doubt(endpoint, SILENT_FAILURES, nowMillis);
    }

    private void doubt(Endpoint endpoint, int failuresMin, long nowMillis) {
        doubts.compute(endpoint, (same, doubt) -> {
            if (doubt != null && doubt.untilMillis > nowMillis) {
                return doubt;
            }
            int failures = doubt == null ? failuresMin : Math.min(doubt.failures + 1, MAX_DOUBLINGS);
            return new Doubt(failures, nowMillis + Math.min(maxMillis, firstMillis << failures));
        });
    }

    public void onAnswer(Endpoint endpoint) {
        if (!doubts.isEmpty()) {
            doubts.remove(endpoint);
        }
    }

    public boolean isSuspect(Endpoint endpoint, long nowMillis) {
        Doubt doubt = doubts.get(endpoint);
        return doubt != null && doubt.untilMillis > nowMillis;
    }

    /** The same order with those in doubt at the end: nobody else may be left. */
    public List<Endpoint> last(List<Endpoint> order, long nowMillis) {
        if (doubts.isEmpty()) {
            return order;
        }
        List<Endpoint> trusted = new ArrayList<>();
        List<Endpoint> inDoubt = new ArrayList<>();
        order.forEach(endpoint -> (isSuspect(endpoint, nowMillis) ? inDoubt : trusted).add(endpoint));
        trusted.addAll(inDoubt);
        return trusted;
    }

    /** Forgets what is of no endpoint any more. */
    public void retain(List<Endpoint> known) {
        doubts.keySet().retainAll(known);
    }
}

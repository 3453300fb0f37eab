package io.chordata.node.admin;

import io.chordata.node.admin.EventLog.Event;
import java.util.ArrayList;
import java.util.List;

/** The last events of some types, in the order of their numbers. Not thread-safe. */
final class EventShelf {
    private final int max;
    private final List<Event> kept = new ArrayList<>();

    /** Where the oldest is, once there are as many as can be. */
    private int oldest;

    private long lost;

    EventShelf(int max) {
        this.max = max;
    }

    /** @param event has a higher number than all before */
    void add(Event event) {
        if (kept.size() < max) {
            kept.add(event);
            return;
        }
        lost = kept.set(oldest, event).number();
        oldest = (oldest + 1) % max;
    }

    /** The number of the newest that is not kept any more; 0 for none. */
    long lost() {
        return lost;
    }

    /** The oldest that come behind that number. */
    List<Event> after(long number, int most) {
        List<Event> events = new ArrayList<>();
        for (int place = placeBehind(number); place < kept.size() && events.size() < most; place++) {
            events.add(at(place));
        }
        return events;
    }

    /** How many of those that are kept come behind the first number and not behind the second. */
    int count(long after, long upTo) {
        return Math.max(0, placeBehind(upTo) - placeBehind(after));
    }

    private Event at(int place) {
        return kept.get((oldest + place) % kept.size());
    }

    /** Of the oldest behind that number, counted from the oldest of all. */
    private int placeBehind(long number) {
        int low = 0;
        int high = kept.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle).number() > number) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}

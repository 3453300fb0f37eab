package io.chordata.client.admin;

import org.jspecify.annotations.Nullable;

/**
 * Where a stream of events begins.
 *
 * @param lastId the event behind which it goes on; null for none
 * @param past whether it begins with the oldest that is kept
 */
public record EventStart(@Nullable String lastId, boolean past) {
    /** With what happens from now on. */
    public static EventStart now() {
        return new EventStart(null, false);
    }

    /** With the oldest that the node keeps. */
    public static EventStart oldest() {
        return new EventStart(null, true);
    }

    /** Behind that one, if it was of the node that is asked; otherwise a warning says that something is missed. */
    public static EventStart after(String lastId) {
        return new EventStart(lastId, false);
    }
}

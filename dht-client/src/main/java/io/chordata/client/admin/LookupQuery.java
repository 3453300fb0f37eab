package io.chordata.client.admin;

import org.jspecify.annotations.Nullable;

/**
 * What to look up, and from where.
 *
 * @param isId whether the text is an id of 32 hex digits rather than a key
 * @param from id of the node whose lookup it is; null for the one that is asked
 * @param viaFingers by fingers and successor lists only, without cache and directory
 */
public record LookupQuery(
        String text, boolean isId, @Nullable String from, boolean viaFingers) {
    public static LookupQuery ofKey(String key) {
        return new LookupQuery(key, false, null, false);
    }

    public static LookupQuery ofId(String id) {
        return new LookupQuery(id, true, null, false);
    }

    public LookupQuery from(@Nullable String node) {
        return new LookupQuery(text, isId, node, viaFingers);
    }

    public LookupQuery withFingersOnly() {
        return new LookupQuery(text, isId, from, true);
    }
}

package io.chordata.node.object;

import io.vertx.core.Future;
import java.util.List;

/**
 * Lists the objects of a bucket: an ordered merge over its index shards. Each page shows every write acknowledged before
 * it was asked for and nothing deleted before; a listing of several pages is no snapshot.
 */
public final class Listings {
    /** Fails with NO_SUCH_BUCKET. */
    public Future<Page> list(Request request) {
        throw new UnsupportedOperationException();
    }

    /**
     * @param prefix empty for all
     * @param delimiter empty for none; keys that have it after the prefix roll up into common prefixes
     * @param startAfter only keys (and common prefixes) after this text; empty for all
     * @param max 0 to 1,000, objects and common prefixes together
     */
    public record Request(String bucket, String prefix, String delimiter, String startAfter, int max) {}

    /**
     * @param next where the next page starts ({@code startAfter}), empty if nothing follows
     */
    public record Page(List<StoredObject> objects, List<String> commonPrefixes, boolean truncated, String next) {}
}

package io.chordata.client.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Up to a thousand entries, in the order of the keys' bytes.
 *
 * @param nextToken null if nothing follows
 */
public record ListObjectsPage(
        ListObjectsRequest request,
        List<ObjectSummary> objects,
        List<String> commonPrefixes,
        @Nullable String nextToken) {
    public ListObjectsPage {
        objects = List.copyOf(objects);
        commonPrefixes = List.copyOf(commonPrefixes);
    }

    /** What asks for the page that follows, if one does. */
    public Optional<ListObjectsRequest> next() {
        return nextToken == null ? Optional.empty() : Optional.of(request.withToken(nextToken));
    }
}

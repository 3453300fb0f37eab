package io.chordata.client.bench;

import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * One request to the endpoint.
 *
 * @param path as on the wire
 * @param query as on the wire, empty for none
 * @param hasBody true if the bench's body goes with it
 * @param document what goes with it instead; null for nothing
 * @param answerBytes how long the answer's body must be, or -1
 * @param signed true if the query is the signature
 */
record BenchRequest(
        HttpMethod method,
        String path,
        String query,
        boolean hasBody,
        @Nullable BenchBody document,
        long answerBytes,
        boolean signed) {
    static BenchRequest put(String path) {
        return new BenchRequest(HttpMethod.PUT, path, "", true, null, -1, false);
    }

    /** @param document that says where; null for the region without a name */
    static BenchRequest makeBucket(String path, @Nullable BenchBody document) {
        return new BenchRequest(HttpMethod.PUT, path, "", false, document, -1, false);
    }

    static BenchRequest get(String path, long size) {
        return new BenchRequest(HttpMethod.GET, path, "", false, null, size, false);
    }

    static BenchRequest link(String path, String signature, long size) {
        return new BenchRequest(HttpMethod.GET, path, signature, false, null, size, true);
    }

    static BenchRequest list(String bucketPath, String prefix) {
        return new BenchRequest(
                HttpMethod.GET, bucketPath, "list-type=2&max-keys=1000&prefix=" + prefix, false, null, -1, false);
    }

    static BenchRequest delete(String path) {
        return new BenchRequest(HttpMethod.DELETE, path, "", false, null, -1, false);
    }

    String uri() {
        return query.isEmpty() ? path : path + '?' + query;
    }
}

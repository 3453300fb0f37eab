package io.chordata.node.s3;

import io.chordata.node.object.ObjectKey;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * A request's head, parsed once. Whatever authorises and handles it looks at these values and never at the URI again, so
 * that no two of them can read it differently.
 *
 * @param rawPath as on the wire, never normalised
 * @param rawQuery as on the wire without the question mark; empty for none
 * @param bucket decoded; null for requests to the service
 * @param key decoded, kept exactly; null for requests to a bucket
 * @param headers a char for each byte
 */
record S3Request(
        String method,
        String rawPath,
        String rawQuery,
        @Nullable String bucket,
        @Nullable ObjectKey key,
        QueryString query,
        MultiMap headers) {
    /** What the path names. */
    enum Level {
        SERVICE,
        BUCKET,
        OBJECT
    }

    Level level() {
        if (bucket == null) {
            return Level.SERVICE;
        }
        return key == null ? Level.BUCKET : Level.OBJECT;
    }

    String bucketName() {
        if (bucket == null) {
            throw new IllegalStateException("a request to the service has no bucket");
        }
        return bucket;
    }

    ObjectKey objectKey() {
        if (key == null) {
            throw new IllegalStateException("a request to a bucket has no key");
        }
        return key;
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }
}

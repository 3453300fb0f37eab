package io.chordata.node.s3;

import io.chordata.node.object.ObjectKey;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds bucket and key in a request's URI and Host. Nothing is normalised: {@code ..}, {@code //}, an escaped slash and a
 * leading slash are parts of keys like any other.
 */
final class RequestParser {
    private final List<String> suffixes;

    /** @param domains names under which buckets may stand as sub-domains */
    RequestParser(List<String> domains) {
        suffixes = domains.stream()
                .map(domain -> "." + domain.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** @throws RuntimeException what {@link ErrorTable} knows, if the URI names nothing that can exist */
    S3Request parse(String method, String uri, MultiMap headers) {
        String target = originForm(uri);
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        String hostBucket = hostBucket(headers.get("Host"));
        String rest = hostBucket == null ? path : "/" + hostBucket + path;
        return parse(method, path, query, rest, headers);
    }

    /** @param place a path that begins with the bucket */
    private static S3Request parse(String method, String path, String query, String place, MultiMap headers) {
        int slash = place.indexOf('/', 1);
        String bucket = place.length() < 2 ? "" : place.substring(1, slash < 0 ? place.length() : slash);
        String key = slash < 0 ? "" : place.substring(slash + 1);
        if (bucket.isEmpty() && !key.isEmpty()) {
            throw S3Error.INVALID_BUCKET_NAME.plain();
        }
        return new S3Request(
                method,
                path,
                query,
                bucket.isEmpty() ? null : PercentDecoding.decode(bucket, false),
                key.isEmpty() ? null : new ObjectKey(PercentDecoding.decode(key, false)),
                QueryString.parse(query),
                headers);
    }

    /** Clients that take us for a proxy send the whole URI. */
    private static String originForm(String uri) {
        int scheme = uri.startsWith("/") ? -1 : uri.indexOf("://");
        if (scheme < 0) {
            return uri.startsWith("/") ? uri : "/" + uri;
        }
        int path = uri.indexOf('/', scheme + 3);
        return path < 0 ? "/" : uri.substring(path);
    }

    private @Nullable String hostBucket(@Nullable String host) {
        if (host == null) {
            return null;
        }
        int colon = host.lastIndexOf(':');
        String name = (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
        for (String suffix : suffixes) {
            if (name.length() > suffix.length() && name.endsWith(suffix)) {
                return name.substring(0, name.length() - suffix.length());
            }
        }
        return null;
    }
}

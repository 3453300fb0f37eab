package io.chordata.client.http;

import io.chordata.client.model.Content;
import io.chordata.client.retry.Repeat;
import io.chordata.client.sigv4.UriEncoding;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request of S3 before it has an endpoint and a signature. Built by one thread, then left as it is.
 */
public final class ApiRequest {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final char DELETE = 0x7f;

    private final HttpMethod method;
    private final @Nullable String bucket;
    private final @Nullable String key;
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    private final StringBuilder query = new StringBuilder();
    private @Nullable Content content;
    private boolean withChecksum;
    private Repeat repeat = Repeat.SAFE;
    private Set<String> decidedOnce = Set.of();

    private ApiRequest(HttpMethod method, @Nullable String bucket, @Nullable String key) {
        this.method = method;
        this.bucket = bucket;
        this.key = key;
    }

    public static ApiRequest ofService(HttpMethod method) {
        return new ApiRequest(method, null, null);
    }

    /** @throws IllegalArgumentException if no bucket can have that name */
    public static ApiRequest ofBucket(HttpMethod method, String bucket) {
        return new ApiRequest(method, requireName(bucket), null);
    }

    /** @throws IllegalArgumentException if no bucket can have that name, or no object that key */
    public static ApiRequest ofObject(HttpMethod method, String bucket, String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a key has at least one character");
        }
        return new ApiRequest(method, requireName(bucket), requireText(key));
    }

    /** @throws IllegalArgumentException if UTF-8 has no way to write it: it would turn into another */
    public static String requireText(String key) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
            throw new IllegalArgumentException("a key with half a character");
        }
        return key;
    }

    /** Only so far that a request cannot turn into another one. */
    private static String requireName(String bucket) {
        if (bucket.isEmpty() || bucket.indexOf('/') >= 0) {
            throw new IllegalArgumentException("no name of a bucket: '" + bucket + "'");
        }
        return bucket;
    }

    /** @throws IllegalArgumentException if HTTP has no way to write it */
    public ApiRequest header(String name, @Nullable String value) {
        if (value != null) {
            if (!NAME.matcher(name).matches() || value.chars().anyMatch(c -> c < ' ' || c == DELETE)) {
                throw new IllegalArgumentException("no header: '" + name + "'");
            }
            headers.set(name, HeaderText.toWire(value));
        }
        return this;
    }

    /** For a copy: what is copied. */
    public ApiRequest copySource(String sourceBucket, String sourceKey) {
        return header(
                "x-amz-copy-source",
                '/'
                        + UriEncoding.encode(requireName(sourceBucket))
                        + '/'
                        + UriEncoding.encodePath(requireText(sourceKey)));
    }

    /** A parameter without a value. */
    public ApiRequest query(String name) {
        return query(name, "");
    }

    public ApiRequest query(String name, @Nullable String value) {
        if (value != null) {
            query.append(query.length() == 0 ? "" : "&")
                    .append(UriEncoding.encode(name))
                    .append('=');
            query.append(UriEncoding.encode(value));
        }
        return this;
    }

    /** A document: it is whole in memory, and small. */
    public ApiRequest document(Content document) {
        content = document;
        return this;
    }

    /** A body; a checksum goes with it if the client sends such. */
    public ApiRequest body(Content body) {
        if (body.length() < 0) {
            throw new IllegalArgumentException("a body of unknown length can only be uploaded in parts");
        }
        content = body;
        withChecksum = true;
        return this;
    }

    /**
     * It is repeated only where it is known again.
     *
     * @param refusals codes by which a cluster refuses it under its name, so that they are the first answer given again; any
     *     other refusal of a repeated request says nothing of the attempts before
     */
    public ApiRequest repeatIfKnownAgain(String... refusals) {
        repeat = Repeat.IF_KNOWN_AGAIN;
        decidedOnce = Set.of(refusals);
        return this;
    }

    public HttpMethod method() {
        return method;
    }

    @Nullable
    String bucket() {
        return bucket;
    }

    @Nullable
    String key() {
        return key;
    }

    MultiMap headers() {
        return headers;
    }

    @Nullable
    Content content() {
        return content;
    }

    boolean isWithChecksum() {
        return withChecksum;
    }

    Repeat repeat() {
        return repeat;
    }

    boolean isDecidedOnce(String refusal) {
        return decidedOnce.contains(refusal);
    }

    String rawQuery() {
        return query.toString();
    }

    String rawPath(String basePath) {
        if (bucket == null) {
            return basePath + '/';
        }
        return basePath + '/' + UriEncoding.encode(bucket) + (key == null ? "" : '/' + UriEncoding.encodePath(key));
    }

    /** For messages. */
    String resource() {
        return '/' + Objects.requireNonNullElse(bucket, "") + (key == null ? "" : '/' + key);
    }

    boolean isRead() {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }
}

package io.chordata.client.model;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an object has beside its bytes.
 *
 * @param headers of those that S3 keeps: {@code content-type}, {@code cache-control}, {@code content-disposition},
 *     {@code content-encoding}, {@code content-language}, {@code expires}; names in lower case
 * @param user without {@code x-amz-meta-}; names in lower case, values any text. 2 KiB in all
 */
public record ObjectMetadata(Map<String, String> headers, Map<String, String> user) {
    public static final ObjectMetadata NONE = new ObjectMetadata(Map.of(), Map.of());

    public ObjectMetadata {
        headers = lowerCase(headers);
        user = lowerCase(user);
    }

    public static ObjectMetadata ofType(String contentType) {
        return NONE.withContentType(contentType);
    }

    public ObjectMetadata withContentType(String value) {
        return withHeader("content-type", value);
    }

    public ObjectMetadata withHeader(String name, String value) {
        return new ObjectMetadata(with(headers, name, value), user);
    }

    public ObjectMetadata withUser(String name, String value) {
        return new ObjectMetadata(headers, with(user, name, value));
    }

    public @Nullable String contentType() {
        return headers.get("content-type");
    }

    private static Map<String, String> with(Map<String, String> map, String name, String value) {
        Map<String, String> next = new TreeMap<>(map);
        next.put(name.toLowerCase(Locale.ROOT), value);
        return next;
    }

    private static Map<String, String> lowerCase(Map<String, String> map) {
        Map<String, String> next = new TreeMap<>();
        map.forEach((name, value) -> next.put(name.toLowerCase(Locale.ROOT), value));
        return Collections.unmodifiableMap(next);
    }
}

package io.chordata.node.object;

import java.util.Map;

/**
 * What a client stores with an object, given back unchanged.
 *
 * @param headers standard headers by lower-case name: content-type, cache-control, content-disposition,
 *     content-encoding, content-language, expires
 * @param user user metadata by lower-case name without {@code x-amz-meta-}
 */
public record ObjectMetadata(Map<String, String> headers, Map<String, String> user) {
    public static final ObjectMetadata EMPTY = new ObjectMetadata(Map.of(), Map.of());
}

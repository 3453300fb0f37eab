package io.chordata.node.s3.auth;

import io.vertx.core.MultiMap;

/**
 * What a signature covers, as it came over the wire.
 *
 * @param rawPath without the query, never normalised
 * @param rawQuery without the question mark; empty for none
 * @param headers names in any case; a char for each byte
 */
public record SignedRequest(String method, String rawPath, String rawQuery, MultiMap headers) {}

package io.chordata.client.sigv4;

import io.vertx.core.MultiMap;
import java.util.List;

/**
 * A request as both ends must see it to come to one signature.
 *
 * @param rawPath as on the wire, without the query; any valid encoding gives the same canonical path
 * @param rawQuery as on the wire, without the question mark; empty for none. Its {@code X-Amz-Signature} is left out
 * @param headers names in any case; what an HTTP parser gives, a char for each byte
 * @param signedHeaders lower-case names in the order signed; one that is missing counts as empty
 * @param payloadHash the value of {@code x-amz-content-sha256}, or what stands for it
 */
public record CanonicalRequest(
        String method,
        String rawPath,
        String rawQuery,
        MultiMap headers,
        List<String> signedHeaders,
        String payloadHash) {
    private static final int USUAL_BYTES = 1024;

    /** SHA-256 of the canonical text. */
    byte[] hash() {
        ByteText text = text();
        return Sha256.hash(text.array(), text.length());
    }

    /** What is hashed: to compare with what the other end made of the request. */
    public byte[] bytes() {
        return text().toBytes();
    }

    ByteText text() {
        ByteText text = new ByteText(USUAL_BYTES);
        text.append(method).append('\n');
        UriEncoding.appendCanonicalPath(text, rawPath);
        text.append('\n');
        UriEncoding.appendCanonicalQuery(text, rawQuery, QueryParameters.SIGNATURE);
        text.append('\n');
        for (String name : signedHeaders) {
            appendHeader(text, name);
        }
        text.append('\n');
        appendNames(text);
        return text.append('\n').append(payloadHash);
    }

    private void appendHeader(ByteText text, String name) {
        text.append(name).append(':');
        List<String> values = headers.getAll(name);
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ",");
            appendTrimmed(text, values.get(i));
        }
        text.append('\n');
    }

    private void appendNames(ByteText text) {
        for (int i = 0; i < signedHeaders.size(); i++) {
            text.append(i == 0 ? "" : ";").append(signedHeaders.get(i));
        }
    }

    /** Without spaces at the ends, and each run of spaces within as one. */
    private static void appendTrimmed(ByteText text, String value) {
        boolean begun = false;
        boolean space = false;
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character == ' ' || character == '\t') {
                space = begun;
                continue;
            }
            if (space) {
                text.append(' ');
            }
            text.append(character);
            space = false;
            begun = true;
        }
    }
}

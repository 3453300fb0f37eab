package io.chordata.node.s3.auth;

import io.chordata.node.block.ChecksumAlgorithm;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a request say of its body, beside its encoding.
 *
 * @param md5 of Content-MD5, or null
 * @param algorithm of the checksum header or the announced trailer, or null
 * @param checksum of the header; null if it comes in the trailer, or not at all
 * @param trailer the trailer announced, in lower case, or null
 */
record BodyPromises(
        byte @Nullable [] md5,
        @Nullable ChecksumAlgorithm algorithm,
        byte @Nullable [] checksum,
        @Nullable String trailer) {
    private static final int MD5_BYTES = 16;
    private static final String CHECKSUM_PREFIX = "x-amz-checksum-";
    private static final List<String> NO_CHECKSUM = List.of("algorithm", "mode", "type");

    static BodyPromises read(MultiMap headers, Authentication.ChecksumHeaders of, boolean trailers) {
        byte[] md5 = md5(headers);
        String trailer = trailer(headers, trailers);
        if (of == Authentication.ChecksumHeaders.OF_THE_OBJECT && trailer == null) {
            return new BodyPromises(md5, null, null, null);
        }
        List<String> names = of == Authentication.ChecksumHeaders.OF_THE_OBJECT ? List.of() : checksumNames(headers);
        if (names.size() + (trailer == null ? 0 : 1) > 1) {
            throw invalid("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }
        String name = names.isEmpty() ? trailer : names.get(0);
        ChecksumAlgorithm algorithm = name == null ? null : algorithm(name);
        requireNamed(headers, algorithm, of);
        byte[] checksum = names.isEmpty() || algorithm == null ? null : value(algorithm, headers.get(name));
        return new BodyPromises(md5, algorithm, checksum, trailer);
    }

    /** The value that a header or trailer gives for the algorithm. */
    static byte[] value(ChecksumAlgorithm algorithm, @Nullable String text) {
        byte[] value = base64(text == null ? "" : text, algorithm.bytes());
        if (value == null) {
            throw invalid("Value for " + algorithm.headerName() + " header is invalid.");
        }
        return value;
    }

    private static byte @Nullable [] md5(MultiMap headers) {
        String text = headers.get("content-md5");
        if (text == null) {
            return null;
        }
        byte[] md5 = base64(text.strip(), MD5_BYTES);
        if (md5 == null) {
            throw new AuthException(AuthError.INVALID_DIGEST, "The Content-MD5 you specified was invalid.");
        }
        return md5;
    }

    private static @Nullable String trailer(MultiMap headers, boolean trailers) {
        String announced = headers.get("x-amz-trailer");
        if (announced == null) {
            return null;
        }
        String name = announced.strip().toLowerCase(Locale.ROOT);
        if (!trailers || !name.startsWith(CHECKSUM_PREFIX)) {
            throw invalid("The value specified in the x-amz-trailer header is not supported");
        }
        return name;
    }

    private static List<String> checksumNames(MultiMap headers) {
        List<String> names = new ArrayList<>();
        for (String name : headers.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(CHECKSUM_PREFIX) && !NO_CHECKSUM.contains(lower.substring(CHECKSUM_PREFIX.length()))) {
                names.addAll(Collections.nCopies(headers.getAll(name).size(), lower));
            }
        }
        return names;
    }

    private static ChecksumAlgorithm algorithm(String headerName) {
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            if (algorithm.headerName().equals(headerName)) {
                return algorithm;
            }
        }
        throw new AuthException(AuthError.UNSUPPORTED_BODY, headerName + " is not implemented");
    }

    /** The SDKs say again, in a header of their own, which checksum they send. */
    private static void requireNamed(
            MultiMap headers, @Nullable ChecksumAlgorithm algorithm, Authentication.ChecksumHeaders of) {
        String named = headers.get("x-amz-sdk-checksum-algorithm");
        if (named == null || of == Authentication.ChecksumHeaders.OF_THE_OBJECT) {
            return;
        }
        if (algorithm == null) {
            throw invalid("x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-*"
                    + " or x-amz-trailer headers were found.");
        }
        if (!named.strip().equalsIgnoreCase(algorithm.name())) {
            throw invalid("Value for x-amz-sdk-checksum-algorithm header is invalid.");
        }
    }

    private static byte @Nullable [] base64(String text, int bytes) {
        try {
            byte[] value = Base64.getDecoder().decode(text);
            return value.length == bytes ? value : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static AuthException invalid(String message) {
        return new AuthException(AuthError.INVALID_REQUEST, message);
    }
}

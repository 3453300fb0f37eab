package io.chordata.node.s3.auth;

import io.chordata.client.sigv4.QueryParameters;
import io.chordata.client.sigv4.Signer;
import io.chordata.client.sigv4.UriEncoding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a presigned query. */
final class QueryClaim {
    private static final String CONTENT_SHA256 = "X-Amz-Content-Sha256";
    private static final long MAX_EXPIRES_SECONDS = 604_800;
    private static final int MAX_EXPIRES_DIGITS = 6;

    private static final Set<String> SIGNED_WITH_V4 = new TreeSet<>(List.of(
            QueryParameters.ALGORITHM,
            QueryParameters.CREDENTIAL,
            QueryParameters.DATE,
            QueryParameters.EXPIRES,
            QueryParameters.SIGNED_HEADERS,
            QueryParameters.SIGNATURE,
            QueryParameters.SECURITY_TOKEN,
            CONTENT_SHA256));
    private static final Set<String> SIGNED_WITH_V2 = new TreeSet<>(List.of("AWSAccessKeyId", "Signature"));

    private final Map<String, String> parameters = new TreeMap<>();
    private boolean repeats;
    private boolean versionTwo;

    private QueryClaim() {}

    /** The parameters that speak of a signature; empty for a query without. */
    static QueryClaim read(String rawQuery) {
        QueryClaim claim = new QueryClaim();
        for (int start = 0; start < rawQuery.length(); ) {
            int ampersand = rawQuery.indexOf('&', start);
            int end = ampersand < 0 ? rawQuery.length() : ampersand;
            claim.add(rawQuery.substring(start, end));
            start = end + 1;
        }
        return claim;
    }

    private void add(String parameter) {
        int equals = parameter.indexOf('=');
        String name = UriEncoding.decode(equals < 0 ? parameter : parameter.substring(0, equals));
        if (SIGNED_WITH_V4.contains(name)) {
            String value = equals < 0 ? "" : UriEncoding.decode(parameter.substring(equals + 1));
            repeats |= parameters.put(name, value) != null;
        }
        versionTwo |= SIGNED_WITH_V2.contains(name);
    }

    /** True if the query claims to be signed, in whatever scheme. */
    boolean isPresent() {
        return versionTwo
                || parameters.containsKey(QueryParameters.ALGORITHM)
                || parameters.containsKey(QueryParameters.CREDENTIAL)
                || parameters.containsKey(QueryParameters.SIGNATURE);
    }

    boolean hasToken() {
        return parameters.containsKey(QueryParameters.SECURITY_TOKEN);
    }

    /** The hash of the payload that was signed, or null if none was. */
    @Nullable
    String contentSha256() {
        return parameters.get(CONTENT_SHA256);
    }

    Claim claim() {
        if (versionTwo && parameters.isEmpty()) {
            throw new AuthException(
                    AuthError.UNSUPPORTED_SCHEME, "The authorization mechanism must be " + Signer.ALGORITHM);
        }
        if (repeats) {
            throw malformed("Each X-Amz parameter of the signature may be given once");
        }
        if (!required(QueryParameters.ALGORITHM).equals(Signer.ALGORITHM)) {
            throw malformed("X-Amz-Algorithm only supports " + Signer.ALGORITHM);
        }
        return Claim.of(
                required(QueryParameters.CREDENTIAL),
                required(QueryParameters.DATE),
                required(QueryParameters.SIGNED_HEADERS),
                required(QueryParameters.SIGNATURE),
                AuthError.MALFORMED_QUERY);
    }

    long expiresMillis() {
        String text = required(QueryParameters.EXPIRES);
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw malformed("X-Amz-Expires should be a number of seconds");
        }
        long seconds = text.length() > MAX_EXPIRES_DIGITS ? Long.MAX_VALUE : Long.parseLong(text);
        if (seconds > MAX_EXPIRES_SECONDS) {
            throw malformed("X-Amz-Expires must be less than a week (in seconds), at most " + MAX_EXPIRES_SECONDS);
        }
        return seconds * 1000;
    }

    private String required(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw malformed("A presigned query needs X-Amz-Algorithm, X-Amz-Credential, X-Amz-Date, X-Amz-Expires,"
                    + " X-Amz-SignedHeaders and X-Amz-Signature; " + name + " is missing");
        }
        return value;
    }

    private static AuthException malformed(String message) {
        return new AuthException(AuthError.MALFORMED_QUERY, message);
    }
}

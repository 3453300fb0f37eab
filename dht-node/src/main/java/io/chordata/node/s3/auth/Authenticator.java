package io.chordata.node.s3.auth;

import io.chordata.client.sigv4.CanonicalRequest;
import io.chordata.client.sigv4.PayloadHash;
import io.chordata.client.sigv4.Signer;
import io.chordata.client.sigv4.SigningKeys;
import io.chordata.node.access.AccessKeys;
import io.chordata.node.core.Clock;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Verifies that a request was signed with Signature V4, in its header or in its query, by a key that we know. Safe for
 * use by many loops.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html">S3 API reference,
 *     Authenticating Requests</a>
 */
public final class Authenticator {
    static final String CONTENT_SHA256 = "x-amz-content-sha256";

    private static final String SECURITY_TOKEN = "x-amz-security-token";
    private static final long MAX_SKEW_MILLIS = 15 * 60 * 1000;

    private final AccessKeys keys;
    private final Clock clock;
    private final SigningKeys signingKeys = new SigningKeys();

    public Authenticator(AccessKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Completes on the caller's loop. Fails with {@link AuthException} if it was not, about the signature, never about the
     * body; with {@link io.chordata.node.access.KeysUnavailableException} where nobody can tell now.
     */
    public Future<Authentication> authenticate(SignedRequest request) {
        try {
            return read(request);
        } catch (AuthException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Authentication> read(SignedRequest request) {
        String authorization = request.headers().get("authorization");
        QueryClaim query = QueryClaim.read(request.rawQuery());
        if (authorization == null && !query.isPresent()) {
            throw new AuthException(AuthError.UNSIGNED, "Access Denied: the request is not signed");
        }
        if (request.headers().getAll("authorization").size() > 1) {
            throw new AuthException(AuthError.TWO_SCHEMES, "Only one Authorization header allowed");
        }
        if (authorization != null && query.isPresent()) {
            throw new AuthException(
                    AuthError.TWO_SCHEMES,
                    "Only one auth mechanism allowed: the Authorization header or the query, not both");
        }
        if (query.hasToken() || request.headers().contains(SECURITY_TOKEN)) {
            throw new AuthException(AuthError.UNKNOWN_TOKEN, "The provided token is malformed or otherwise invalid.");
        }
        return authorization != null ? header(request, authorization) : presigned(request, query);
    }

    private Future<Authentication> header(SignedRequest request, String authorization) {
        Claim claim = HeaderClaim.read(authorization, request.headers());
        return secret(claim).map(secret -> header(request, claim, secret));
    }

    private Authentication header(SignedRequest request, Claim claim, String secret) {
        if (Math.abs(clock.wallMillis() - claim.signedMillis()) > MAX_SKEW_MILLIS) {
            throw new AuthException(
                    AuthError.SKEWED, "The difference between the request time and the current time is too large.");
        }
        String sent = request.headers().get(CONTENT_SHA256);
        // S3 insists on the header; curl leaves it out and signs for an empty body, so that is what it may send.
        String payloadHash = sent == null ? PayloadHash.EMPTY : sent;
        return verified(request, claim, secret, payloadHash, payloadHash, false);
    }

    private Future<Authentication> presigned(SignedRequest request, QueryClaim query) {
        Claim claim = query.claim();
        long expiresMillis = query.expiresMillis();
        return secret(claim).map(secret -> presigned(request, query, claim, expiresMillis, secret));
    }

    private Authentication presigned(
            SignedRequest request, QueryClaim query, Claim claim, long expiresMillis, String secret) {
        long now = clock.wallMillis();
        if (now > claim.signedMillis() + expiresMillis) {
            throw new AuthException(AuthError.EXPIRED, "Request has expired");
        }
        if (claim.signedMillis() - now > MAX_SKEW_MILLIS) {
            throw new AuthException(AuthError.EXPIRED, "Request is not yet valid");
        }
        String sent = request.headers().get(CONTENT_SHA256);
        String payloadHash = presignedHash(claim, query.contentSha256(), sent);
        return verified(request, claim, secret, payloadHash, sent == null ? payloadHash : sent, true);
    }

    /** What was signed in the place of the hash: nobody knows the body when a link is made, unless they say so. */
    private static String presignedHash(Claim claim, @Nullable String inQuery, @Nullable String sent) {
        if (inQuery != null) {
            return inQuery;
        }
        return sent != null && claim.signedHeaders().contains(CONTENT_SHA256) ? sent : PayloadHash.UNSIGNED;
    }

    private Future<String> secret(Claim claim) {
        return keys.secretOf(claim.accessKey())
                .compose(secret -> secret != null
                        ? Future.succeededFuture(secret)
                        : Future.failedFuture(new AuthException(
                                AuthError.UNKNOWN_KEY,
                                "The AWS access key Id you provided does not exist in our records.")));
    }

    /**
     * @param payloadHash as signed
     * @param bodyHash what the body is held to
     */
    private Authentication verified(
            SignedRequest request, Claim claim, String secret, String payloadHash, String bodyHash, boolean presigned) {
        ContentHash.require(payloadHash);
        ContentHash.require(bodyHash);
        requireSigned(request.headers(), claim.signedHeaders());
        Signer signer = new Signer(signingKeys.key(secret, claim.scope()), claim.amzDate(), claim.scope());
        CanonicalRequest canonical = new CanonicalRequest(
                request.method(),
                request.rawPath(),
                request.rawQuery(),
                request.headers(),
                claim.signedHeaders(),
                payloadHash);
        String expected = signer.sign(canonical);
        if (!sameSignature(expected, claim.signature())) {
            throw SignatureMismatch.of(claim, signer.stringToSign(canonical), canonical.bytes());
        }
        if (presigned && !payloadHash.equals(PayloadHash.UNSIGNED) && !payloadHash.equals(bodyHash)) {
            throw new AuthException(
                    AuthError.CONTENT_SHA256_MISMATCH, "The body is not the one that the request was presigned for");
        }
        return new Authentication(
                claim.accessKey(), presigned, bodyHash, request.headers(), claim.signedHeaders(), signer, expected);
    }

    /** What steers an operation must be covered by the signature. The hash of the payload is, in a place of its own. */
    private static void requireSigned(MultiMap headers, List<String> signed) {
        if (!signed.contains("host")) {
            throw notSigned("host");
        }
        for (String name : headers.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-amz-") && !lower.equals(CONTENT_SHA256) && !signed.contains(lower)) {
                throw notSigned(lower);
            }
        }
    }

    private static AuthException notSigned(String header) {
        return new AuthException(
                AuthError.HEADER_NOT_SIGNED,
                "There were headers present in the request which were not signed: " + header);
    }

    /** In a time that does not tell how much of it is right. */
    static boolean sameSignature(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.ISO_8859_1), given.getBytes(StandardCharsets.ISO_8859_1));
    }
}

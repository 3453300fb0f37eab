package io.chordata.node.admin;

import io.chordata.client.sigv4.AmzDate;
import io.chordata.client.sigv4.CanonicalRequest;
import io.chordata.client.sigv4.CredentialScope;
import io.chordata.client.sigv4.PayloadHash;
import io.chordata.client.sigv4.Signer;
import io.chordata.client.sigv4.SigningKeys;
import io.chordata.node.access.AccessKeys;
import io.chordata.node.access.KeysUnavailableException;
import io.chordata.node.core.Clock;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks the Signature V4 of an admin request, service {@code chordata}, in its Authorization header. Without the header
 * {@code x-amz-content-sha256} the signature stands for an empty body.
 */
public final class AdminAuthenticator {
    public static final String SERVICE = "chordata";

    private static final String CONTENT_SHA256 = "x-amz-content-sha256";
    private static final long WINDOW_MILLIS = TimeUnit.MINUTES.toMillis(15);

    private final AccessKeys accessKeys;
    private final Clock clock;
    private final SigningKeys signingKeys = new SigningKeys();

    public AdminAuthenticator(AccessKeys accessKeys, Clock clock) {
        this.accessKeys = accessKeys;
        this.clock = clock;
    }

    /**
     * Who signed a request.
     *
     * @param bodySha256 what its body must have, in hex digits
     */
    record Signature(String accessKey, String bodySha256) {}

    /** Fails with {@link ProblemException}: 401 unless the request is signed by a key that counts, 503 if nobody can tell. */
    Future<Signature> authenticate(HttpServerRequest request) {
        Claim claim = Claim.parse(request.getHeader("Authorization"));
        String amzDate = request.getHeader("x-amz-date");
        if (claim == null || amzDate == null || !claim.isFor(SERVICE) || !claim.covers("host", "x-amz-date")) {
            return refused("sign the request with Signature V4 for the service '" + SERVICE
                    + "', Host and X-Amz-Date among the signed headers");
        }
        OptionalLong time = AmzDate.parse(amzDate);
        if (time.isEmpty() || !AmzDate.date(amzDate).equals(claim.scope.date())) {
            return refused("X-Amz-Date must be a time as in 20260101T120000Z, of the credential's date");
        }
        long aheadMillis = time.getAsLong() - clock.wallMillis();
        if (Math.abs(aheadMillis) > WINDOW_MILLIS) {
            return Future.failedFuture(clockSkew(aheadMillis));
        }
        return secretOf(claim.accessKey).compose(secret -> {
            String sha256 = bodySha256(request);
            return secret != null && sameText(claim.signature, expected(request, claim, amzDate, secret, sha256))
                    ? Future.succeededFuture(new Signature(claim.accessKey, sha256))
                    : refused("the access key or the signature is not right");
        });
    }

    /** The secret of the key, or null if there is no such key; fails with {@link ProblemException}. */
    Future<@Nullable String> secretOf(String accessKey) {
        return accessKeys
                .secretOf(accessKey)
                .recover(failure -> Future.failedFuture(
                        failure instanceof KeysUnavailableException
                                ? new ProblemException(
                                        503, "Keys not readable", "whether there is such a key cannot be told now")
                                : failure));
    }

    long wallMillis() {
        return clock.wallMillis();
    }

    /** Told even to strangers: what time it is, is no secret. */
    private static ProblemException clockSkew(long aheadMillis) {
        return new ProblemException(
                401,
                "Clock skew",
                "the request's clock is "
                        + Duration.ofMillis(Math.abs(aheadMillis)).toSeconds() + " s "
                        + (aheadMillis > 0 ? "ahead of" : "behind") + " the node's, and " + WINDOW_MILLIS / 1_000
                        + " s are allowed: set the clock of the one that is wrong");
    }

    private static String bodySha256(HttpServerRequest request) {
        String sent = request.getHeader(CONTENT_SHA256);
        return sent == null ? PayloadHash.EMPTY : sent;
    }

    private String expected(HttpServerRequest request, Claim claim, String amzDate, String secret, String bodySha256) {
        String uri = request.uri();
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        String query = mark < 0 ? "" : uri.substring(mark + 1);
        byte[] key = signingKeys.key(secret, claim.scope);
        return new Signer(key, amzDate, claim.scope)
                .sign(new CanonicalRequest(
                        request.method().name(), path, query, request.headers(), claim.signedHeaders, bodySha256));
    }

    static boolean sameText(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    private static <T> Future<T> refused(String detail) {
        return Future.failedFuture(notSignedIn(detail));
    }

    static ProblemException notSignedIn(String detail) {
        return new ProblemException(401, "Sign-in needed", detail);
    }

    /** What the Authorization header says. */
    private record Claim(String accessKey, CredentialScope scope, List<String> signedHeaders, String signature) {
        private static final int CREDENTIAL_PARTS = 5;

        static @Nullable Claim parse(@Nullable String header) {
            if (header == null || !header.startsWith(Signer.ALGORITHM + " ")) {
                return null;
            }
            String[] fields = header.substring(Signer.ALGORITHM.length()).split(",", -1);
            String[] credential = value(fields, "Credential=").split("/", -1);
            String signedHeaders = value(fields, "SignedHeaders=");
            if (credential.length != CREDENTIAL_PARTS
                    || !credential[4].equals(CredentialScope.TERMINATOR)
                    || signedHeaders.isEmpty()) {
                return null;
            }
            CredentialScope scope = new CredentialScope(credential[1], credential[2], credential[3]);
            return new Claim(credential[0], scope, List.of(signedHeaders.split(";", -1)), value(fields, "Signature="));
        }

        private static String value(String[] fields, String name) {
            return Arrays.stream(fields)
                    .map(String::strip)
                    .filter(field -> field.startsWith(name))
                    .map(field -> field.substring(name.length()))
                    .findFirst()
                    .orElse("");
        }

        boolean isFor(String service) {
            return scope.service().equals(service);
        }

        boolean covers(String... names) {
            return signedHeaders.containsAll(List.of(names));
        }
    }
}

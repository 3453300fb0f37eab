package io.chordata.node.admin;

import io.chordata.client.sigv4.AmzDate;
import io.chordata.client.sigv4.CanonicalRequest;
import io.chordata.client.sigv4.CredentialScope;
import io.chordata.client.sigv4.PayloadHash;
import io.chordata.client.sigv4.Signer;
import io.chordata.client.sigv4.SigningKeys;
import io.chordata.node.core.Clock;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks the Signature V4 of an admin request, service {@code chordata}, in its Authorization header. Requests have no
 * body, so the payload hash is that of nothing.
 */
public final class AdminAuthenticator {
    public static final String SERVICE = "chordata";

    private static final long WINDOW_MILLIS = TimeUnit.MINUTES.toMillis(15);

    private final String accessKey;
    private final String secretKey;
    private final Clock clock;
    private final SigningKeys keys = new SigningKeys();

    public AdminAuthenticator(String accessKey, String secretKey, Clock clock) {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.clock = clock;
    }

    /** @throws ProblemException 401 unless the request is signed by the root key */
    void authenticate(HttpServerRequest request) {
        Claim claim = Claim.parse(request.getHeader("Authorization"));
        String amzDate = request.getHeader("x-amz-date");
        if (claim == null || amzDate == null || !claim.isFor(SERVICE) || !claim.covers("host", "x-amz-date")) {
            throw refused("sign the request with Signature V4 for the service '" + SERVICE
                    + "', Host and X-Amz-Date among the signed headers");
        }
        checkTime(amzDate, claim);
        if (!sameText(claim.accessKey, accessKey) || !sameText(claim.signature, expected(request, claim, amzDate))) {
            throw refused("the access key or the signature is not right");
        }
    }

    private void checkTime(String amzDate, Claim claim) {
        OptionalLong time = AmzDate.parse(amzDate);
        if (time.isEmpty()
                || Math.abs(clock.wallMillis() - time.getAsLong()) > WINDOW_MILLIS
                || !AmzDate.date(amzDate).equals(claim.scope.date())) {
            throw refused("X-Amz-Date must be within 15 minutes of the node's clock and of the credential's date");
        }
    }

    private String expected(HttpServerRequest request, Claim claim, String amzDate) {
        MultiMap headers = request.headers();
        String uri = request.uri();
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        String query = mark < 0 ? "" : uri.substring(mark + 1);
        byte[] key = keys.key(secretKey, claim.scope);
        return new Signer(key, amzDate, claim.scope)
                .sign(new CanonicalRequest(
                        request.method().name(), path, query, headers, claim.signedHeaders, PayloadHash.EMPTY));
    }

    private static boolean sameText(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    private static ProblemException refused(String detail) {
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

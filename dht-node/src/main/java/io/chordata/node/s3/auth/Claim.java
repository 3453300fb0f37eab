package io.chordata.node.s3.auth;

import io.chordata.client.sigv4.AmzDate;
import io.chordata.client.sigv4.CredentialScope;
import io.chordata.client.sigv4.Hex;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a request says of its own signature: well formed, not yet believed.
 *
 * @param amzDate when it was signed, of the scope's date
 * @param signedMillis the same since 1970 UTC
 * @param signedHeaders lower-case names in the order signed
 * @param signature 64 hex digits
 */
record Claim(
        String accessKey,
        CredentialScope scope,
        String amzDate,
        long signedMillis,
        List<String> signedHeaders,
        String signature) {
    private static final String SERVICE = "s3";
    private static final int SCOPE_PARTS = 4;
    private static final int SIGNATURE_DIGITS = 64;

    /**
     * @param credential {@code ACCESSKEY/20130524/REGION/s3/aws4_request}; any region will do
     * @param malformed what to call it if one of these is
     */
    static Claim of(String credential, String amzDate, String signedHeaders, String signature, AuthError malformed) {
        OptionalLong signedMillis = AmzDate.parse(amzDate);
        if (signedMillis.isEmpty()) {
            throw new AuthException(malformed, "The date of the signature must be like 20130524T000000Z");
        }
        String[] parts = credential.split("/", -1);
        int scopeAt = parts.length - SCOPE_PARTS;
        if (scopeAt < 1 || !parts[parts.length - 1].equals(CredentialScope.TERMINATOR)) {
            throw new AuthException(
                    malformed, "The credential must be ACCESSKEY/YYYYMMDD/REGION/" + SERVICE + "/aws4_request");
        }
        CredentialScope scope = new CredentialScope(parts[scopeAt], parts[scopeAt + 1], parts[scopeAt + 2]);
        requireScope(scope, amzDate, malformed);
        if (!Hex.isLowerHex(signature, SIGNATURE_DIGITS)) {
            throw new AuthException(malformed, "The signature must be 64 lower-case hex digits");
        }
        String accessKey = String.join("/", Arrays.copyOf(parts, scopeAt));
        return new Claim(
                accessKey, scope, amzDate, signedMillis.getAsLong(), names(signedHeaders, malformed), signature);
    }

    private static void requireScope(CredentialScope scope, String amzDate, AuthError malformed) {
        if (!scope.service().equals(SERVICE)) {
            throw new AuthException(malformed, "The service in the credential must be " + SERVICE);
        }
        if (scope.region().isEmpty()) {
            throw new AuthException(malformed, "The region in the credential is empty");
        }
        if (!scope.date().equals(AmzDate.date(amzDate))) {
            throw new AuthException(malformed, "The date in the credential is not that of the signature, " + amzDate);
        }
    }

    private static List<String> names(String signedHeaders, AuthError malformed) {
        List<String> names = Arrays.asList(signedHeaders.split(";", -1));
        for (String name : names) {
            if (name.isEmpty() || !isLowerCase(name)) {
                throw new AuthException(malformed, "SignedHeaders must be lower-case names with semicolons between");
            }
        }
        return names;
    }

    private static boolean isLowerCase(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
                return false;
            }
        }
        return true;
    }
}

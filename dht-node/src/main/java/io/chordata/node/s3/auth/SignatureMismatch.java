package io.chordata.node.s3.auth;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows the client what we signed, as S3 does: all of it came from the client, and nothing of it is secret. */
final class SignatureMismatch {
    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

    private SignatureMismatch() {}

    static AuthException of(Claim claim, byte[] stringToSign, byte[] canonicalRequest) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("AWSAccessKeyId", claim.accessKey());
        details.put("StringToSign", new String(stringToSign, StandardCharsets.UTF_8));
        details.put("SignatureProvided", claim.signature());
        details.put("StringToSignBytes", SPACED.formatHex(stringToSign));
        details.put("CanonicalRequest", new String(canonicalRequest, StandardCharsets.UTF_8));
        details.put("CanonicalRequestBytes", SPACED.formatHex(canonicalRequest));
        return new AuthException(
                AuthError.SIGNATURE_MISMATCH,
                "The request signature we calculated does not match the signature you provided."
                        + " Check your key and signing method.",
                details);
    }
}

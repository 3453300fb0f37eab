package io.chordata.client.sigv4;

/**
 * A signing key at one moment: what signs a request, and then the chunks of its body. Shows no key when printed.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">S3 API reference,
 *     Signature Calculations</a>
 */
public final class Signer {
    public static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final int USUAL_BYTES = 256;

    private final byte[] key;
    private final String amzDate;
    private final CredentialScope scope;

    /** @param amzDate as in {@link AmzDate}, of the scope's date */
    public Signer(byte[] key, String amzDate, CredentialScope scope) {
        this.key = key;
        this.amzDate = amzDate;
        this.scope = scope;
    }

    /** The signature of the request: 64 hex digits. */
    public String sign(CanonicalRequest request) {
        return hmac(textToSign(request));
    }

    /** What that signature is of: to compare with what the other end signed. */
    public byte[] stringToSign(CanonicalRequest request) {
        return textToSign(request).toBytes();
    }

    private ByteText textToSign(CanonicalRequest request) {
        return begin(ALGORITHM).appendHex(request.hash());
    }

    /** Starts the chain of chunk signatures at the request's own. */
    public ChunkSignatures chunks(String seedSignature) {
        return new ChunkSignatures(this, seedSignature);
    }

    String signChunk(String previous, byte[] sha256) {
        return hmac(begin("AWS4-HMAC-SHA256-PAYLOAD")
                .append(previous)
                .append('\n')
                .append(PayloadHash.EMPTY)
                .append('\n')
                .appendHex(sha256));
    }

    String signTrailer(String previous, byte[] sha256) {
        return hmac(
                begin("AWS4-HMAC-SHA256-TRAILER").append(previous).append('\n').appendHex(sha256));
    }

    private ByteText begin(String algorithm) {
        return new ByteText(USUAL_BYTES)
                .append(algorithm)
                .append('\n')
                .append(amzDate)
                .append('\n')
                .append(scope.toString())
                .append('\n');
    }

    private String hmac(ByteText text) {
        return Hex.of(Sha256.hmac(key, text.array(), text.length()));
    }
}

package io.chordata.node.s3.auth;

import io.chordata.client.sigv4.ChunkSignatures;
import io.chordata.client.sigv4.PayloadHash;
import io.chordata.client.sigv4.Signer;
import io.chordata.node.block.ChecksumAlgorithm;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that was found to come from whom it says: who sent it, and how its body is to be read and verified. */
public final class Authentication {
    private static final int MAX_LENGTH_DIGITS = 18;

    private final String accessKey;
    private final boolean presigned;
    private final String bodyHash;
    private final MultiMap headers;
    private final List<String> signedHeaders;
    private final @Nullable Signer signer;
    private final String signature;

    Authentication(
            String accessKey,
            boolean presigned,
            String bodyHash,
            MultiMap headers,
            List<String> signedHeaders,
            @Nullable Signer signer,
            String signature) {
        this.accessKey = accessKey;
        this.presigned = presigned;
        this.bodyHash = bodyHash;
        this.headers = headers;
        this.signedHeaders = signedHeaders;
        this.signer = signer;
        this.signature = signature;
    }

    /**
     * Of a sender who is known otherwise, and signed nothing. The body is held to {@code x-amz-content-sha256} if that came along.
     *
     * @throws AuthException INVALID_HASH
     */
    public static Authentication ofSession(String accessKey, MultiMap headers) {
        String sent = headers.get(Authenticator.CONTENT_SHA256);
        String bodyHash = sent == null ? PayloadHash.UNSIGNED : sent;
        ContentHash.require(bodyHash);
        return new Authentication(accessKey, false, bodyHash, headers, List.of(), null, "");
    }

    public String accessKey() {
        return accessKey;
    }

    public boolean isPresigned() {
        return presigned;
    }

    /** What the body is held to: a hash in hex digits, or one of the words that stand for none. */
    public String bodyHash() {
        return bodyHash;
    }

    /**
     * A header that is as the client sent it.
     *
     * @param name in lower case
     * @return null if there is none, or the signature does not cover it
     */
    public @Nullable String signedHeader(String name) {
        return signedHeaders.contains(name) ? headers.get(name) : null;
    }

    /** What {@code x-amz-checksum-ALGORITHM} headers speak of. */
    public enum ChecksumHeaders {
        OF_THE_BODY,
        /** CompleteMultipartUpload: of the object that comes of it, which is not this body. */
        OF_THE_OBJECT
    }

    /**
     * The decoded body. Everything that the headers promise of it is checked for sense here, before a byte is read (and
     * before 100-continue): lengths, Content-MD5, checksums, trailers announced.
     *
     * @param raw the bytes as they come off the wire; paused, and left so
     * @param fallback an algorithm to compute and keep if the client names none; null for none
     * @throws AuthException MISSING_LENGTH, INVALID_DIGEST, INVALID_REQUEST, UNSUPPORTED_BODY
     */
    public SignedPayload payload(
            ReadStream<Buffer> raw, ChecksumHeaders headers, @Nullable ChecksumAlgorithm fallback) {
        return switch (bodyHash) {
            case PayloadHash.UNSIGNED -> plain(raw, headers, fallback, null);
            case PayloadHash.STREAMING -> chunked(raw, headers, fallback, true, false);
            case PayloadHash.STREAMING_TRAILER -> chunked(raw, headers, fallback, true, true);
            case PayloadHash.STREAMING_UNSIGNED_TRAILER -> chunked(raw, headers, fallback, false, true);
            default -> plain(raw, headers, fallback, requireHash());
        };
    }

    private String requireHash() {
        if (ContentHash.isEcdsa(bodyHash)) {
            throw new AuthException(AuthError.UNSUPPORTED_BODY, bodyHash + " is not implemented");
        }
        return bodyHash;
    }

    private SignedPayload plain(
            ReadStream<Buffer> raw, ChecksumHeaders of, @Nullable ChecksumAlgorithm fallback, @Nullable String sha256) {
        long length = length("content-length");
        BodyPromises promises = BodyPromises.read(headers, of, false);
        return new DecodedPayload(raw, new PlainDecoder(length), length, sha256, promises, fallback);
    }

    private SignedPayload chunked(
            ReadStream<Buffer> raw,
            ChecksumHeaders of,
            @Nullable ChecksumAlgorithm fallback,
            boolean signed,
            boolean trailers) {
        if (presigned && signed) {
            throw new AuthException(AuthError.INVALID_REQUEST, "A presigned request cannot have signed chunks");
        }
        if (signed && signer == null) {
            throw new AuthException(
                    AuthError.INVALID_REQUEST, "There are no signed chunks in a request that is not signed");
        }
        long length = length("x-amz-decoded-content-length");
        BodyPromises promises = BodyPromises.read(headers, of, trailers);
        if (signed && trailers && promises.trailer() == null) {
            throw new AuthException(AuthError.INVALID_REQUEST, "x-amz-trailer must name the trailer of the body");
        }
        ChunkSignatures signatures = signed && signer != null ? signer.chunks(signature) : null;
        ChunkedDecoder decoder = new ChunkedDecoder(length, signatures, new Trailers(promises.trailer(), signed));
        return new DecodedPayload(raw, decoder, length, null, promises, fallback);
    }

    private long length(String header) {
        String text = headers.get(header);
        if (text == null) {
            throw new AuthException(AuthError.MISSING_LENGTH, "You must provide the " + header + " HTTP header.");
        }
        if (text.isEmpty() || text.length() > MAX_LENGTH_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new AuthException(AuthError.INVALID_REQUEST, "Value for " + header + " header is invalid.");
        }
        return Long.parseLong(text);
    }
}

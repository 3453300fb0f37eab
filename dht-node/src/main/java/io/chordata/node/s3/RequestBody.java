package io.chordata.node.s3;

import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.s3.auth.Authentication;
import io.chordata.node.s3.auth.Authentication.ChecksumHeaders;
import io.chordata.node.s3.auth.SignedPayload;
import io.chordata.node.s3.xml.DocumentShape;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** The body of a request. Nothing of it is read, nor asked for by 100-continue, before a handler wants it. */
final class RequestBody {
    private final Authentication authentication;
    private final ReadStream<Buffer> raw;

    /** @param raw paused */
    RequestBody(Authentication authentication, ReadStream<Buffer> raw) {
        this.authentication = authentication;
        this.raw = raw;
    }

    /**
     * The body of an object or a part.
     *
     * @param fallback the checksum to keep if the client names none; null for none
     * @throws RuntimeException what {@link ErrorTable} knows, if its headers already tell that it cannot be taken
     */
    SignedPayload payload(@Nullable ChecksumAlgorithm fallback) {
        SignedPayload payload = authentication.payload(raw, ChecksumHeaders.OF_THE_BODY, fallback);
        if (payload.length() > Limits.MAX_BODY_BYTES) {
            throw S3Error.ENTITY_TOO_LARGE
                    .plain()
                    .detail("ProposedSize", Long.toString(payload.length()))
                    .detail("MaxSizeAllowed", Long.toString(Limits.MAX_BODY_BYTES));
        }
        return payload;
    }

    /** Reads a document whole; the future fails with what {@link ErrorTable} knows. */
    <T> Future<T> document(DocumentShape<T> shape, ChecksumHeaders headers) {
        return document(shape, authentication.payload(raw, headers, null));
    }

    /** Like {@link #document(DocumentShape, ChecksumHeaders)}; refused unless a digest protects the body. */
    <T> Future<T> digestedDocument(DocumentShape<T> shape) {
        SignedPayload payload = authentication.payload(raw, ChecksumHeaders.OF_THE_BODY, null);
        if (!payload.isDigested()) {
            throw S3Error.INVALID_REQUEST.with("Missing required header for this request: Content-MD5, or a checksum.");
        }
        return document(shape, payload);
    }

    private static <T> Future<T> document(DocumentShape<T> shape, SignedPayload payload) {
        if (payload.length() > shape.maxBytes()) {
            throw S3Error.MALFORMED_XML.with("The document has more than " + shape.maxBytes() + " bytes.");
        }
        return new DocumentReader<>(shape, payload).read();
    }
}

package io.chordata.node.s3.auth;

/** Why a request is not believed, or its body not what was promised. The table of {@code s3} gives each its S3 code. */
public enum AuthError {
    /** Neither an Authorization header nor a presigned query. */
    UNSIGNED,
    /** Signature V2, or any other scheme that is not AWS4-HMAC-SHA256. */
    UNSUPPORTED_SCHEME,
    /** Signed in the header and in the query; S3 says InvalidArgument to that. */
    TWO_SCHEMES,
    /** The x-amz-content-sha256 is neither a hash nor a word of S3. */
    INVALID_HASH,
    MALFORMED_HEADER,
    MALFORMED_QUERY,
    /** No valid date came with the signature. */
    NO_DATE,
    /** Signed more than 15 minutes before or after now. */
    SKEWED,
    /** A presigned request after its end. */
    EXPIRED,
    UNKNOWN_KEY,
    /** A session token, which no key of ours has. */
    UNKNOWN_TOKEN,
    SIGNATURE_MISMATCH,
    /** A header that had to be signed was not. */
    HEADER_NOT_SIGNED,
    /** Neither a Content-Length nor, for encoded bodies, a decoded length. */
    MISSING_LENGTH,
    /** Content-MD5 is not 16 bytes in Base64. */
    INVALID_DIGEST,
    /** Headers of the body that contradict each other or are no such value. */
    INVALID_REQUEST,
    /** A body encoding of S3 that we do not speak (ECDSA signatures). */
    UNSUPPORTED_BODY,
    /** A chunk other than the last has less than 8 KiB. */
    CHUNK_TOO_SMALL,
    INCOMPLETE_BODY,
    /** The client sends less of the body than it must. */
    BODY_TOO_SLOW,
    /** Content-MD5 or a checksum is not that of the bytes. */
    BAD_DIGEST,
    CONTENT_SHA256_MISMATCH,
    MALFORMED_TRAILER
}

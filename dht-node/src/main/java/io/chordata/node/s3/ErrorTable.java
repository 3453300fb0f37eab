package io.chordata.node.s3;

import io.chordata.node.access.KeysUnavailableException;
import io.chordata.node.core.BlockCorruptException;
import io.chordata.node.core.BlockMissingException;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.core.StoreFullException;
import io.chordata.node.object.ObjectError;
import io.chordata.node.object.ObjectException;
import io.chordata.node.s3.auth.AuthError;
import io.chordata.node.s3.auth.AuthException;
import io.chordata.node.s3.xml.XmlException;

/** The one place where refusals of the layers below become errors of S3. */
final class ErrorTable {
    private ErrorTable() {}

    /** What the client is told. Anything unexpected is an INTERNAL_ERROR that says nothing of what went wrong. */
    static S3Exception of(Throwable failure) {
        if (failure instanceof S3Exception refusal) {
            return refusal;
        }
        if (failure instanceof ObjectException refusal) {
            return of(refusal);
        }
        if (failure instanceof AuthException refusal) {
            S3Exception refused = of(refusal.error()).with(refusal.getMessage());
            refusal.details().forEach(refused::detail);
            return refused;
        }
        if (failure instanceof XmlException refusal) {
            return malformed(refusal);
        }
        return ofStores(failure);
    }

    /** What is not the client's doing is told in the client's words: the log has ours. */
    private static S3Exception of(ObjectException refusal) {
        S3Error error = of(refusal.error());
        return error.isOurs() ? error.plain() : error.with(refusal.getMessage());
    }

    private static S3Exception malformed(XmlException refusal) {
        return S3Error.MALFORMED_XML.with(S3Error.MALFORMED_XML.message() + " Here: " + refusal.getMessage() + ".");
    }

    private static S3Exception ofStores(Throwable failure) {
        if (failure instanceof StoreBusyException) {
            return S3Error.SLOW_DOWN.plain();
        }
        if (failure instanceof StoreFullException) {
            return of(ObjectError.DISK_FULL).plain();
        }
        if (failure instanceof StoreFailedException || failure instanceof KeysUnavailableException) {
            return S3Error.SERVICE_UNAVAILABLE.plain();
        }
        return S3Error.INTERNAL_ERROR.plain();
    }

    /** True for refusals that somebody foresaw; of the others the log gets a stack trace. */
    static boolean isExpected(Throwable failure) {
        return failure instanceof S3Exception
                || failure instanceof ObjectException
                || failure instanceof AuthException
                || failure instanceof XmlException
                || failure instanceof KeysUnavailableException
                || failure instanceof StoreBusyException
                || failure instanceof StoreFullException
                || failure instanceof BlockMissingException
                || failure instanceof BlockCorruptException;
    }

    static S3Error of(ObjectError error) {
        return switch (error) {
            case BUCKET_ALREADY_OWNED -> S3Error.BUCKET_ALREADY_OWNED_BY_YOU;
            case BUCKET_NOT_EMPTY -> S3Error.BUCKET_NOT_EMPTY;
            case INVALID_BUCKET_NAME -> S3Error.INVALID_BUCKET_NAME;
            case NO_SUCH_BUCKET -> S3Error.NO_SUCH_BUCKET;
            case NO_SUCH_KEY -> S3Error.NO_SUCH_KEY;
            case NO_SUCH_UPLOAD -> S3Error.NO_SUCH_UPLOAD;
            case NO_SUCH_VERSION -> S3Error.NO_SUCH_VERSION;
            case INVALID_ARGUMENT -> S3Error.INVALID_ARGUMENT;
            case INVALID_PART -> S3Error.INVALID_PART;
            case INVALID_PART_NUMBER -> S3Error.INVALID_PART_NUMBER;
            case INVALID_PART_ORDER -> S3Error.INVALID_PART_ORDER;
            case INVALID_RANGE -> S3Error.INVALID_RANGE;
            case INVALID_REQUEST, TOO_MANY_KEYS -> S3Error.INVALID_REQUEST;
            case KEY_TOO_LONG -> S3Error.KEY_TOO_LONG;
            case ENTITY_TOO_LARGE -> S3Error.ENTITY_TOO_LARGE;
            case ENTITY_TOO_SMALL -> S3Error.ENTITY_TOO_SMALL;
            case BAD_DIGEST -> S3Error.BAD_DIGEST;
            case PRECONDITION_FAILED -> S3Error.PRECONDITION_FAILED;
            case BODY_TOO_OLD -> S3Error.REQUEST_TIMEOUT;
            case BUCKET_BUSY -> S3Error.OPERATION_ABORTED;
            case TOO_BUSY -> S3Error.SLOW_DOWN;
            case DISK_FULL, UNAVAILABLE, UNKNOWN_OUTCOME -> S3Error.SERVICE_UNAVAILABLE;
            case UNREADABLE -> S3Error.INTERNAL_ERROR;
        };
    }

    static S3Error of(AuthError error) {
        return switch (error) {
            case UNSIGNED, EXPIRED, NO_DATE, HEADER_NOT_SIGNED -> S3Error.ACCESS_DENIED;
            case UNSUPPORTED_SCHEME, INVALID_REQUEST -> S3Error.INVALID_REQUEST;
            case TWO_SCHEMES, INVALID_HASH -> S3Error.INVALID_ARGUMENT;
            case MALFORMED_HEADER -> S3Error.AUTHORIZATION_HEADER_MALFORMED;
            case MALFORMED_QUERY -> S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR;
            case SKEWED -> S3Error.REQUEST_TIME_TOO_SKEWED;
            case UNKNOWN_KEY -> S3Error.INVALID_ACCESS_KEY_ID;
            case UNKNOWN_TOKEN -> S3Error.INVALID_TOKEN;
            case SIGNATURE_MISMATCH -> S3Error.SIGNATURE_DOES_NOT_MATCH;
            case MISSING_LENGTH -> S3Error.MISSING_CONTENT_LENGTH;
            case INVALID_DIGEST -> S3Error.INVALID_DIGEST;
            case UNSUPPORTED_BODY -> S3Error.NOT_IMPLEMENTED;
            case CHUNK_TOO_SMALL -> S3Error.INVALID_CHUNK_SIZE;
            case BODY_TOO_SLOW -> S3Error.REQUEST_TIMEOUT;
            case INCOMPLETE_BODY -> S3Error.INCOMPLETE_BODY;
            case BAD_DIGEST -> S3Error.BAD_DIGEST;
            case CONTENT_SHA256_MISMATCH -> S3Error.X_AMZ_CONTENT_SHA256_MISMATCH;
            case MALFORMED_TRAILER -> S3Error.MALFORMED_TRAILER;
        };
    }
}

package io.chordata.node.object;

import io.chordata.node.core.BlockCorruptException;
import io.chordata.node.core.BlockMissingException;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.core.StoreFullException;
import io.chordata.node.object.rules.MessageProtos.Refusal;
import io.chordata.node.partition.PartitionRefusedException;
import io.vertx.core.Future;

/** The one place where failures of the layers below, and refusals of the rules, become {@link ObjectException}s. */
final class Failures {
    private Failures() {}

    static ObjectException of(Refusal refusal) {
        ObjectError error = switch (refusal.getReason()) {
            case UNKNOWN_SHARD -> ObjectError.NO_SUCH_BUCKET;
            case SEALED, STALE_ATTEMPT -> ObjectError.BUCKET_BUSY;
            case NO_SUCH_KEY -> ObjectError.NO_SUCH_KEY;
            case NO_SUCH_UPLOAD -> ObjectError.NO_SUCH_UPLOAD;
            case PRECONDITION_FAILED -> ObjectError.PRECONDITION_FAILED;
            case BODY_TOO_OLD -> ObjectError.BODY_TOO_OLD;
            case INVALID_PART -> ObjectError.INVALID_PART;
            case INVALID_PART_ORDER -> ObjectError.INVALID_PART_ORDER;
            case ENTITY_TOO_SMALL -> ObjectError.ENTITY_TOO_SMALL;
            case BAD_DIGEST -> ObjectError.BAD_DIGEST;
            case INVALID_REQUEST -> ObjectError.INVALID_REQUEST;
            case NOT_EMPTY -> ObjectError.BUCKET_NOT_EMPTY;
            case TOO_MANY_KEYS -> ObjectError.TOO_MANY_KEYS;
            case REASON_NONE, UNRECOGNIZED ->
                throw new IllegalStateException("unknown refusal " + refusal.getReasonValue());
        };
        return new ObjectException(error, refusal.getDetail());
    }

    /** Of a write or a command: unless the failure says otherwise, it may have happened. */
    static <T> Future<T> ofProposal(Throwable failure) {
        if (failure instanceof StoreFailedException) {
            return fail(ObjectError.UNKNOWN_OUTCOME, failure);
        }
        return ofStep(failure);
    }

    /** Of a read, or of bytes on their way; what is not known here is the caller's own and stays as it is. */
    static <T> Future<T> ofStep(Throwable failure) {
        if (failure instanceof PartitionRefusedException) {
            return fail(errorOf(((PartitionRefusedException) failure).reason()), failure);
        }
        if (failure instanceof StoreBusyException) {
            return fail(ObjectError.TOO_BUSY, failure);
        }
        if (failure instanceof StoreFullException) {
            return fail(ObjectError.DISK_FULL, failure);
        }
        if (failure instanceof StoreFailedException
                || failure instanceof BlockMissingException
                || failure instanceof BlockCorruptException) {
            return fail(ObjectError.UNREADABLE, failure);
        }
        return Future.failedFuture(failure);
    }

    /** True if what was asked for certainly did not happen and will not. */
    static boolean isOutcomeKnown(Throwable failure) {
        return failure instanceof ObjectException && ((ObjectException) failure).error() != ObjectError.UNKNOWN_OUTCOME;
    }

    static boolean is(Throwable failure, ObjectError error) {
        return failure instanceof ObjectException && ((ObjectException) failure).error() == error;
    }

    private static ObjectError errorOf(PartitionRefusedException.Reason reason) {
        return switch (reason) {
            case TOO_BUSY -> ObjectError.TOO_BUSY;
            case NOT_LEADER, NOT_SERVING, EXPIRED, UNSUPPORTED -> ObjectError.UNAVAILABLE;
            case DISK_FULL -> ObjectError.DISK_FULL;
            case UNKNOWN -> ObjectError.UNKNOWN_OUTCOME;
        };
    }

    private static <T> Future<T> fail(ObjectError error, Throwable cause) {
        return Future.failedFuture(new ObjectException(error, String.valueOf(cause.getMessage())));
    }
}

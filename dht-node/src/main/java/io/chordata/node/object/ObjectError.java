package io.chordata.node.object;

/** Every refusal of the object layer. The S3 edge maps each to a code and a status in one place. */
public enum ObjectError {
    BUCKET_ALREADY_OWNED,
    BUCKET_NOT_EMPTY,
    INVALID_BUCKET_NAME,
    NO_SUCH_BUCKET,
    NO_SUCH_KEY,
    NO_SUCH_UPLOAD,
    NO_SUCH_VERSION,
    INVALID_ARGUMENT,
    INVALID_PART,
    INVALID_PART_NUMBER,
    INVALID_PART_ORDER,
    INVALID_RANGE,
    INVALID_REQUEST,
    KEY_TOO_LONG,
    ENTITY_TOO_LARGE,
    ENTITY_TOO_SMALL,
    /** A checksum or digest given at complete is not that of the parts. */
    BAD_DIGEST,
    /** If-Match or If-None-Match decided against the write. */
    PRECONDITION_FAILED,
    /** The body was begun longer ago than a body may wait for its commit. */
    BODY_TOO_OLD,
    /** The bucket is being deleted right now; the same request later has an answer. */
    BUCKET_BUSY,
    /** There are as many access keys as there may be. */
    TOO_MANY_KEYS,
    /** Queues are full; later. */
    TOO_BUSY,
    /** This node does not serve the key now: it starts, stops, or has failed. */
    UNAVAILABLE,
    /** The disks take no more of this until something is deleted. */
    DISK_FULL,
    /** Not known whether it happened. */
    UNKNOWN_OUTCOME,
    /** A block or record is unreadable here: no copy to serve. */
    UNREADABLE
}

package io.chordata.node.s3;

/** Numbers that the S3 API sets. */
final class Limits {
    /** Of one put or part. */
    static final long MAX_BODY_BYTES = 5L << 30;

    /** Of names and values of user metadata together. */
    static final int MAX_METADATA_BYTES = 2 << 10;

    /** Entries of one page of any listing. */
    static final int MAX_PAGE = 1000;

    private Limits() {}
}

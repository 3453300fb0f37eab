package io.chordata.node.object.rules;

/** The tables of a partition. Part of the storage format: a number is never used for anything else. */
final class Tables {
    static final int SHARDS = 1;
    static final int HEADS = 2;
    static final int CONTENTS = 3;

    /** Kept for versioning: versions by shard, key and version, newest first. */
    static final int VERSIONS = 4;

    static final int UPLOADS = 5;
    static final int PARTS = 6;
    static final int COMPLETED = 7;
    static final int DUE = 8;
    static final int BUCKETS = 9;
    static final int DOOMED = 10;

    /** Bodies dropped in this partition lately. */
    static final int DROPPED = 11;

    /** The same by the time of their drop. */
    static final int DROPS = 12;

    /** Access keys, in the system shard. */
    static final int KEYS = 13;

    private Tables() {}
}

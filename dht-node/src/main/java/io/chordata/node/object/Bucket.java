package io.chordata.node.object;

import io.chordata.node.core.BucketId;

/**
 * A bucket that is open.
 *
 * @param shardBits its index has 2^shardBits shards, fixed at creation
 */
public record Bucket(String name, BucketId id, int shardBits, long createdMillis) {}

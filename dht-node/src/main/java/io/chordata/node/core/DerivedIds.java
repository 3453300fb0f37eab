package io.chordata.node.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ids that follow from what they name: the first 128 bits of SHA-256 over an ASCII tag, a zero byte and the fields
 * (fixed-width big-endian numbers; texts and keys with their length in four bytes before them). Part of the storage
 * format: the test vectors must never change.
 */
public final class DerivedIds {
    private DerivedIds() {}

    /** Where the index shard of a bucket lives. The system shard is shard 0 of the bucket of zeros. */
    public static RingId shardPoint(BucketId bucket, int shard) {
        byte[] fields = new byte[Uint128.BYTES + Integer.BYTES];
        bucket.value().writeTo(fields, 0);
        ByteBuffer.wrap(fields).putInt(Uint128.BYTES, shard);
        return new RingId(digest("shard", fields));
    }

    /** The id of a key; its leading bits choose the key's index shard. */
    public static RingId recordId(BucketId bucket, byte[] key) {
        ByteBuffer fields = ByteBuffer.allocate(Uint128.BYTES + Integer.BYTES + key.length);
        fields.put(bucket.value().toBytes()).putInt(key.length).put(key);
        return new RingId(digest("record", fields.array()));
    }

    /** Where block {@code index} (from 0) of a body lives. */
    public static RingId blockId(BodyId body, int index) {
        byte[] fields = new byte[Uint128.BYTES + Integer.BYTES];
        body.value().writeTo(fields, 0);
        ByteBuffer.wrap(fields).putInt(Uint128.BYTES, index);
        return new RingId(digest("block", fields));
    }

    /** Candidate {@code candidate} for place {@code index} of a node on the ring, both from 0. */
    public static RingId position(NodeId node, int index, int candidate) {
        byte[] fields = new byte[Uint128.BYTES + 2 * Integer.BYTES];
        node.value().writeTo(fields, 0);
        ByteBuffer.wrap(fields).putInt(Uint128.BYTES, index).putInt(Uint128.BYTES + Integer.BYTES, candidate);
        return new RingId(digest("position", fields));
    }

    /** The id of what is told apart by all of {@code names}; it lives for minutes only. */
    public static RequestId requestId(byte[]... names) {
        int length = 0;
        for (byte[] name : names) {
            length += Integer.BYTES + name.length;
        }
        ByteBuffer fields = ByteBuffer.allocate(length);
        for (byte[] name : names) {
            fields.putInt(name.length).put(name);
        }
        return new RequestId(digest("request", fields.array()));
    }

    private static Uint128 digest(String tag, byte[] fields) {
        MessageDigest sha256 = sha256();
        sha256.update(tag.getBytes(StandardCharsets.US_ASCII));
        sha256.update((byte) 0);
        return Uint128.fromBytes(sha256.digest(fields), 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

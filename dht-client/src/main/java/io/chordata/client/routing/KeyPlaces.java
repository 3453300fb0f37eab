package io.chordata.client.routing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where a cluster keeps a key's record, by the arithmetic that is part of its storage format: the key's shard is the
 * leading bits of {@code SHA-256("record", bucket id, key)}; the shard's point is the first 128 bits of
 * {@code SHA-256("shard", bucket id, shard)}. Fields are big-endian, a zero byte follows the tag, the key's length comes
 * before it in four bytes.
 */
public final class KeyPlaces {
    private static final int MAX_SHARD_BITS = 20;

    private KeyPlaces() {}

    /**
     * A bucket as the cluster knows it.
     *
     * @param id 32 hex digits
     * @param shards a power of two
     */
    public record Bucket(String id, int shards) {
        public Bucket {
            if (!id.matches("[0-9a-f]{32}")
                    || shards < 1
                    || Integer.bitCount(shards) != 1
                    || shardBits(shards) > MAX_SHARD_BITS) {
                throw new IllegalArgumentException("no bucket: id '" + id + "', " + shards + " shards");
            }
        }
    }

    /** The leading 64 bits of the point at which the key's index shard lives. */
    public static long point(Bucket bucket, String key) {
        return shardPoint(bucket, shard(bucket, key));
    }

    static int shard(Bucket bucket, String key) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        ByteBuffer fields = ByteBuffer.allocate(name.length + 20);
        fields.put(HexFormat.of().parseHex(bucket.id())).putInt(name.length).put(name);
        int bits = shardBits(bucket.shards());
        return bits == 0 ? 0 : (int) (leading("record", fields.array()) >>> (Long.SIZE - bits));
    }

    static long shardPoint(Bucket bucket, int shard) {
        ByteBuffer fields = ByteBuffer.allocate(20);
        fields.put(HexFormat.of().parseHex(bucket.id())).putInt(shard);
        return leading("shard", fields.array());
    }

    private static int shardBits(int shards) {
        return Integer.numberOfTrailingZeros(shards);
    }

    private static long leading(String tag, byte[] fields) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(tag.getBytes(StandardCharsets.US_ASCII));
            sha256.update((byte) 0);
            return ByteBuffer.wrap(sha256.digest(fields)).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package io.chordata.node.object.rules;

import com.google.protobuf.ByteString;
import io.chordata.node.object.rules.MessageProtos.Shard;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keys of rows, so that their unsigned byte order is the order wanted. Part of the storage format.
 *
 * <p>All that belongs to an index shard begins with its bucket (16 bytes) and number (4). An object key follows escaped:
 * a zero byte becomes {@code 00 FF}. Where more follows it, {@code 00 01} ends it. So "a" ends before "a\0" and "ab" go
 * on, whatever is behind, and a prefix of a key is a prefix of its row key.
 */
final class RowKeys {
    static final int ID_BYTES = 16;

    private static final int SHARD_BYTES = ID_BYTES + Integer.BYTES;
    private static final byte ESCAPE = 0;
    private static final byte ESCAPED_ZERO = (byte) 0xff;
    private static final byte END = 1;
    private static final byte BEHIND_END = 2;

    private RowKeys() {}

    static byte[] shard(Shard shard) {
        return begin(shard, 0).array();
    }

    static byte[] head(Shard shard, ByteString key) {
        return from(shard, key.toByteArray());
    }

    static byte[] content(Shard shard, ByteString key, long sequence) {
        byte[] escaped = escape(key.toByteArray());
        return begin(shard, escaped.length + 2 + Long.BYTES)
                .put(escaped)
                .put(ESCAPE)
                .put(END)
                .putLong(sequence)
                .array();
    }

    static byte[] upload(Shard shard, ByteString key, ByteString upload) {
        byte[] escaped = escape(key.toByteArray());
        return begin(shard, escaped.length + 2 + ID_BYTES)
                .put(escaped)
                .put(ESCAPE)
                .put(END)
                .put(id(upload))
                .array();
    }

    /** The parts of an upload lie in order of number. */
    static byte[] part(Shard shard, ByteString upload, int number) {
        return begin(shard, ID_BYTES + Integer.BYTES)
                .put(id(upload))
                .putInt(number)
                .array();
    }

    static byte[] completed(Shard shard, ByteString upload) {
        return begin(shard, ID_BYTES).put(id(upload)).array();
    }

    /** @param number within the entry, from 0 */
    static byte[] due(long dueMillis, long index, int number) {
        return ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(dueMillis)
                .putLong(index)
                .putInt(number)
                .array();
    }

    /** Behind everything due until then. */
    static byte[] dueAfter(long millis) {
        return ByteBuffer.allocate(Long.BYTES).putLong(millis + 1).array();
    }

    /** @param body of 16 bytes */
    static byte[] drop(long timeMillis, byte[] body) {
        return ByteBuffer.allocate(Long.BYTES + ID_BYTES)
                .putLong(timeMillis)
                .put(body)
                .array();
    }

    static byte[] bodyOfDrop(byte[] drop) {
        return Arrays.copyOfRange(drop, Long.BYTES, drop.length);
    }

    static byte[] bucket(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] accessKey(String accessKey) {
        return accessKey.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] id(ByteString id) {
        if (id.size() != ID_BYTES) {
            throw new IllegalArgumentException("an id has " + ID_BYTES + " bytes, got " + id.size());
        }
        return id.toByteArray();
    }

    /** Where the rows begin whose object keys are {@code key} or greater. */
    static byte[] from(Shard shard, byte[] key) {
        byte[] escaped = escape(key);
        return begin(shard, escaped.length).put(escaped).array();
    }

    /** Where the rows begin whose object keys are greater than {@code key}, in a table that ends keys. */
    static byte[] behindEnded(Shard shard, byte[] key) {
        byte[] escaped = escape(key);
        return begin(shard, escaped.length + 2)
                .put(escaped)
                .put(ESCAPE)
                .put(BEHIND_END)
                .array();
    }

    /** The least key greater than {@code key}. */
    static byte[] next(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /** The least key greater than all that begin with {@code prefix}; null if there is none. */
    static byte @Nullable [] behindAll(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xff) {
                byte[] behind = Arrays.copyOf(prefix, i + 1);
                behind[i]++;
                return behind;
            }
        }
        return null;
    }

    /** The object key in a row key that has one. */
    static byte[] objectKeyOf(byte[] row) {
        for (int i = SHARD_BYTES; i < row.length; i++) {
            if (row[i] == ESCAPE) {
                return unescaped(row);
            }
        }
        return Arrays.copyOfRange(row, SHARD_BYTES, row.length);
    }

    private static byte[] unescaped(byte[] row) {
        ByteArrayOutputStream key = new ByteArrayOutputStream(row.length - SHARD_BYTES);
        for (int i = SHARD_BYTES; i < row.length; i++) {
            if (row[i] == ESCAPE) {
                i++;
                if (row[i] != ESCAPED_ZERO) {
                    break;
                }
                key.write(0);
            } else {
                key.write(row[i]);
            }
        }
        return key.toByteArray();
    }

    /** The upload id at the end of an upload's row key. */
    static ByteString uploadOf(byte[] row) {
        return ByteString.copyFrom(row, row.length - ID_BYTES, ID_BYTES);
    }

    private static ByteBuffer begin(Shard shard, int more) {
        return ByteBuffer.allocate(SHARD_BYTES + more)
                .put(id(shard.getBucket()))
                .putInt(shard.getNumber());
    }

    private static byte[] escape(byte[] key) {
        int zeros = 0;
        for (byte b : key) {
            zeros += b == 0 ? 1 : 0;
        }
        if (zeros == 0) {
            return key;
        }
        ByteBuffer escaped = ByteBuffer.allocate(key.length + zeros);
        for (byte b : key) {
            escaped.put(b);
            if (b == 0) {
                escaped.put(ESCAPED_ZERO);
            }
        }
        return escaped.array();
    }
}

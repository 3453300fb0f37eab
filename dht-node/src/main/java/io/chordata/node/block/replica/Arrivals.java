package io.chordata.node.block.replica;

import com.google.protobuf.ByteString;
import io.chordata.node.block.replica.BlockProtos.Outcome;
import io.chordata.node.block.replica.BlockProtos.Piece;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.Clock;
import io.chordata.node.core.NodeId;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of which pieces are here. Bounded in bytes, of which one node has a part at most, so that one that stops amid does not
 * keep out the others; what does not grow any more goes. From any thread; bytes are copied and summed up under the lock of their
 * block alone.
 */
final class Arrivals {
    private static final long STALE_NANOS = 30_000_000_000L;
    private static final int SHARES = 2;

    private final Map<Key, Arrival> arrivals = new LinkedHashMap<>();
    private final Map<NodeId, Long> bytesOf = new LinkedHashMap<>();
    private final Clock clock;
    private final long bytesMax;
    private long bytes;

    private record Key(NodeId from, ByteString write) {}

    /** @param crc of its bytes */
    record Whole(Buffer body, int crc) {}

    private static final class Arrival {
        private final int total;
        private final CRC32C crc = new CRC32C();
        private byte @Nullable [] body;
        private int received;
        private volatile long touchedNanos;

        Arrival(int total, long nowNanos) {
            this.total = total;
            this.touchedNanos = nowNanos;
        }

        /** Whether the piece is the next one of this block. */
        synchronized boolean add(Piece piece, Buffer content, long nowNanos) {
            if (piece.getOffset() != received || piece.getTotal() != total || content.length() > total - received) {
                return false;
            }
            if (body == null) {
                body = new byte[total];
            }
            content.getBytes(body, received);
            crc.update(body, received, content.length());
            received += content.length();
            touchedNanos = nowNanos;
            return true;
        }

        synchronized @Nullable Whole whole(int expected) {
            return body == null || received != expected || total != expected
                    ? null
                    : new Whole(Buffer.buffer(body), (int) crc.getValue());
        }
    }

    Arrivals(Clock clock, long bytesMax) {
        this.clock = clock;
        this.bytesMax = bytesMax;
    }

    /** {@link Outcome#DONE} if it was taken. Pieces come in order; what does not is none of ours. */
    Outcome add(NodeId from, Piece piece, Buffer content) {
        Key key = new Key(from, piece.getWrite());
        Arrival arrival;
        synchronized (this) {
            arrival = arrivals.get(key);
            if (arrival == null) {
                if (piece.getOffset() != 0 || piece.getTotal() < 1 || piece.getTotal() > BlockStore.MAX_BLOCK_BYTES) {
                    return Outcome.FAILED;
                }
                forgetStale();
                if (!hasRoom(from, piece.getTotal())) {
                    return Outcome.BUSY;
                }
                arrival = new Arrival(piece.getTotal(), clock.monotonicNanos());
                count(from, piece.getTotal());
                arrivals.put(key, arrival);
            }
        }
        if (!arrival.add(piece, content, clock.monotonicNanos())) {
            remove(key, arrival);
            return Outcome.FAILED;
        }
        return Outcome.DONE;
    }

    private boolean hasRoom(NodeId from, int total) {
        long share = Math.max(BlockStore.MAX_BLOCK_BYTES, bytesMax / SHARES);
        return bytes + total <= bytesMax && bytesOf.getOrDefault(from, 0L) + total <= share;
    }

    private void count(NodeId from, long change) {
        bytes += change;
        bytesOf.merge(from, change, (before, more) -> before + more == 0 ? null : before + more);
    }

    /** The whole block, which counts until {@link #release}; null if it is not here. */
    @Nullable
    Whole take(NodeId from, ByteString write, int total) {
        Key key = new Key(from, write);
        Arrival arrival;
        synchronized (this) {
            arrival = arrivals.remove(key);
        }
        if (arrival == null) {
            return null;
        }
        Whole whole = arrival.whole(total);
        if (whole == null) {
            release(from, arrival.total);
        }
        return whole;
    }

    synchronized void release(NodeId from, int length) {
        count(from, -length);
    }

    synchronized long bytes() {
        return bytes;
    }

    private synchronized void remove(Key key, Arrival arrival) {
        if (arrivals.remove(key, arrival)) {
            count(key.from(), -arrival.total);
        }
    }

    private void forgetStale() {
        long now = clock.monotonicNanos();
        arrivals.entrySet().removeIf(entry -> {
            Arrival arrival = entry.getValue();
            boolean stale = now - arrival.touchedNanos > STALE_NANOS;
            if (stale) {
                count(entry.getKey().from(), -arrival.total);
            }
            return stale;
        });
    }
}

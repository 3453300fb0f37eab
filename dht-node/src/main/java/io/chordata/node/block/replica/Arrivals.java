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
import org.jspecify.annotations.Nullable;

/** Blocks of which pieces are here. Bounded in bytes; what does not grow any more goes. From any thread. */
final class Arrivals {
    private static final long STALE_NANOS = 30_000_000_000L;

    private final Map<Key, Arrival> arrivals = new LinkedHashMap<>();
    private final Clock clock;
    private final long bytesMax;
    private long bytes;

    private record Key(NodeId from, ByteString write) {}

    private static final class Arrival {
        private final byte[] body;
        private int received;
        private long touchedNanos;

        Arrival(int total) {
            body = new byte[total];
        }
    }

    Arrivals(Clock clock, long bytesMax) {
        this.clock = clock;
        this.bytesMax = bytesMax;
    }

    /** {@link Outcome#DONE} if it was taken. Pieces come in order; what does not is none of ours. */
    synchronized Outcome add(NodeId from, Piece piece, Buffer content) {
        Key key = new Key(from, piece.getWrite());
        Arrival arrival = arrivals.get(key);
        if (arrival == null) {
            if (piece.getOffset() != 0 || piece.getTotal() < 1 || piece.getTotal() > BlockStore.MAX_BLOCK_BYTES) {
                return Outcome.FAILED;
            }
            forgetStale();
            if (bytes + piece.getTotal() > bytesMax) {
                return Outcome.BUSY;
            }
            arrival = new Arrival(piece.getTotal());
            bytes += piece.getTotal();
            arrivals.put(key, arrival);
        }
        if (piece.getOffset() != arrival.received
                || piece.getTotal() != arrival.body.length
                || content.length() > arrival.body.length - arrival.received) {
            remove(key);
            return Outcome.FAILED;
        }
        content.getBytes(arrival.body, arrival.received);
        arrival.received += content.length();
        arrival.touchedNanos = clock.monotonicNanos();
        return Outcome.DONE;
    }

    /** The whole block, which counts until {@link #release}; null if it is not here. */
    synchronized @Nullable Buffer take(NodeId from, ByteString write, int total) {
        Arrival arrival = arrivals.remove(new Key(from, write));
        if (arrival == null) {
            return null;
        }
        if (arrival.received != total || arrival.body.length != total) {
            bytes -= arrival.body.length;
            return null;
        }
        return Buffer.buffer(arrival.body);
    }

    synchronized void release(int length) {
        bytes -= length;
    }

    synchronized long bytes() {
        return bytes;
    }

    private void remove(Key key) {
        Arrival removed = arrivals.remove(key);
        if (removed != null) {
            bytes -= removed.body.length;
        }
    }

    private void forgetStale() {
        long now = clock.monotonicNanos();
        arrivals.values().removeIf(arrival -> {
            boolean stale = now - arrival.touchedNanos > STALE_NANOS;
            bytes -= stale ? arrival.body.length : 0;
            return stale;
        });
    }
}

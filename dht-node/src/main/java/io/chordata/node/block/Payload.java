package io.chordata.node.block;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Set;

/** A body on its way in: decoded bytes, and the promises its sender made about them. */
public interface Payload {
    /** Paused; read once. Fails if the sender goes away or breaks the framing. */
    ReadStream<Buffer> stream();

    /** Bytes that the stream will give, known ahead. Fewer or more is the stream's failure. */
    long length();

    /** What to compute beside MD5. Asked once, before the stream is read. */
    Set<ChecksumAlgorithm> checksums();

    /**
     * Called once, after the last byte and before anything becomes visible.
     *
     * @throws RuntimeException the edge's own, if the bytes are not those that the sender promised; nothing is stored
     */
    void verify(Digests digests);
}

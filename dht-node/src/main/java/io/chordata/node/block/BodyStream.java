package io.chordata.node.block;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of stored bodies on their way out. Begins paused. Holds a share of the memory for reading ahead until its end, its
 * failure or {@link #close}; so whoever was given one either reads it to its end or closes it. Taking the handler away,
 * as a pipe does when its target fails, closes it, too. To be used on the loop that asked for it.
 */
public interface BodyStream extends ReadStream<Buffer> {
    /** Stops reading and gives everything back; no handler is called any more. Harmless after the end. */
    void close();

    @Override
    BodyStream exceptionHandler(@Nullable Handler<Throwable> handler);

    @Override
    BodyStream handler(@Nullable Handler<Buffer> handler);

    @Override
    BodyStream pause();

    @Override
    BodyStream resume();

    @Override
    BodyStream fetch(long amount);

    @Override
    BodyStream endHandler(@Nullable Handler<Void> handler);
}

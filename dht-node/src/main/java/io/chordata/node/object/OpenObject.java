package io.chordata.node.object;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * An object about to be sent: {@code inline} (the bytes of the range) or a paused {@code stream}, never both; neither if
 * the range is empty. The stream's failure after the first byte must end the connection: nothing can be padded.
 */
public record OpenObject(
        StoredObject object,
        ByteRange range,
        @Nullable Buffer inline,
        @Nullable ReadStream<Buffer> stream) {}

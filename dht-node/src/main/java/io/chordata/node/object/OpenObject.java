package io.chordata.node.object;

import io.chordata.node.block.BodyStream;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * An object about to be sent: {@code inline} (the bytes of the range) or a paused {@code stream}, never both; neither if
 * the range is empty. A stream is to be read to its end or closed, because until then it holds memory that all share.
 * Its failure after the first byte must end the connection: nothing can be padded.
 */
public record OpenObject(
        StoredObject object,
        ByteRange range,
        @Nullable Buffer inline,
        @Nullable BodyStream stream) {}

package io.chordata.node.object;

import io.chordata.node.block.BodyStream;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * An object about to be sent: {@code inline} (the bytes of the range) or a paused {@code stream}, to be read to its end
 * or closed; never both; neither if the range is empty. The stream's failure after the first byte must end the
 * connection: nothing can be padded.
 */
public record OpenObject(
        StoredObject object,
        ByteRange range,
        @Nullable Buffer inline,
        @Nullable BodyStream stream) {
    /** For whoever does not read it to its end. */
    public void close() {
        if (stream != null) {
            stream.close();
        }
    }
}

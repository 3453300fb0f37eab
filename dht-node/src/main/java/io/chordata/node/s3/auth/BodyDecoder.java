package io.chordata.node.s3.auth;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes the bytes of a body as they come off the wire, in any pieces, and gives those that were meant. */
interface BodyDecoder {
    /** @throws AuthException if they break the encoding; nothing may follow */
    void decode(Buffer wire, Consumer<Buffer> decoded);

    /** @throws AuthException if the body ended too early */
    void end();

    /** The value of the trailer that was announced; null before the end, or if none was. */
    @Nullable
    String trailer();
}

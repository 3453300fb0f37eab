package io.chordata.client.checksum;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** The bytes of buffers where they are: what Vert.x offers copies them. */
public final class BufferBytes {
    private BufferBytes() {}

    /** All bytes of that buffer, in order. */
    public static ByteBuffer[] views(Buffer buffer) {
        return ((BufferInternal) buffer).getByteBuf().nioBuffers();
    }

    public static void update(MessageDigest digest, Buffer bytes) {
        for (ByteBuffer view : views(bytes)) {
            digest.update(view);
        }
    }

    /** A buffer of those bytes, which must not change from here on. */
    public static Buffer wrap(byte[] bytes, int length) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, 0, length));
    }
}

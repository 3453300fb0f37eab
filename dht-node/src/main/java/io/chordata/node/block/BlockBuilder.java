package io.chordata.node.block;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers one block. Large buffers are kept as they are, small ones are copied together, so that a body which arrives
 * byte by byte takes no more memory than its bytes.
 */
final class BlockBuilder {
    private static final int SMALL_BYTES = 16 << 10;
    private static final int CHUNK_BYTES = 64 << 10;

    private final int size;
    private final List<ByteBuf> components = new ArrayList<>();
    private ByteBuf chunk = Unpooled.EMPTY_BUFFER;
    private int length;

    /** @param size of the block when it is full */
    BlockBuilder(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return length == size;
    }

    /** Takes as many of the buffer's bytes from {@code offset} on as fit and answers how many. */
    int add(Buffer buffer, int offset) {
        int taken = Math.min(buffer.length() - offset, size - length);
        ByteBuf bytes = ((BufferInternal) buffer).getByteBuf().slice(offset, taken);
        copyToChunk(bytes);
        if (bytes.readableBytes() >= SMALL_BYTES) {
            components.add(bytes);
        } else if (bytes.isReadable()) {
            openChunk(size - length - (taken - bytes.readableBytes()));
            copyToChunk(bytes);
        }
        length += taken;
        return taken;
    }

    /** The whole block, which must be full. */
    Buffer build() {
        if (components.size() == 1) {
            return BufferInternal.buffer(components.get(0));
        }
        // Made by hand: an allocator would report it as a leak, though nothing here is pooled.
        CompositeByteBuf block =
                new CompositeByteBuf(UnpooledByteBufAllocator.DEFAULT, false, Math.max(1, components.size()));
        components.forEach(component -> block.addComponent(true, component));
        return BufferInternal.buffer(block);
    }

    private void copyToChunk(ByteBuf bytes) {
        int fitting = Math.min(bytes.readableBytes(), chunk.writableBytes());
        bytes.readBytes(chunk, fitting);
    }

    private void openChunk(int rest) {
        chunk = Unpooled.buffer(Math.min(CHUNK_BYTES, rest), Math.min(CHUNK_BYTES, rest));
        components.add(chunk);
    }
}

package io.chordata.node.block;

import io.chordata.node.core.BodyId;

/**
 * A body kept in blocks. Block i holds the bytes from {@code i * blockBytes} on; the last may be shorter.
 *
 * @param size in bytes, at least 1
 */
public record BodyRef(BodyId id, long size, int blockBytes) {
    public int blocks() {
        return (int) ((size + blockBytes - 1) / blockBytes);
    }
}

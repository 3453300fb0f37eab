package io.chordata.node.object;

import io.chordata.node.block.ChecksumAlgorithm;

/**
 * A checksum kept with an object or a part.
 *
 * @param type of the whole bytes, or of the parts' checksums one after the other
 */
public record StoredChecksum(ChecksumAlgorithm algorithm, Type type, byte[] value) {
    /** Names as in {@code x-amz-checksum-type}. */
    public enum Type {
        FULL_OBJECT,
        COMPOSITE
    }
}

package io.chordata.node.storage;

import io.chordata.node.core.BlockOwner;

/**
 * What the index says about a block: where its record is, and the checksum of that record's header. As the header holds
 * the checksums of the body, the row pins every byte of the record.
 */
record BlockRow(long segment, long offset, int headerBytes, int headerCrc, int bodyBytes, BlockOwner owner) {
    static BlockRow of(RecordHeader header, int headerCrc) {
        return new BlockRow(
                header.place().segment(),
                header.place().offset(),
                header.headerBytes(),
                headerCrc,
                header.bodyBytes(),
                header.owner());
    }

    /** What the record takes in its segment, padding aside. */
    long recordBytes() {
        return headerBytes + bodyBytes;
    }

    boolean isAt(BlockRow other) {
        return segment == other.segment && offset == other.offset;
    }
}

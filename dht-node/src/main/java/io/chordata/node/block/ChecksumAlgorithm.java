package io.chordata.node.block;

/** The checksums that S3 clients may ask for. Names as in {@code x-amz-checksum-algorithm}. */
public enum ChecksumAlgorithm {
    CRC32(4),
    CRC32C(4),
    CRC64NVME(8),
    SHA1(20),
    SHA256(32);

    private final int bytes;

    ChecksumAlgorithm(int bytes) {
        this.bytes = bytes;
    }

    /** Length of a value, big-endian for the CRCs. */
    public int bytes() {
        return bytes;
    }

    /** True if the checksums of parts can be combined into that of the whole ({@code FULL_OBJECT}). */
    public boolean combines() {
        return this != SHA1 && this != SHA256;
    }

    /** {@code x-amz-checksum-crc32} and so on. */
    public String headerName() {
        return "x-amz-checksum-" + name().toLowerCase(java.util.Locale.ROOT);
    }
}

package io.chordata.client.checksum;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * The checksums of S3.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">S3 user guide,
 *     Checking object integrity</a>
 */
public enum ChecksumAlgorithm {
    CRC32C,
    CRC32,
    CRC64NVME,
    SHA1,
    SHA256;

    private static final String PREFIX = "x-amz-checksum-";

    /** {@code x-amz-checksum-crc32c} and so on. */
    public String headerName() {
        return PREFIX + name().toLowerCase(Locale.ROOT);
    }

    /** As the elements of documents are called: {@code ChecksumCRC32C} and so on. */
    public String elementName() {
        return "Checksum" + name();
    }

    /** Of a whole, from those of its parts; empty where it does not follow from them. */
    public Optional<CrcCombiner> combiner() {
        return switch (this) {
            case CRC32C -> Optional.of(CrcCombiner.CRC32C);
            case CRC32 -> Optional.of(CrcCombiner.CRC32);
            case CRC64NVME -> Optional.of(CrcCombiner.CRC64NVME);
            case SHA1, SHA256 -> Optional.empty();
        };
    }

    /** A CRC as headers have it: in base64. */
    public String text(long crc) {
        ByteBuffer bytes = this == CRC64NVME
                ? ByteBuffer.allocate(Long.BYTES).putLong(crc)
                : ByteBuffer.allocate(Integer.BYTES).putInt((int) crc);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** Of nothing yet. */
    public RunningChecksum start() {
        return new RunningChecksum(this);
    }
}

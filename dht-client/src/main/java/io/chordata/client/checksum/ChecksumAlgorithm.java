package io.chordata.client.checksum;

import java.util.Locale;

/**
 * The checksums of S3 that the JDK can compute; CRC64NVME is not among them, and passes unverified.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">S3 user guide,
 *     Checking object integrity</a>
 */
public enum ChecksumAlgorithm {
    CRC32C,
    CRC32,
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

    /** Of nothing yet. */
    public RunningChecksum start() {
        return new RunningChecksum(this);
    }
}

package io.chordata.node.block;

import io.chordata.client.checksum.CrcCombiner;

/** The checksum of two runs of bytes one after the other, from the checksum of each, as {@link CrcCombiner} does it. */
public final class ChecksumCombiner {
    private ChecksumCombiner() {}

    /**
     * @param algorithm one that {@link ChecksumAlgorithm#combines}
     * @param lengthB how many bytes {@code b} is the checksum of
     */
    public static byte[] combine(ChecksumAlgorithm algorithm, byte[] a, byte[] b, long lengthB) {
        return BigEndian.write(
                combiner(algorithm).combine(BigEndian.read(a), BigEndian.read(b), lengthB), algorithm.bytes());
    }

    private static CrcCombiner combiner(ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case CRC32 -> CrcCombiner.CRC32;
            case CRC32C -> CrcCombiner.CRC32C;
            case CRC64NVME -> CrcCombiner.CRC64NVME;
            case SHA1, SHA256 -> throw new IllegalArgumentException(algorithm + " of parts cannot be combined");
        };
    }

    /** CRCs as bytes: the highest first. */
    static final class BigEndian {
        private BigEndian() {}

        static byte[] write(long value, int length) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) (value >>> (Byte.SIZE * (length - 1 - i)));
            }
            return bytes;
        }

        static long read(byte[] bytes) {
            long value = 0;
            for (byte b : bytes) {
                value = (value << Byte.SIZE) | (b & 0xff);
            }
            return value;
        }
    }
}

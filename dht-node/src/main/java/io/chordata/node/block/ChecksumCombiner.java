package io.chordata.node.block;

/**
 * The checksum of two runs of bytes one after the other, from the checksum of each and the length of the second, without
 * the bytes. A CRC is the remainder of the bytes as a polynomial over GF(2); so the first one is multiplied by x^8n, n
 * being that length, modulo the CRC's polynomial, and the second added. (The ones that go in and come out cancel.)
 *
 * <p>Polynomials are written as the CRCs do: the highest bit is the coefficient of x^0.
 */
public final class ChecksumCombiner {
    private static final long CRC32 = 0xEDB88320L;
    private static final long CRC32C = 0x82F63B78L;

    private ChecksumCombiner() {}

    /**
     * @param algorithm one that {@link ChecksumAlgorithm#combines}
     * @param lengthB how many bytes {@code b} is the checksum of
     */
    public static byte[] combine(ChecksumAlgorithm algorithm, byte[] a, byte[] b, long lengthB) {
        if (lengthB == 0) {
            return a.clone();
        }
        Field field = field(algorithm);
        long moved = field.multiply(BigEndian.read(a), field.powerOfX8(lengthB));
        return BigEndian.write(moved ^ BigEndian.read(b), algorithm.bytes());
    }

    private static Field field(ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case CRC32 -> new Field(CRC32, Integer.SIZE);
            case CRC32C -> new Field(CRC32C, Integer.SIZE);
            case CRC64NVME -> new Field(Crc64Nvme.POLYNOMIAL, Long.SIZE);
            case SHA1, SHA256 -> throw new IllegalArgumentException(algorithm + " of parts cannot be combined");
        };
    }

    /** Polynomials modulo that of a CRC of {@code width} bits. */
    private record Field(long polynomial, int width) {
        long one() {
            return 1L << (width - 1);
        }

        long multiply(long a, long b) {
            long product = 0;
            long shifted = b;
            for (long coefficient = one(); coefficient != 0; coefficient >>>= 1) {
                product ^= (a & coefficient) == 0 ? 0 : shifted;
                shifted = (shifted & 1) == 0 ? shifted >>> 1 : shifted >>> 1 ^ polynomial;
            }
            return product;
        }

        /** x^(8n), by squaring. */
        long powerOfX8(long n) {
            long power = one();
            long square = one() >>> Byte.SIZE;
            for (long rest = n; rest != 0; rest >>>= 1) {
                power = (rest & 1) == 0 ? power : multiply(power, square);
                square = multiply(square, square);
            }
            return power;
        }
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

package io.chordata.client.checksum;

/**
 * The CRC of two runs of bytes one after the other, from the CRC of each and the length of the second, without the bytes. A
 * CRC is the remainder of the bytes as a polynomial over GF(2); so the first one is multiplied by x^8n, n being that length,
 * modulo the CRC's polynomial, and the second added. (The ones that go in and come out cancel.)
 *
 * <p>Polynomials are written as the CRCs do: the highest bit is the coefficient of x^0.
 */
public enum CrcCombiner {
    CRC32(0xEDB88320L, Integer.SIZE),
    CRC32C(0x82F63B78L, Integer.SIZE),
    CRC64NVME(Crc64Nvme.POLYNOMIAL, Long.SIZE);

    private final long polynomial;
    private final int width;

    /** @param width of the CRC in bits */
    CrcCombiner(long polynomial, int width) {
        this.polynomial = polynomial;
        this.width = width;
    }

    /** @param lengthB how many bytes {@code b} is the CRC of */
    public long combine(long a, long b, long lengthB) {
        return lengthB == 0 ? a : multiply(a, powerOfX8(lengthB)) ^ b;
    }

    private long one() {
        return 1L << (width - 1);
    }

    private long multiply(long a, long b) {
        long product = 0;
        long shifted = b;
        for (long coefficient = one(); coefficient != 0; coefficient >>>= 1) {
            product ^= (a & coefficient) == 0 ? 0 : shifted;
            shifted = (shifted & 1) == 0 ? shifted >>> 1 : shifted >>> 1 ^ polynomial;
        }
        return product;
    }

    /** x^(8n), by squaring. */
    private long powerOfX8(long n) {
        long power = one();
        long square = one() >>> Byte.SIZE;
        for (long rest = n; rest != 0; rest >>>= 1) {
            power = (rest & 1) == 0 ? power : multiply(power, square);
            square = multiply(square, square);
        }
        return power;
    }
}

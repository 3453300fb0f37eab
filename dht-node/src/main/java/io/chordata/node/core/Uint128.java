package io.chordata.node.core;

/**
 * An unsigned 128-bit number, the value behind every identifier. Arithmetic is modulo 2^128, order is unsigned, text is
 * 32 lower-case hex digits, bytes are 16, big-endian.
 */
public record Uint128(long high, long low) implements Comparable<Uint128> {
    public static final int BYTES = 16;
    public static final Uint128 ZERO = new Uint128(0, 0);

    private static final int HEX_DIGITS = 32;

    /** Reads 16 bytes from {@code offset} on. */
    public static Uint128 fromBytes(byte[] bytes, int offset) {
        return new Uint128(readLong(bytes, offset), readLong(bytes, offset + Long.BYTES));
    }

    /**
     * @param hex exactly 32 hex digits
     * @throws IllegalArgumentException if it is anything else
     */
    public static Uint128 parse(String hex) {
        if (hex.length() != HEX_DIGITS || !isHex(hex)) {
            throw new IllegalArgumentException("expected 32 hex digits, got '" + hex + "'");
        }
        return new Uint128(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        writeTo(bytes, 0);
        return bytes;
    }

    /** Writes 16 bytes at {@code offset}. */
    public void writeTo(byte[] target, int offset) {
        writeLong(high, target, offset);
        writeLong(low, target, offset + Long.BYTES);
    }

    public Uint128 plus(Uint128 other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Uint128(high + other.high + carry, sum);
    }

    public Uint128 minus(Uint128 other) {
        long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
        return new Uint128(high - other.high - borrow, low - other.low);
    }

    /** The nearest double. */
    public double toDouble() {
        return unsigned(high) * 0x1p64 + unsigned(low);
    }

    /** The first {@code bits} (0 to 31) as a number: what partitions and shards are numbered by. */
    public int leadingBits(int bits) {
        return bits == 0 ? 0 : (int) (high >>> (Long.SIZE - bits));
    }

    @Override
    public int compareTo(Uint128 other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return hex(high) + hex(low);
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
    }

    private static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(HEX_DIGITS / 2 - digits.length()) + digits;
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    }

    private static long readLong(byte[] bytes, int offset) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | bytes[offset + i] & 0xff;
        }
        return value;
    }

    private static void writeLong(long value, byte[] target, int offset) {
        for (int i = 0; i < Long.BYTES; i++) {
            target[offset + i] = (byte) (value >>> (Long.SIZE - 8 * (i + 1)));
        }
    }
}

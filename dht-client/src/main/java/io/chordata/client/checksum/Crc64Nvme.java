package io.chordata.client.checksum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * CRC-64/NVME: reflected, all ones in and out; "123456789" gives AE8B14860A799888. Eight bytes at a time by eight tables.
 *
 * @see <a href="https://reveng.sourceforge.io/crc-catalogue/all.htm#crc.cat.crc-64-nvme">the catalogue of CRCs</a>
 */
public final class Crc64Nvme implements Checksum {
    /** The polynomial with its bits in reverse. */
    public static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

    private static final int BYTE_VALUES = 256;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long[] TABLES = tables();

    private long state = -1;

    @Override
    public void update(int b) {
        state = state >>> 8 ^ TABLES[(int) (state ^ b) & 0xff];
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int wordsEnd = offset + (length & -Long.BYTES);
        long crc = state;
        int at = offset;
        for (; at < wordsEnd; at += Long.BYTES) {
            crc = word(crc ^ (long) LONGS.get(bytes, at));
        }
        for (; at < end; at++) {
            crc = crc >>> 8 ^ TABLES[(int) (crc ^ bytes[at]) & 0xff];
        }
        state = crc;
    }

    @Override
    public long getValue() {
        return ~state;
    }

    @Override
    public void reset() {
        state = -1;
    }

    /** The byte that came first has the longest way to go, so it takes the last table. */
    private static long word(long word) {
        return TABLES[7 * BYTE_VALUES + (int) (word & 0xff)]
                ^ TABLES[6 * BYTE_VALUES + (int) (word >>> 8 & 0xff)]
                ^ TABLES[5 * BYTE_VALUES + (int) (word >>> 16 & 0xff)]
                ^ TABLES[4 * BYTE_VALUES + (int) (word >>> 24 & 0xff)]
                ^ TABLES[3 * BYTE_VALUES + (int) (word >>> 32 & 0xff)]
                ^ TABLES[2 * BYTE_VALUES + (int) (word >>> 40 & 0xff)]
                ^ TABLES[BYTE_VALUES + (int) (word >>> 48 & 0xff)]
                ^ TABLES[(int) (word >>> 56)];
    }

    /** Table t holds, for each byte, its remainder when t zero bytes follow it. */
    private static long[] tables() {
        long[] tables = new long[Long.BYTES * BYTE_VALUES];
        for (int value = 0; value < BYTE_VALUES; value++) {
            long crc = value;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
            }
            tables[value] = crc;
        }
        for (int i = BYTE_VALUES; i < tables.length; i++) {
            long crc = tables[i - BYTE_VALUES];
            tables[i] = crc >>> 8 ^ tables[(int) (crc & 0xff)];
        }
        return tables;
    }
}

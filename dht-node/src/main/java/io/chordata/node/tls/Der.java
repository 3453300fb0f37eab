package io.chordata.node.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the few kinds of values that a certificate is made of, in the Distinguished Encoding Rules (ITU-T X.690). */
final class Der {
    static final byte[] TRUE = value(0x01, new byte[] {(byte) 0xff});

    private static final int SEQUENCE = 0x30;
    private static final int SHORT_LENGTH_MAX = 0x7f;
    private static final int FIRST_ARC_FACTOR = 40;
    private static final int SEVEN_BITS = 7;

    /** UTCTime ends with 2049 (RFC 5280, 4.1.2.5). */
    private static final Instant GENERALIZED_FROM = Instant.parse("2050-01-01T00:00:00Z");

    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter GENERALIZED_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] value(int tag, byte[]... contents) {
        byte[] content = join(contents);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        writeLength(out, content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length <= SHORT_LENGTH_MAX) {
            out.write(length);
            return;
        }
        byte[] bytes = BigInteger.valueOf(length).toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        out.write(0x80 | (bytes.length - from));
        out.write(bytes, from, bytes.length - from);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... values) {
        return value(SEQUENCE, values);
    }

    static byte[] setOf(byte[] only) {
        return value(0x31, only);
    }

    /** Tagged with a number from its context, around whole values. */
    static byte[] explicit(int number, byte[]... values) {
        return value(0xa0 | number, values);
    }

    /** Tagged with a number from its context, in place of its own tag. */
    static byte[] implicit(int number, byte[] content) {
        return value(0x80 | number, content);
    }

    static byte[] integer(BigInteger number) {
        return value(0x02, number.toByteArray());
    }

    static byte[] octets(byte[] bytes) {
        return value(0x04, bytes);
    }

    static byte[] bits(byte[] bytes) {
        return value(0x03, new byte[] {0}, bytes);
    }

    /** The first of so many flags is the highest bit. */
    static byte[] flags(int highBits, int unused) {
        return value(0x03, new byte[] {(byte) unused, (byte) highBits});
    }

    static byte[] utf8(String text) {
        return value(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] time(Instant time) {
        boolean isLate = !time.isBefore(GENERALIZED_FROM);
        String text = (isLate ? GENERALIZED_TIME : UTC_TIME).format(time);
        return value(isLate ? 0x18 : 0x17, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** @param dotted as in {@code 2.5.29.19} */
    static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(arcs[0]) * FIRST_ARC_FACTOR + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            writeArc(out, Integer.parseInt(arcs[i]));
        }
        return value(0x06, out.toByteArray());
    }

    private static void writeArc(ByteArrayOutputStream out, int arc) {
        int shift = 0;
        while (arc >> (shift + SEVEN_BITS) != 0) {
            shift += SEVEN_BITS;
        }
        for (; shift > 0; shift -= SEVEN_BITS) {
            out.write(0x80 | ((arc >> shift) & 0x7f));
        }
        out.write(arc & 0x7f);
    }
}

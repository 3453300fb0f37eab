package io.chordata.node.process;

import io.chordata.client.sigv4.Hex;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Bytes that only this size and seed give, made as they are read, so that large ones need no memory. Eight bytes repeat
 * nowhere: a block in the wrong place is a wrong body.
 */
public record TestBody(long size, long seed) {
    private static final int PIECE_BYTES = 64 << 10;

    /** The sizes that every client must bring through: around the inline limit, a block, a part. */
    public static List<Long> everySize() {
        return List.of(0L, 1L, 16L << 10, (16L << 10) + 1, 1L << 20, (5L << 20) + 1, 200L << 20);
    }

    public InputStream open() {
        return new Bytes();
    }

    public byte[] bytes() {
        try {
            return open().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path writeTo(Path file) {
        try (InputStream in = open();
                OutputStream out = Files.newOutputStream(file)) {
            copy(in, out);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String sha256() {
        return sha256(open());
    }

    public static String sha256(Path file) {
        try {
            return sha256(Files.newInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the stream to its end and closes it. */
    public static String sha256(InputStream stream) {
        try (InputStream in = stream) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            copy(in, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return Hex.of(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            out.write(piece, 0, read);
        }
    }

    private final class Bytes extends InputStream {
        private long position;

        @Override
        public int read() {
            return position < size ? byteAt(position++) & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (position == size && length > 0) {
                return -1;
            }
            int count = (int) Math.min(length, size - position);
            fill(into, offset, count);
            position += count;
            return count;
        }

        private void fill(byte[] into, int offset, int count) {
            long word = 0;
            for (int i = 0; i < count; i++) {
                long at = position + i;
                if (i == 0 || (at & 7) == 0) {
                    word = wordAt(at >>> 3);
                }
                into[offset + i] = (byte) (word >>> ((at & 7) << 3));
            }
        }

        private byte byteAt(long at) {
            return (byte) (wordAt(at >>> 3) >>> ((at & 7) << 3));
        }

        /** SplitMix64's mixing function (Steele, Lea, Flood: Fast splittable pseudorandom number generators). */
        private long wordAt(long index) {
            long z = seed * 0x9E3779B97F4A7C15L + index + size;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            return z ^ (z >>> 31);
        }
    }
}

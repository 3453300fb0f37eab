package io.chordata.node.rpc;

import io.chordata.node.core.ClusterSecret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One direction of a connection: AES-256-GCM, the nonce of a record is its number. A record is a length of 4 bytes, which
 * the tag covers too, and at most 16 KiB, sealed: JDK 17 seals these at some GiB/s, and 1 MiB at once forty times slower. Dropped, repeated, reordered, changed or foreign records do not open. Every 2^20
 * records both sides go on to a key that follows from the last one, far below what one key may seal.
 */
final class RecordKey {
    static final int PLAIN_BYTES_MAX = 16 << 10;
    static final int HEADER_BYTES = Integer.BYTES;
    static final int TAG_BYTES = 16;
    static final long RECORDS_PER_KEY = 1 << 20;

    private static final int NONCE_BYTES = 12;
    private static final byte[] NEXT = "next".getBytes(StandardCharsets.US_ASCII);

    private final Cipher cipher = newCipher();
    private final byte[] nonce = new byte[NONCE_BYTES];
    private final byte[] header = new byte[HEADER_BYTES];
    private byte[] secret;
    private SecretKeySpec key;
    private long records;

    RecordKey(byte[] secret) {
        this.secret = secret;
        this.key = keyOf(secret);
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    private static SecretKeySpec keyOf(byte[] secret) {
        return new SecretKeySpec(ClusterSecret.hmac(secret, "key".getBytes(StandardCharsets.US_ASCII)), "AES");
    }

    static int sealedBytes(int plainBytes) {
        return HEADER_BYTES + plainBytes + TAG_BYTES;
    }

    /** Writes the record of {@code plain[begin, begin + length)} to {@code target} at {@code offset}. */
    void seal(byte[] plain, int begin, int length, byte[] target, int offset) {
        try {
            begin(Cipher.ENCRYPT_MODE, length + TAG_BYTES);
            System.arraycopy(header, 0, target, offset, HEADER_BYTES);
            cipher.doFinal(plain, begin, length, target, offset + HEADER_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a record could not be sealed", e);
        }
    }

    /**
     * What was sealed in {@code sealed[offset, offset + length)}, which is a record without its header.
     *
     * @throws GeneralSecurityException if that is not the next record of this direction
     */
    byte[] open(byte[] sealed, int offset, int length) throws GeneralSecurityException {
        begin(Cipher.DECRYPT_MODE, length);
        return cipher.doFinal(sealed, offset, length);
    }

    private void begin(int mode, int bodyBytes) throws GeneralSecurityException {
        if (records > 0 && records % RECORDS_PER_KEY == 0) {
            secret = ClusterSecret.hmac(secret, NEXT);
            key = keyOf(secret);
        }
        Arrays.fill(nonce, (byte) 0);
        ByteBuffer.wrap(nonce).putLong(NONCE_BYTES - Long.BYTES, records++);
        ByteBuffer.wrap(header).putInt(0, bodyBytes);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(header);
    }
}

package io.chordata.client.checksum;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/** The checksum of a body as its bytes pass. */
public final class RunningChecksum {
    private final ChecksumAlgorithm algorithm;
    private final @Nullable Checksum crc;
    private final @Nullable MessageDigest digest;

    RunningChecksum(ChecksumAlgorithm algorithm) {
        this.algorithm = algorithm;
        this.crc = crc(algorithm);
        this.digest = crc == null ? digest(algorithm) : null;
    }

    public ChecksumAlgorithm algorithm() {
        return algorithm;
    }

    public void update(byte[] bytes) {
        update(ByteBuffer.wrap(bytes));
    }

    public void update(Buffer bytes) {
        for (ByteBuffer view : BufferBytes.views(bytes)) {
            update(view);
        }
    }

    private void update(ByteBuffer bytes) {
        if (crc != null) {
            crc.update(bytes);
        } else if (digest != null) {
            digest.update(bytes);
        }
    }

    /** In base64, as headers have it. A digest starts anew after this. */
    public String text() {
        return digest != null ? Base64.getEncoder().encodeToString(digest.digest()) : algorithm.text(crc());
    }

    /** The value of a CRC; 0 for a digest. */
    public long crc() {
        return crc == null ? 0 : crc.getValue();
    }

    private static @Nullable Checksum crc(ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case CRC32C -> new CRC32C();
            case CRC32 -> new CRC32();
            case CRC64NVME -> new Crc64Nvme();
            case SHA1, SHA256 -> null;
        };
    }

    private static MessageDigest digest(ChecksumAlgorithm algorithm) {
        try {
            return MessageDigest.getInstance(algorithm == ChecksumAlgorithm.SHA1 ? "SHA-1" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has it", e);
        }
    }
}

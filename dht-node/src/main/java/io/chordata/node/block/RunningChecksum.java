package io.chordata.node.block;

import io.chordata.client.checksum.Crc64Nvme;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** A checksum that is being computed. */
interface RunningChecksum {
    void update(ByteBuffer bytes);

    /** The value; nothing can be added any more. */
    byte[] finish();

    static RunningChecksum of(ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case CRC32 -> new Crc(new CRC32(), algorithm.bytes());
            case CRC32C -> new Crc(new CRC32C(), algorithm.bytes());
            case CRC64NVME -> new Crc(new Crc64Nvme(), algorithm.bytes());
            case SHA1 -> digest("SHA-1");
            case SHA256 -> digest("SHA-256");
        };
    }

    static RunningChecksum md5() {
        return digest("MD5");
    }

    private static RunningChecksum digest(String name) {
        try {
            return new Digest(MessageDigest.getInstance(name));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }

    /** Values from {@code java.util.zip} and its like. */
    record Crc(Checksum checksum, int length) implements RunningChecksum {
        @Override
        public void update(ByteBuffer bytes) {
            checksum.update(bytes);
        }

        @Override
        public byte[] finish() {
            return ChecksumCombiner.BigEndian.write(checksum.getValue(), length);
        }
    }

    /** Values from the platform's message digests. */
    record Digest(MessageDigest digest) implements RunningChecksum {
        @Override
        public void update(ByteBuffer bytes) {
            digest.update(bytes);
        }

        @Override
        public byte[] finish() {
            return digest.digest();
        }
    }
}

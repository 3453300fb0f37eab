package io.chordata.client.http;

import io.chordata.client.checksum.BufferBytes;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that signatures are made of, over buffers. */
final class Digests {
    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static void update(MessageDigest digest, Buffer bytes) {
        for (ByteBuffer view : BufferBytes.views(bytes)) {
            digest.update(view);
        }
    }
}

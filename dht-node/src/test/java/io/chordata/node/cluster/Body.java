package io.chordata.node.cluster;

import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.block.Digests;
import io.chordata.node.block.Payload;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A body that a client sends, in some pieces; it keeps its promises. */
final class Body {
    private static final int PIECE_BYTES = 9_000;

    private final byte[] bytes;

    Body(byte[] bytes) {
        this.bytes = bytes;
    }

    Payload payload() {
        return new Payload() {
            @Override
            public ReadStream<Buffer> stream() {
                return new Pieces(bytes);
            }

            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public Set<ChecksumAlgorithm> checksums() {
                return Set.of();
            }

            @Override
            public void verify(Digests digests) {
                // keeps its promises
            }
        };
    }

    static String md5(byte[]... pieces) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            for (byte[] piece : pieces) {
                md5.update(piece);
            }
            return HexFormat.of().formatHex(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives its pieces one after the other as long as it is read. */
    private static final class Pieces implements ReadStream<Buffer> {
        private final byte[] bytes;
        private int offset;
        private boolean flowing;
        private boolean ended;
        private boolean giving;
        private @Nullable Handler<Buffer> handler;
        private @Nullable Handler<Void> endHandler;

        Pieces(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> next) {
            return this;
        }

        @Override
        public ReadStream<Buffer> handler(@Nullable Handler<Buffer> next) {
            handler = next;
            return this;
        }

        @Override
        public ReadStream<Buffer> pause() {
            flowing = false;
            return this;
        }

        @Override
        public ReadStream<Buffer> resume() {
            flowing = true;
            give();
            return this;
        }

        @Override
        public ReadStream<Buffer> fetch(long amount) {
            return resume();
        }

        @Override
        public ReadStream<Buffer> endHandler(@Nullable Handler<Void> next) {
            endHandler = next;
            return this;
        }

        private void give() {
            if (giving) {
                return;
            }
            giving = true;
            while (flowing && handler != null && offset < bytes.length) {
                int end = Math.min(bytes.length, offset + PIECE_BYTES);
                Buffer piece = Buffer.buffer(Arrays.copyOfRange(bytes, offset, end));
                offset = end;
                handler.handle(piece);
            }
            giving = false;
            if (flowing && offset == bytes.length && !ended && endHandler != null) {
                ended = true;
                endHandler.handle(null);
            }
        }
    }
}

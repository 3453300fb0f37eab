package io.chordata.node.s3.auth;

import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.block.Digests;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request's body and what its headers and trailer promise of it. */
final class DecodedPayload implements SignedPayload {
    private final ReadStream<Buffer> stream;
    private final BodyDecoder decoder;
    private final long length;
    private final @Nullable String sha256;
    private final BodyPromises promises;
    private final @Nullable ChecksumAlgorithm fallback;

    /** @param sha256 64 hex digits, or null if the body has another kind of signature, or none */
    DecodedPayload(
            ReadStream<Buffer> wire,
            BodyDecoder decoder,
            long length,
            @Nullable String sha256,
            BodyPromises promises,
            @Nullable ChecksumAlgorithm fallback) {
        this.stream = new DecodedStream(wire, decoder);
        this.decoder = decoder;
        this.length = length;
        this.sha256 = sha256;
        this.promises = promises;
        this.fallback = fallback;
    }

    @Override
    public ReadStream<Buffer> stream() {
        return stream;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public @Nullable ChecksumAlgorithm keptChecksum() {
        return promises.algorithm() == null ? fallback : promises.algorithm();
    }

    @Override
    public boolean isDigested() {
        return promises.md5() != null || promises.algorithm() != null;
    }

    @Override
    public Set<ChecksumAlgorithm> checksums() {
        Set<ChecksumAlgorithm> needed = EnumSet.noneOf(ChecksumAlgorithm.class);
        ChecksumAlgorithm kept = keptChecksum();
        if (kept != null) {
            needed.add(kept);
        }
        if (sha256 != null) {
            needed.add(ChecksumAlgorithm.SHA256);
        }
        return needed;
    }

    @Override
    public void verify(Digests digests) {
        if (sha256 != null && !sha256.equals(HexFormat.of().formatHex(of(digests, ChecksumAlgorithm.SHA256)))) {
            throw new AuthException(
                    AuthError.CONTENT_SHA256_MISMATCH,
                    "The provided 'x-amz-content-sha256' header does not match what was computed.");
        }
        if (promises.md5() != null && !Arrays.equals(promises.md5(), digests.md5())) {
            throw bad("Content-MD5");
        }
        ChecksumAlgorithm algorithm = promises.algorithm();
        if (algorithm != null && !Arrays.equals(promised(algorithm), of(digests, algorithm))) {
            throw bad(algorithm.name());
        }
    }

    private byte[] promised(ChecksumAlgorithm algorithm) {
        byte[] inHeader = promises.checksum();
        return inHeader != null ? inHeader : BodyPromises.value(algorithm, decoder.trailer());
    }

    private static byte[] of(Digests digests, ChecksumAlgorithm algorithm) {
        byte[] value = digests.checksums().get(algorithm);
        if (value == null) {
            throw new IllegalStateException(algorithm + " was asked for and not computed");
        }
        return value;
    }

    private static AuthException bad(String digest) {
        return new AuthException(
                AuthError.BAD_DIGEST, "The " + digest + " you specified did not match the calculated checksum.");
    }
}

package io.chordata.node.s3.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.chordata.client.sigv4.ChunkSignatures;
import io.chordata.client.sigv4.PayloadHash;
import io.chordata.client.sigv4.RequestSigner;
import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.block.Digester;
import io.chordata.node.block.Digests;
import io.chordata.node.core.Clock;
import io.chordata.node.s3.auth.Authentication.ChecksumHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedPayloadTest {
    private static final long NOW = 1_750_000_000_000L;
    private static final String SECRET = "secret";
    private static final byte[] BODY = bytes(new Random(1), 3000);
    private static final byte[] LONG_BODY = bytes(new Random(2), 20_000);
    private static final int CHUNK = 8192;

    private final RequestSigner signer = new RequestSigner("KEY", SECRET, "us-east-1", "s3");
    private final Authenticator authenticator = new Authenticator(Authentications.all(SECRET), new Clock() {
        @Override
        public long wallMillis() {
            return NOW;
        }

        @Override
        public long monotonicNanos() {
            throw new UnsupportedOperationException("durations are not measured here");
        }
    });
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Host", "localhost");

    @Test
    void plainBody_ofTheHashSigned_isAccepted() {
        SignedPayload payload = plain(sha256(BODY), BODY);
        assertThat(payload.length()).isEqualTo(BODY.length);
        assertThat(payload.checksums()).containsExactly(ChecksumAlgorithm.SHA256);
        assertThat(payload.isDigested()).isFalse();
        assertThat(payload.keptChecksum()).isNull();
        assertThat(accepted(payload)).isEqualTo(BODY);
    }

    @Test
    void plainBody_ofAnotherHash_isRefused() {
        assertRefused(plain(sha256(new byte[1]), BODY), AuthError.CONTENT_SHA256_MISMATCH);
    }

    @Test
    void plainBody_shorterOrLongerThanAnnounced_isIncomplete() {
        headers.set("Content-Length", "3001");
        assertRefused(plain(PayloadHash.UNSIGNED, BODY), AuthError.INCOMPLETE_BODY);
        headers.set("Content-Length", "2999");
        assertRefused(plain(PayloadHash.UNSIGNED, BODY), AuthError.INCOMPLETE_BODY);
    }

    @Test
    void client_thatGoesAway_leavesAnIncompleteBody() {
        headers.set("Content-Length", "3000");
        FakeWire wire = FakeWire.of(BODY, 100);
        wire.goesAway = true;
        assertRefused(
                authentication(PayloadHash.UNSIGNED).payload(wire, ChecksumHeaders.OF_THE_BODY, null),
                AuthError.INCOMPLETE_BODY);
        assertThat(wire.isPaused()).isTrue();
        assertThat(wire.isListenedTo()).isFalse();
    }

    @Test
    void fallback_withoutAnyPromise_isComputed() {
        headers.set("Content-Length", "3000");
        SignedPayload payload = authentication(PayloadHash.UNSIGNED)
                .payload(FakeWire.of(BODY), ChecksumHeaders.OF_THE_BODY, ChecksumAlgorithm.CRC64NVME);
        assertThat(payload.keptChecksum()).isEqualTo(ChecksumAlgorithm.CRC64NVME);
        assertThat(payload.checksums()).containsExactly(ChecksumAlgorithm.CRC64NVME);
        assertThat(payload.isDigested()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(ChecksumAlgorithm.class)
    void checksumHeader_ofAnyAlgorithm_isVerified(ChecksumAlgorithm algorithm) {
        headers.set(algorithm.headerName(), checksum(algorithm, BODY))
                .set("x-amz-sdk-checksum-algorithm", algorithm.name());
        SignedPayload payload = plain(PayloadHash.UNSIGNED, BODY);
        assertThat(payload.keptChecksum()).isEqualTo(algorithm);
        assertThat(payload.isDigested()).isTrue();
        assertThat(accepted(payload)).isEqualTo(BODY);
        headers.set(algorithm.headerName(), checksum(algorithm, new byte[3000]));
        assertRefused(plain(PayloadHash.UNSIGNED, BODY), AuthError.BAD_DIGEST);
    }

    @Test
    void contentMd5_ofOtherBytes_isRefused() {
        headers.set("Content-MD5", md5(BODY));
        assertThat(accepted(plain(PayloadHash.UNSIGNED, BODY))).isEqualTo(BODY);
        headers.set("Content-MD5", md5(new byte[0]));
        assertRefused(plain(PayloadHash.UNSIGNED, BODY), AuthError.BAD_DIGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "not base64 at all!!!!!!!!", "1B2M2Y8AsgTpgAmY7PhCfgAA"})
    void contentMd5_thatIsNone_isInvalid(String md5) {
        headers.set("Content-MD5", md5);
        assertUnreadable(PayloadHash.UNSIGNED, AuthError.INVALID_DIGEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-amz-checksum-crc32|AAAA|INVALID_REQUEST",
                "x-amz-checksum-crc32|''|INVALID_REQUEST",
                "x-amz-checksum-xxhash64|AAAAAAAAAAA=|UNSUPPORTED_BODY",
                "x-amz-sdk-checksum-algorithm|CRC32|INVALID_REQUEST",
                "x-amz-trailer|x-amz-checksum-crc32|INVALID_REQUEST",
                "content-length|1e3|INVALID_REQUEST",
                "content-length|-1|INVALID_REQUEST",
                "content-length|99999999999999999999|INVALID_REQUEST"
            })
    void header_thatMakesNoSense_isRefusedBeforeTheBody(String name, String value, AuthError error) {
        headers.set(name, value);
        assertUnreadable(PayloadHash.UNSIGNED, error);
    }

    @Test
    void checksumHeaders_thatAreTwo_areRefused() {
        headers.set("x-amz-checksum-crc32", checksum(ChecksumAlgorithm.CRC32, BODY))
                .set("x-amz-checksum-crc32c", checksum(ChecksumAlgorithm.CRC32C, BODY));
        assertUnreadable(PayloadHash.UNSIGNED, AuthError.INVALID_REQUEST);
    }

    @Test
    void checksumHeaders_ofTheObject_areNotOfTheBody() {
        headers.set("Content-Length", "3000").set("x-amz-checksum-crc32", "whatever");
        SignedPayload payload =
                authentication(PayloadHash.UNSIGNED).payload(FakeWire.of(BODY), ChecksumHeaders.OF_THE_OBJECT, null);
        assertThat(accepted(payload)).isEqualTo(BODY);
        assertThat(payload.isDigested()).isFalse();
    }

    @Test
    void sdkAlgorithm_otherThanTheChecksum_isRefused() {
        headers.set("x-amz-checksum-crc32", checksum(ChecksumAlgorithm.CRC32, BODY))
                .set("x-amz-sdk-checksum-algorithm", "SHA256");
        assertUnreadable(PayloadHash.UNSIGNED, AuthError.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER"})
    void bodyEncoding_ofEcdsa_isUnsupported(String word) {
        assertUnreadable(word, AuthError.UNSUPPORTED_BODY);
    }

    @Test
    void payloadHash_thatIsNone_isInvalid() {
        for (String hash : List.of("nonsense", "", "e3b0", "UNSIGNED-PAYLOAD ", "E3B0" + "0".repeat(60))) {
            assertThatThrownBy(() -> authentication(hash))
                    .isInstanceOfSatisfying(
                            AuthException.class,
                            refusal -> assertThat(refusal.error()).isEqualTo(AuthError.INVALID_HASH));
        }
    }

    @Test
    void length_thatIsMissing_isMissed() {
        for (String hash :
                List.of(PayloadHash.UNSIGNED, PayloadHash.STREAMING, PayloadHash.STREAMING_UNSIGNED_TRAILER)) {
            assertUnreadable(hash, AuthError.MISSING_LENGTH);
        }
    }

    @Test
    void signedTrailer_withoutItsName_isInvalid() {
        headers.set("x-amz-decoded-content-length", "1");
        assertUnreadable(PayloadHash.STREAMING_TRAILER, AuthError.INVALID_REQUEST);
    }

    @Test
    void presignedRequest_withSignedChunks_isInvalid() {
        String query = signer.presign("PUT", "/b/k", "", headers, 60, NOW);
        headers.set("x-amz-content-sha256", PayloadHash.STREAMING).set("content-length", "1");
        Authentication answer =
                Authentications.now(authenticator.authenticate(new SignedRequest("PUT", "/b/k", query, headers)));
        assertThatThrownBy(() -> answer.payload(FakeWire.of(BODY), ChecksumHeaders.OF_THE_BODY, null))
                .satisfies(
                        refusal -> assertThat(((AuthException) refusal).error()).isEqualTo(AuthError.INVALID_REQUEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {PayloadHash.STREAMING, PayloadHash.STREAMING_TRAILER, PayloadHash.STREAMING_UNSIGNED_TRAILER})
    void chunkedBody_cutAnywhere_decodesTheSame(String mode) {
        Random random = new Random(mode.length());
        for (int round = 0; round < 300; round++) {
            byte[] body = bytes(random, random.nextInt(30_000));
            byte[] wire = encode(mode, body, CHUNK + random.nextInt(9000));
            SignedPayload payload = payload(mode, FakeWire.of(wire, cuts(random, wire.length)));
            assertThat(accepted(payload)).as("mode=%s round=%d", mode, round).isEqualTo(body);
        }
        byte[] wire = encode(mode, LONG_BODY, CHUNK);
        int[] everywhere = new int[wire.length - 1];
        Arrays.setAll(everywhere, i -> i + 1);
        assertThat(accepted(payload(mode, FakeWire.of(wire, everywhere)))).isEqualTo(LONG_BODY);
    }

    /** Never anything but the closed family, never the body accepted with other bytes, never bytes beyond those announced. */
    @ParameterizedTest
    @ValueSource(
            strings = {PayloadHash.STREAMING, PayloadHash.STREAMING_TRAILER, PayloadHash.STREAMING_UNSIGNED_TRAILER})
    void chunkedBody_withAnyByteChanged_isRefusedOrTheSame(String mode) {
        Random random = new Random(7);
        byte[] body = bytes(random, CHUNK + 300);
        byte[] good = encode(mode, body, CHUNK);
        for (int round = 0; round < 1500; round++) {
            byte[] bad = mutated(random, good);
            SignedPayload payload = payload(mode, FakeWire.of(bad, cuts(random, bad.length)));
            Taken taken = take(payload);
            assertThat(taken.bytes.length()).isLessThanOrEqualTo(body.length);
            if (taken.refusal == null) {
                assertThat(taken.bytes.getBytes())
                        .as("mode=%s round=%d", mode, round)
                        .isEqualTo(body);
            } else {
                assertThat(taken.refusal).isInstanceOf(AuthException.class);
            }
        }
    }

    @Test
    void garbage_ofAnyKind_isRefused() {
        Random random = new Random(8);
        for (int round = 0; round < 1000; round++) {
            encode(PayloadHash.STREAMING_UNSIGNED_TRAILER, BODY, 1000);
            byte[] garbage = bytes(random, 1 + random.nextInt(3000));
            for (int i = 0; round % 2 == 0 && i < garbage.length; i++) {
                garbage[i] = (byte) "0123456789abcdef;\r\n\n:".charAt(random.nextInt(21));
            }
            Taken taken = take(payload(PayloadHash.STREAMING_UNSIGNED_TRAILER, FakeWire.of(garbage)));
            assertThat(taken.refusal).as("round=%d", round).isInstanceOf(AuthException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'5\r\nhello\r\n0\r\n\r\n', ''",
        "'5\r\nhello\r\n0\r\n\r\nx', INCOMPLETE_BODY",
        "'5\r\nhello\r\n0\r\n', INCOMPLETE_BODY",
        "'5\r\nhello\r\n', INCOMPLETE_BODY",
        "'5\r\nhel', INCOMPLETE_BODY",
        "'', INCOMPLETE_BODY",
        "'4\r\nhell\r\n0\r\n\r\n', INCOMPLETE_BODY",
        "'6\r\nhello!\r\n0\r\n\r\n', INCOMPLETE_BODY",
        "'5\r\nhello!\r\n0\r\n\r\n', INCOMPLETE_BODY",
        "'5;chunk-signature=x\r\nhello\r\n0\r\n\r\n', INCOMPLETE_BODY",
        "'\r\nhello\r\n0\r\n\r\n', INCOMPLETE_BODY",
        "'7fffffffffffffff\r\nhello\r\n0\r\n\r\n', INCOMPLETE_BODY",
        "'-5\r\nhello\r\n0\r\n\r\n', INCOMPLETE_BODY",
        "'5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', MALFORMED_TRAILER",
        "'5\r\nhello\r\n0\r\nx-amz-meta-a:1\r\n\r\n', MALFORMED_TRAILER"
    })
    void framing_thatIsBroken_isRefused(String wire, String error) {
        headers.set("x-amz-decoded-content-length", "5");
        Taken taken = take(
                payload(PayloadHash.STREAMING_UNSIGNED_TRAILER, FakeWire.of(wire.getBytes(StandardCharsets.US_ASCII))));
        assertThat(
                        taken.refusal == null
                                ? ""
                                : ((AuthException) taken.refusal).error().name())
                .isEqualTo(error);
    }

    @Test
    void trailer_thatIsMissingOrWrong_isRefused() {
        encode(PayloadHash.STREAMING_UNSIGNED_TRAILER, BODY, 5000);
        String start = "bb8\r\n" + new String(BODY, StandardCharsets.ISO_8859_1) + "\r\n0\r\n";
        assertTrailerRefused(start + "\r\n", AuthError.MALFORMED_TRAILER);
        assertTrailerRefused(start + "x-amz-checksum-crc32c:AAAAAA==\r\n\r\n", AuthError.MALFORMED_TRAILER);
        assertTrailerRefused(start + "x-amz-checksum-crc32:AAAAAA==\r\n\r\n", AuthError.BAD_DIGEST);
        assertTrailerRefused(start + "x-amz-checksum-crc32:AAAA\r\n\r\n", AuthError.INVALID_REQUEST);
        String good = "x-amz-checksum-crc32:" + checksum(ChecksumAlgorithm.CRC32, BODY) + "\r\n";
        assertTrailerRefused(start + good + good + "\r\n", AuthError.MALFORMED_TRAILER);
        assertTrailerRefused(start + good + "x-amz-trailer-signature:x\r\n\r\n", AuthError.MALFORMED_TRAILER);
        assertTrailerRefused(start + "x".repeat(2000) + "\r\n\r\n", AuthError.INCOMPLETE_BODY);
    }

    /** As minio-go sends it: the trailer's line ends with LF, and an empty line comes before the signature. */
    @Test
    void trailer_withAnEmptyLineBeforeItsSignature_isAccepted() {
        String wire = new String(encode(PayloadHash.STREAMING_TRAILER, BODY, CHUNK), StandardCharsets.ISO_8859_1);
        String loose = wire.replace("\r\nx-amz-trailer-signature", "\n\r\nx-amz-trailer-signature");
        assertThat(loose).isNotEqualTo(wire);
        SignedPayload payload =
                payload(PayloadHash.STREAMING_TRAILER, FakeWire.of(loose.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(accepted(payload)).isEqualTo(BODY);
    }

    @Test
    void signatures_ofChunksInAnotherOrder_doNotMatch() {
        byte[] body = new byte[2 * CHUNK];
        Arrays.fill(body, 0, CHUNK, (byte) 1);
        byte[] wire = encode(PayloadHash.STREAMING, body, CHUNK);
        int chunk = "2000;chunk-signature=".length() + 64 + 2 + CHUNK + 2;
        Buffer swapped = Buffer.buffer()
                .appendBytes(wire, chunk, chunk)
                .appendBytes(wire, 0, chunk)
                .appendBytes(wire, 2 * chunk, wire.length - 2 * chunk);
        assertRefused(payload(PayloadHash.STREAMING, FakeWire.of(swapped.getBytes())), AuthError.SIGNATURE_MISMATCH);
    }

    @Test
    void reader_thatPauses_stopsTheClientAndGetsEachByteOnce() {
        byte[] wire = encode(PayloadHash.STREAMING, LONG_BODY, CHUNK);
        int[] cuts = new int[wire.length / 10];
        Arrays.setAll(cuts, i -> 10 * (i + 1) - 1);
        FakeWire raw = FakeWire.of(wire, cuts);
        SignedPayload payload = payload(PayloadHash.STREAMING, raw);
        Buffer taken = Buffer.buffer();
        List<String> ends = new ArrayList<>();
        payload.stream().endHandler(end -> ends.add("end")).handler(taken::appendBuffer);
        assertThat(raw.isPaused()).isTrue();
        while (ends.isEmpty()) {
            int before = taken.length();
            payload.stream().fetch(1);
            assertThat(raw.isPaused() || !ends.isEmpty()).isTrue();
            assertThat(taken.length() - before).isLessThanOrEqualTo(10);
        }
        assertThat(taken.getBytes()).isEqualTo(LONG_BODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {PayloadHash.STREAMING, PayloadHash.STREAMING_TRAILER, PayloadHash.STREAMING_UNSIGNED_TRAILER})
    void chunk_thatIsSmall_mustBeTheLast(String mode) {
        assertThat(accepted(payload(mode, FakeWire.of(encode(mode, LONG_BODY, CHUNK)))))
                .isEqualTo(LONG_BODY);
        Taken taken = take(payload(mode, FakeWire.of(encode(mode, LONG_BODY, CHUNK - 1))));
        assertThat(taken.refusal).isInstanceOfSatisfying(AuthException.class, refusal -> {
            assertThat(refusal.error()).isEqualTo(AuthError.CHUNK_TOO_SMALL);
            assertThat(refusal.details()).containsEntry("Chunk", "2").containsEntry("BadChunkSize", "8191");
        });
    }

    @Test
    void body_thatNobodyTakes_isLeftAlone() {
        FakeWire raw = FakeWire.of(encode(PayloadHash.STREAMING, BODY, CHUNK), 7);
        SignedPayload payload = payload(PayloadHash.STREAMING, raw);
        assertThat(raw.isListenedTo()).isFalse();
        payload.stream().handler(bytes -> payload.stream().handler(null)).resume();
        assertThat(raw.isListenedTo()).isFalse();
        assertThat(raw.isPaused()).isTrue();
    }

    private void assertTrailerRefused(String wire, AuthError error) {
        byte[] bytes = wire.getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(payload(PayloadHash.STREAMING_UNSIGNED_TRAILER, FakeWire.of(bytes)), error);
    }

    private void assertUnreadable(String payloadHash, AuthError error) {
        if (!headers.contains("content-length") && error != AuthError.MISSING_LENGTH) {
            headers.set("Content-Length", "3000");
        }
        Authentication authentication = authentication(payloadHash);
        Throwable refusal =
                catchThrowable(() -> authentication.payload(FakeWire.of(BODY), ChecksumHeaders.OF_THE_BODY, null));
        assertThat(refusal).isInstanceOf(AuthException.class);
        assertThat(((AuthException) refusal).error()).as(refusal.getMessage()).isEqualTo(error);
    }

    private static void assertRefused(SignedPayload payload, AuthError error) {
        Taken taken = take(payload);
        assertThat(taken.refusal)
                .isInstanceOfSatisfying(
                        AuthException.class,
                        refusal -> assertThat(refusal.error()).isEqualTo(error));
    }

    private static byte[] accepted(SignedPayload payload) {
        Taken taken = take(payload);
        assertThat(taken.refusal).isNull();
        assertThat(taken.bytes.length()).isEqualTo((int) payload.length());
        return taken.bytes.getBytes();
    }

    private static final class Taken {
        final Buffer bytes = Buffer.buffer();
        boolean ended;

        @Nullable
        Throwable refusal;
    }

    private static Taken take(SignedPayload payload) {
        Taken taken = new Taken();
        Set<ChecksumAlgorithm> checksums = payload.checksums();
        payload.stream()
                .exceptionHandler(cause -> taken.refusal = cause)
                .endHandler(end -> taken.ended = true)
                .handler(taken.bytes::appendBuffer)
                .resume();
        assertThat(taken.ended).isEqualTo(taken.refusal == null);
        if (taken.ended) {
            taken.refusal = catchThrowable(() -> payload.verify(digests(checksums, taken.bytes.getBytes())));
        }
        return taken;
    }

    private SignedPayload plain(String payloadHash, byte[] body) {
        if (!headers.contains("Content-Length")) {
            headers.set("Content-Length", Integer.toString(body.length));
        }
        return authentication(payloadHash).payload(FakeWire.of(body, 1), ChecksumHeaders.OF_THE_BODY, null);
    }

    private SignedPayload payload(String mode, FakeWire wire) {
        return authentication(mode).payload(wire, ChecksumHeaders.OF_THE_BODY, null);
    }

    private Authentication authentication(String payloadHash) {
        signer.sign("PUT", "/b/k", "", headers, payloadHash, NOW);
        return Authentications.now(authenticator.authenticate(new SignedRequest("PUT", "/b/k", "", headers)));
    }

    /** Sets the headers for this body and gives what goes over the wire. */
    private byte[] encode(String mode, byte[] body, int chunkBytes) {
        boolean trailer = mode.endsWith("TRAILER");
        headers.set("x-amz-decoded-content-length", Integer.toString(body.length));
        if (trailer) {
            headers.set("x-amz-trailer", "x-amz-checksum-crc32");
        }
        ChunkSignatures chain = signer.sign("PUT", "/b/k", "", headers, mode, NOW);
        boolean signed = !mode.equals(PayloadHash.STREAMING_UNSIGNED_TRAILER);
        Buffer wire = Buffer.buffer();
        for (int at = 0; at < body.length; at += chunkBytes) {
            byte[] chunk = Arrays.copyOfRange(body, at, Math.min(body.length, at + chunkBytes));
            appendHeader(wire, chunk, signed ? chain : null);
            wire.appendBytes(chunk).appendString("\r\n");
        }
        appendHeader(wire, new byte[0], signed ? chain : null);
        if (trailer) {
            String crc = checksum(ChecksumAlgorithm.CRC32, body);
            wire.appendString("x-amz-checksum-crc32:" + crc + "\r\n");
            if (signed) {
                wire.appendString(
                        "x-amz-trailer-signature:" + chain.trailer(Map.of("x-amz-checksum-crc32", crc)) + "\r\n");
            }
        }
        return wire.appendString("\r\n").getBytes();
    }

    private static void appendHeader(Buffer wire, byte[] chunk, @Nullable ChunkSignatures chain) {
        wire.appendString(Integer.toHexString(chunk.length));
        if (chain != null) {
            wire.appendString(";chunk-signature=" + chain.next(digest("SHA-256", chunk)));
        }
        wire.appendString("\r\n");
    }

    /** A place near the beginning or the end more often than not: that is where the lines are. */
    private static int framing(Random random, int length) {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(110);
            case 1 -> length - 1 - random.nextInt(Math.min(length, 700));
            default -> random.nextInt(length);
        };
    }

    private static byte[] mutated(Random random, byte[] good) {
        byte[] bad = good.clone();
        int at = framing(random, bad.length);
        switch (random.nextInt(4)) {
            case 0 -> bad[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bad = Arrays.copyOf(bad, at);
            case 2 -> bad[at] = (byte) "0f\r\n;:=".charAt(random.nextInt(7));
            default -> {
                Buffer more = Buffer.buffer().appendBytes(good, 0, at).appendByte((byte) random.nextInt(256));
                bad = more.appendBytes(good, at, good.length - at).getBytes();
            }
        }
        return bad;
    }

    private static int[] cuts(Random random, int length) {
        return random.ints(random.nextInt(20), 0, length + 1).sorted().toArray();
    }

    private static Digests digests(Set<ChecksumAlgorithm> checksums, byte[] bytes) {
        Digester digester = new Digester(checksums);
        digester.update(Buffer.buffer(bytes));
        return digester.finish();
    }

    private static String checksum(ChecksumAlgorithm algorithm, byte[] bytes) {
        Digests digests = digests(EnumSet.of(algorithm), bytes);
        return Base64.getEncoder().encodeToString(digests.checksums().get(algorithm));
    }

    private static String md5(byte[] bytes) {
        return Base64.getEncoder().encodeToString(digest("MD5", bytes));
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest("SHA-256", bytes));
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}

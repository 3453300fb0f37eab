package io.chordata.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.checksum.ChecksumAlgorithm;
import io.chordata.client.sigv4.PayloadHash;
import io.chordata.client.sigv4.RequestSigner;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsChunkedEncoderTest {
    private static final String CRC = ChecksumAlgorithm.CRC32C.headerName();

    private static AwsChunkedEncoder encoder(boolean signed, boolean trailer) {
        RequestSigner signer = new RequestSigner("AKID", "secret", "us-east-1", "s3");
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Host", "h");
        return new AwsChunkedEncoder(
                signed ? signer.sign("PUT", "/b/k", "", headers, PayloadHash.STREAMING_TRAILER, 0) : null,
                trailer ? ChecksumAlgorithm.CRC32C.start() : null);
    }

    private static Buffer encode(AwsChunkedEncoder encoder, Buffer body, Random random) {
        Buffer wire = Buffer.buffer();
        for (int at = 0; at < body.length(); ) {
            int end = Math.min(body.length(), at + 1 + random.nextInt(200_000));
            wire.appendBuffer(encoder.update(body.slice(at, end)));
            at = end;
        }
        return wire.appendBuffer(encoder.end());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 131_071, 131_072, 131_073, 262_144, 1_000_000})
    void body_ofAnyLength_isAsLongAsWasForetold(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        for (boolean signed : new boolean[] {false, true}) {
            for (boolean trailer : new boolean[] {false, true}) {
                Buffer wire = encode(encoder(signed, trailer), Buffer.buffer(bytes), new Random(length));
                assertThat((long) wire.length())
                        .as("signed %s, trailer %s", signed, trailer)
                        .isEqualTo(AwsChunkedEncoder.encodedLength(length, signed, trailer ? CRC : null));
            }
        }
    }

    @Test
    void body_unsignedWithATrailer_looksAsS3Says() {
        AwsChunkedEncoder encoder = encoder(false, true);
        Buffer wire = Buffer.buffer()
                .appendBuffer(encoder.update(Buffer.buffer("123456789")))
                .appendBuffer(encoder.end());

        assertThat(wire.toString()).isEqualTo("9\r\n123456789\r\n0\r\nx-amz-checksum-crc32c:4waSgw==\r\n\r\n");
    }

    @Test
    void body_howeverItComes_givesTheSameBytes() {
        Buffer body = Buffer.buffer(new byte[700_000]);
        assertThat(encode(encoder(true, true), body, new Random(1)))
                .isEqualTo(encode(encoder(true, true), body, new Random(2)));
    }
}

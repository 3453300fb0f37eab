package io.chordata.node.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.client.checksum.Crc64Nvme;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksumsTest {
    private static final byte[] CHECK = "123456789".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "CRC32, cbf43926",
        "CRC32C, e3069283",
        "CRC64NVME, ae8b14860a799888",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
    })
    void checksum_ofTheCheckText_isThePublishedOne(ChecksumAlgorithm algorithm, String expected) {
        assertThat(HexFormat.of().formatHex(direct(algorithm, CHECK))).isEqualTo(expected);
    }

    @Test
    void crc64_ofRunsAtAnyOffset_equalsTheBitwiseOne() {
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = bytes(random, random.nextInt(100));
            int offset = random.nextInt(bytes.length + 1);
            Crc64Nvme crc = new Crc64Nvme();
            crc.update(bytes, 0, offset);
            for (int at = offset; at < bytes.length && random.nextBoolean(); at++) {
                crc.update(bytes[at]);
                offset++;
            }
            crc.update(bytes, offset, bytes.length - offset);
            assertThat(crc.getValue()).as("seed=5 round=%d", i).isEqualTo(bitwise(bytes));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "CRC32C", "CRC64NVME"})
    void combined_ofTwoRuns_equalsTheDirectOne(ChecksumAlgorithm algorithm) {
        Random random = new Random(algorithm.bytes());
        for (int i = 0; i < 300; i++) {
            byte[] whole = bytes(random, random.nextInt(5000));
            int cut = random.nextInt(whole.length + 1);
            byte[] a = direct(algorithm, Arrays.copyOf(whole, cut));
            byte[] b = direct(algorithm, Arrays.copyOfRange(whole, cut, whole.length));
            assertThat(ChecksumCombiner.combine(algorithm, a, b, whole.length - cut))
                    .as("seed=%d round=%d", algorithm.bytes(), i)
                    .isEqualTo(direct(algorithm, whole));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "CRC32C", "CRC64NVME"})
    void combined_withAVeryLongSecondRun_isTheSameInAnyGrouping(ChecksumAlgorithm algorithm) {
        byte[] a = direct(algorithm, CHECK);
        byte[] b = direct(algorithm, new byte[] {1});
        byte[] c = direct(algorithm, new byte[] {2});
        long lengthB = 5L << 30;
        long lengthC = (5L << 40) + 3;
        byte[] leftFirst = combine(algorithm, combine(algorithm, a, b, lengthB), c, lengthC);
        byte[] rightFirst = combine(algorithm, a, combine(algorithm, b, c, lengthC), lengthB + lengthC);
        assertThat(leftFirst).isEqualTo(rightFirst);
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"SHA1", "SHA256"})
    void combined_ofHashes_isRefused(ChecksumAlgorithm algorithm) {
        assertThatThrownBy(() -> combine(algorithm, new byte[20], new byte[20], 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void digester_fedInPieces_givesAllValuesOfTheWhole() {
        byte[] whole = bytes(new Random(1), 300_000);
        Digester digester = new Digester(EnumSet.allOf(ChecksumAlgorithm.class));
        digester.update(Buffer.buffer(whole).slice(0, 100));
        digester.update(Buffer.buffer(whole).slice(100, whole.length));
        Digests digests = digester.finish();
        assertThat(digests.checksums()).hasSize(ChecksumAlgorithm.values().length);
        digests.checksums().forEach((algorithm, value) -> assertThat(value).isEqualTo(direct(algorithm, whole)));
        RunningChecksum md5 = RunningChecksum.md5();
        md5.update(ByteBuffer.wrap(whole));
        assertThat(digests.md5()).isEqualTo(md5.finish());
    }

    private static byte[] combine(ChecksumAlgorithm algorithm, byte[] a, byte[] b, long lengthB) {
        return ChecksumCombiner.combine(algorithm, a, b, lengthB);
    }

    private static byte[] direct(ChecksumAlgorithm algorithm, byte[] bytes) {
        RunningChecksum checksum = RunningChecksum.of(algorithm);
        checksum.update(ByteBuffer.wrap(bytes));
        return checksum.finish();
    }

    private static long bitwise(byte[] bytes) {
        long crc = -1;
        for (byte b : bytes) {
            crc ^= b & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ Crc64Nvme.POLYNOMIAL;
            }
        }
        return ~crc;
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}

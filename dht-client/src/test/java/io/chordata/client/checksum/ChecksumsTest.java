package io.chordata.client.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksumsTest {
    @ParameterizedTest
    @CsvSource({
        "CRC32C, e3069283",
        "CRC32, cbf43926",
        "CRC64NVME, ae8b14860a799888",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
    })
    void checksum_ofTheCheckText_isThePublishedOne(ChecksumAlgorithm algorithm, String expected) {
        RunningChecksum running = algorithm.start();
        running.update("123456789".getBytes(StandardCharsets.US_ASCII));
        assertThat(HexFormat.of().formatHex(Base64.getDecoder().decode(running.text())))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32C", "CRC32", "CRC64NVME"})
    void combined_ofTwoRuns_isThatOfTheWhole(ChecksumAlgorithm algorithm) {
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            byte[] whole = new byte[random.nextInt(3_000)];
            random.nextBytes(whole);
            int cut = random.nextInt(whole.length + 1);
            long a = crc(algorithm, Arrays.copyOf(whole, cut));
            long b = crc(algorithm, Arrays.copyOfRange(whole, cut, whole.length));
            RunningChecksum direct = algorithm.start();
            direct.update(whole);
            assertThat(algorithm.text(algorithm.combiner().orElseThrow().combine(a, b, whole.length - cut)))
                    .as("seed=7 round=%d", i)
                    .isEqualTo(direct.text());
        }
    }

    private static long crc(ChecksumAlgorithm algorithm, byte[] bytes) {
        RunningChecksum running = algorithm.start();
        running.update(bytes);
        return running.crc();
    }
}

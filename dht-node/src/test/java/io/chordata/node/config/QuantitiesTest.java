package io.chordata.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({"0,0,0B", "17,17,17B", "512B,512,512B", "4KiB,4096,4KiB", "4 kib,4096,4KiB", "1536KiB,1572864,1536KiB"})
    void size_written_isReadAndPrinted(String text, long bytes, String printed) {
        assertThat(DataSize.parse(text)).isEqualTo(new DataSize(bytes)).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KiB", "-1", "4KB", "1.5GiB", "4KiBs", "9999999999TiB", "99999999999999999999"})
    void size_malformed_isRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> DataSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as 512B, 4KiB or 1GiB")
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "0s,0,0ms",
        "250ms,250,250ms",
        "5s,5000,5s",
        "90s,90000,90s",
        "10m,600000,10m",
        "2h,7200000,2h",
        "1d,86400000,1d"
    })
    void duration_written_isReadAndPrinted(String text, long millis, String printed) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
        assertThat(Durations.format(Duration.ofMillis(millis))).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "5 parsecs", "1.5s", "99999999999999d"})
    void duration_malformed_isRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as 250ms, 5s, 10m or 2h");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:9000,127.0.0.1,9000", "[::1]:0,::1,0", "node.example.org:65535,node.example.org,65535"})
    void address_written_isReadAndPrinted(String text, String host, int port) {
        assertThat(HostPort.parse(text)).isEqualTo(new HostPort(host, port)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9000", ":9000", "host", "host:", "host:65536", "host:-1", "::1:9000", "host:http"})
    void address_malformed_isRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> HostPort.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as in 127.0.0.1:9000");
    }

    @ParameterizedTest
    @CsvSource({"abc,abc,0", "abc,abd,1", "abc,acb,1", "abc,ab,1", "kitten,sitting,3", "'',abc,3"})
    void editDistance_ofTwoWords_countsSteps(String a, String b, int distance) {
        assertThat(EditDistance.between(a, b)).isEqualTo(distance);
        assertThat(EditDistance.between(b, a)).isEqualTo(distance);
    }
}

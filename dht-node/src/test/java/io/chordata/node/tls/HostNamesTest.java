package io.chordata.node.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1,0a000001",
        "255.255.255.255,ffffffff",
        "::1,00000000000000000000000000000001",
        "2001:DB8::a:1,20010db80000000000000000000a0001",
        "2001:db8:1:2:3:4:5:6,20010db8000100020003000400050006"
    })
    void address_inItsUsualForm_isItsBytes(String address, String hex) {
        assertThat(HostNames.addressOf(address)).isEqualTo(HexFormat.of().parseHex(hex));
        assertThat(HostNames.isKnown(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3.example.org", "localhost", "*.s3.example.org", "node-1", "1.example", "_a.b", "node.chordata"
            })
    void name_ofDns_isNoAddress(String name) {
        assertThat(HostNames.addressOf(name)).isNull();
        assertThat(HostNames.isKnown(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "999.1.1.1",
                "1.2",
                "1.2.3",
                "1.2.3.4.5",
                "256.0.0.1",
                "s3:9000",
                "10.0.0.1:9000",
                "[::1]",
                "fe80::1%eth0",
                ":::",
                "1::2::3",
                "a..b",
                ".a",
                "a.",
                "-a",
                "a-",
                "a.*",
                "**.a",
                "a/b",
                "a b",
                "example.1"
            })
    void text_thatIsNeither_isNotKnown(String text) {
        assertThat(HostNames.isKnown(text)).isFalse();
    }
}

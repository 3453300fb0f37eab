package io.chordata.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCheckTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:9001",
                "127.0.0.1",
                "127.0.0.1:9001",
                "127.9.8.7:1",
                "[::1]",
                "[::1]:9001"
            })
    void host_ofThisMachine_isLocal(String host) {
        assertThat(HostCheck.isLocal(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "example.org:9001",
                "127.0.0.1.example.org",
                "localhost.example.org",
                "127.0.0.1@x",
                "10.0.0.1",
                "127.1",
                "127.0.0.",
                "127.0.0.x",
                "[::2]",
                "::1",
                "0.0.0.0"
            })
    void host_ofAnybodyElse_isNot(String host) {
        assertThat(HostCheck.isLocal(host)).isFalse();
    }

    @Test
    void host_absent_isNot() {
        assertThat(HostCheck.isLocal(null)).isFalse();
    }
}

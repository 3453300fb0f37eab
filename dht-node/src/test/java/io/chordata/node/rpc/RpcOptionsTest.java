package io.chordata.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RpcOptionsTest {
    @Test
    void options_byDefault_areTheDocumentedOnes() {
        assertThat(RpcOptions.DEFAULT)
                .isEqualTo(new RpcOptions(
                        "127.0.0.1", 7000, null, 5_000, 2_000, 8_000, 300_000, 100, 2_000, 8 << 20, 4_096, 256, 256));
    }

    @Test
    void options_thatCannotWork_areRefusedByName() {
        assertRefused("host", () -> with(" ", 0, 100, 20, 40, 100, 1, 1, 2 << 20, 1, 1, 1));
        assertRefused("port", () -> with("h", 65_536, 100, 20, 40, 100, 1, 1, 2 << 20, 1, 1, 1));
        assertRefused("dialTimeoutMillis", () -> with("h", 0, 99, 20, 40, 100, 1, 1, 2 << 20, 1, 1, 1));
        assertRefused("heartbeatMillis", () -> with("h", 0, 100, 19, 40, 100, 1, 1, 2 << 20, 1, 1, 1));
        assertRefused("silenceMillis", () -> with("h", 0, 100, 20, 39, 100, 1, 1, 2 << 20, 1, 1, 1));
        assertRefused("idleMillis", () -> with("h", 0, 100, 20, 40, 99, 1, 1, 2 << 20, 1, 1, 1));
        assertRefused("retryMinMillis", () -> with("h", 0, 100, 20, 40, 100, 0, 1, 2 << 20, 1, 1, 1));
        assertRefused("retryMaxMillis", () -> with("h", 0, 100, 20, 40, 100, 2, 1, 2 << 20, 1, 1, 1));
        assertRefused("waitingBytesMax", () -> with("h", 0, 100, 20, 40, 100, 1, 1, 1 << 20, 1, 1, 1));
        assertRefused("openCallsMax", () -> with("h", 0, 100, 20, 40, 100, 1, 1, 2 << 20, 0, 1, 1));
        assertRefused("runningCallsMax", () -> with("h", 0, 100, 20, 40, 100, 1, 1, 2 << 20, 1, 0, 1));
        assertRefused("handshakesMax", () -> with("h", 0, 100, 20, 40, 100, 1, 1, 2 << 20, 1, 1, 0));
        assertRefused("certificatePath", () -> new RpcTlsOptions("", "k", "a", "n"));
        assertRefused("keyPath", () -> new RpcTlsOptions("c", "", "a", "n"));
        assertRefused("authorityPath", () -> new RpcTlsOptions("c", "k", "", "n"));
    }

    private static void with(
            String host,
            int port,
            long dial,
            long heartbeat,
            long silence,
            long idle,
            long retryMin,
            long retryMax,
            int waiting,
            int open,
            int running,
            int handshakes) {
        new RpcOptions(
                host,
                port,
                null,
                dial,
                heartbeat,
                silence,
                idle,
                retryMin,
                retryMax,
                waiting,
                open,
                running,
                handshakes);
    }

    private static void assertRefused(String option, Runnable construction) {
        assertThatThrownBy(construction::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option);
    }
}

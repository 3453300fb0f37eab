package io.chordata.node.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NodeAddressTest {
    @Test
    void address_atItsBounds_isTaken() {
        assertThat(new NodeAddress("h", 1)).hasToString("h:1");
        assertThat(new NodeAddress("h".repeat(253), 65_535).port()).isEqualTo(65_535);
        assertThat(new NodeAddress("::1", 7_000)).hasToString("[::1]:7000");
    }

    @Test
    void address_beyondItsBounds_isRefused() {
        assertThatThrownBy(() -> new NodeAddress("", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NodeAddress("h".repeat(254), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NodeAddress("h", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NodeAddress("h", 65_536)).isInstanceOf(IllegalArgumentException.class);
    }
}

package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Security;
import org.junit.jupiter.api.Test;

class VertxFactoryTest {
    @Test
    void names_lookedUp_areForgottenWithinSeconds() {
        VertxFactory.limitNameCaches();

        assertThat(Security.getProperty("networkaddress.cache.ttl")).isEqualTo("5");
        assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo("1");
    }
}

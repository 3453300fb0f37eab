package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.RootCredentials;
import io.chordata.node.config.SettingsLoader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.dns.impl.DefaultAddressResolverProvider;
import io.vertx.core.spi.dns.AddressResolverProvider;
import java.nio.file.Path;
import java.security.Security;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VertxFactoryTest {
    private static final String NO_RESOLVER_OF_ITS_OWN = "vertx.disableDnsResolver";

    @TempDir
    private Path data;

    /** Where a machine names no servers, that of Vert.x would ask public ones. */
    @Test
    void names_ofANode_areLookedUpByThePlatform() {
        System.clearProperty(NO_RESOLVER_OF_ITS_OWN);
        NodeConfig config = NodeConfig.of(
                SettingsLoader.load(Map.of(), Map.of()), data, true, new RootCredentials("root", "0123456789abcdef"));

        Vertx vertx = VertxFactory.create(config, new SimpleMeterRegistry());

        try {
            assertThat(AddressResolverProvider.factory(vertx, new AddressResolverOptions()))
                    .isInstanceOf(DefaultAddressResolverProvider.class);
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void names_lookedUp_areForgottenWithinSeconds() {
        VertxFactory.limitNameCaches();

        assertThat(Security.getProperty("networkaddress.cache.ttl")).isEqualTo("5");
        assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo("1");
    }
}

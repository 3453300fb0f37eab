package io.chordata.node.cli;

import io.chordata.node.config.NodeConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.security.Security;

/** Makes the node's Vert.x instance: as many loops as cores, no more threads and files than are used. */
final class VertxFactory {
    private VertxFactory() {}

    static Vertx create(NodeConfig config, MeterRegistry registry) {
        // Vert.x' own resolver falls back to public servers where no resolver is configured; the platform's does not.
        System.setProperty("vertx.disableDnsResolver", "true");
        limitNameCaches();
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(config.eventLoops())
                .setWorkerPoolSize(config.workerThreads())
                .setInternalBlockingPoolSize(1)
                .setPreferNativeTransport(true)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false))
                .setMetricsOptions(metrics(config));
        return Vertx.builder()
                .with(options)
                .withMetrics(new MicrometerMetricsFactory(registry))
                .build();
    }

    /** A peer that restarts has another address under its name; the platform keeps the old one for 30 s. */
    static void limitNameCaches() {
        Security.setProperty("networkaddress.cache.ttl", "5");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
    }

    /**
     * The worker pools alone: requests are counted by operation, which Vert.x does not know. Vert.x shares a registry among
     * all that name it alike, so the nodes of one process name it by their directories.
     */
    private static MicrometerMetricsOptions metrics(NodeConfig config) {
        MicrometerMetricsOptions options = new MicrometerMetricsOptions()
                .setEnabled(true)
                .setRegistryName(config.data().toString());
        for (MetricsDomain domain : MetricsDomain.values()) {
            if (domain != MetricsDomain.NAMED_POOLS) {
                options.addDisabledMetricsCategory(domain);
            }
        }
        return options;
    }
}

package io.chordata.node.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * All that a node needs to know before it starts.
 *
 * @param init found a new cluster if the data directory is empty
 * @param internal where other nodes will reach it
 */
public record NodeConfig(
        Path data,
        boolean init,
        String name,
        String zone,
        HostPort s3,
        HostPort admin,
        HostPort internal,
        String s3Domain,
        RootCredentials credentials,
        Duration stopGrace,
        int eventLoops,
        int workerThreads) {
    /** @throws ConfigException if the settings do not fit together, or ask for what this version does not offer */
    public static NodeConfig of(Settings settings, Path data, boolean init, RootCredentials credentials) {
        requireSingleNode(settings);
        return new NodeConfig(
                data.toAbsolutePath().normalize(),
                init,
                settings.get(OptionCatalogue.NAME),
                settings.get(OptionCatalogue.ZONE),
                settings.get(OptionCatalogue.S3),
                settings.get(OptionCatalogue.ADMIN),
                settings.get(OptionCatalogue.ADVERTISE),
                settings.get(OptionCatalogue.S3_DOMAIN),
                credentials,
                settings.get(OptionCatalogue.STOP_GRACE),
                settings.get(OptionCatalogue.EVENT_LOOPS),
                settings.get(OptionCatalogue.WORKER_THREADS));
    }

    private static void requireSingleNode(Settings settings) {
        if (settings.get(OptionCatalogue.NODES) != 1) {
            throw new ConfigException("this version runs single nodes: leave '" + OptionCatalogue.NODES.flag()
                    + "' away or give 1; clusters come with a later version");
        }
        if (!settings.get(OptionCatalogue.SEEDS).isEmpty()) {
            throw new ConfigException("this version runs single nodes and cannot join others: leave '"
                    + OptionCatalogue.SEEDS.flag() + "' empty, and found a node of its own with "
                    + OptionCatalogue.INIT.flag());
        }
    }
}

package io.chordata.node.config;

import io.chordata.node.block.BodyOptions;
import io.chordata.node.object.ObjectOptions;
import io.chordata.node.partition.PartitionOptions;
import io.chordata.node.s3.S3Options;
import io.chordata.node.storage.BlockMaintenanceOptions;
import io.chordata.node.storage.BlockStoreOptions;
import io.chordata.node.storage.RecordStoreOptions;
import io.chordata.node.storage.SpaceGuardOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that a node needs to know before it starts.
 *
 * @param givenS3Url where clients reach S3; null: at the node's own address
 * @param init found a new cluster if the data directory is empty, and so are all seeds
 */
public record NodeConfig(
        Path data,
        boolean init,
        String name,
        String zone,
        S3Options s3,
        @Nullable URI givenS3Url,
        HostPort admin,
        TlsConfig tls,
        TracingConfig tracing,
        ClusterConfig cluster,
        RootCredentials credentials,
        Duration stopDelay,
        Duration stopGrace,
        int eventLoops,
        int workerThreads,
        RecordStoreOptions records,
        BlockStoreOptions blocks,
        BlockMaintenanceOptions maintenance,
        SpaceGuardOptions space,
        PartitionOptions partitions,
        BodyOptions bodies,
        ObjectOptions objects) {
    /** @throws ConfigException if the settings do not fit together */
    public static NodeConfig of(Settings settings, Path data, boolean init, RootCredentials credentials) {
        return new NodeConfig(
                data.toAbsolutePath().normalize(),
                init,
                settings.get(OptionCatalogue.NAME),
                settings.get(OptionCatalogue.ZONE),
                checked(() -> S3Catalogue.s3(settings)),
                settings.find(S3Catalogue.URL).orElse(null),
                settings.get(OptionCatalogue.ADMIN),
                checked(() -> TlsCatalogue.tls(settings)),
                checked(() -> TracingConfig.of(settings)),
                checked(() -> ClusterConfig.of(settings)),
                credentials,
                settings.get(OptionCatalogue.STOP_DELAY),
                settings.get(OptionCatalogue.STOP_GRACE),
                settings.get(OptionCatalogue.EVENT_LOOPS),
                settings.get(OptionCatalogue.WORKER_THREADS),
                checked(() -> StorageCatalogue.records(settings)),
                checked(() -> StorageCatalogue.blocks(settings)),
                checked(() -> StorageCatalogue.maintenance(settings)),
                checked(() -> StorageCatalogue.space(settings)),
                checked(() -> ObjectCatalogue.partitions(settings)),
                checked(() -> ObjectCatalogue.bodies(settings)),
                checked(() -> ObjectCatalogue.objects(settings)));
    }

    /**
     * Where clients reach S3, without a path.
     *
     * @param bound where it listens
     */
    public URI s3Url(HostPort bound) {
        boolean isPlain = tls.s3() == null;
        return givenS3Url != null
                ? givenS3Url
                : OptionType.origin(isPlain ? "http" : "https", cluster.reachable(bound));
    }

    /** The records say themselves what they cannot be. */
    private static <T> T checked(Supplier<T> record) {
        try {
            return record.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigException("the options do not fit together: " + e.getMessage());
        }
    }
}

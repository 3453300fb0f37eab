package io.chordata.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.block.BodyOptions;
import io.chordata.node.object.ObjectOptions;
import io.chordata.node.partition.PartitionOptions;
import io.chordata.node.s3.S3Options;
import io.chordata.node.storage.BlockMaintenanceOptions;
import io.chordata.node.storage.BlockStoreOptions;
import io.chordata.node.storage.RecordStoreOptions;
import io.chordata.node.storage.SpaceGuardOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NodeConfigTest {
    private static final RootCredentials CREDENTIALS = new RootCredentials("root", "0123456789abcdef");
    private static final Path DATA = Path.of("/srv/data");

    /** Every option that tunes a package, with a value that is not its default and not that of another. */
    private static final Map<String, String> MAPPED = mapped();

    private static Map<String, String> mapped() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("CHORDATA_S3", "0.0.0.0:9100");
        values.put("CHORDATA_S3_DOMAIN", "s3.example.org,localhost");
        values.put("CHORDATA_S3_REGION", "eu-north-7");
        values.put("CHORDATA_S3_IDLE_TIMEOUT", "61s");
        values.put("CHORDATA_S3_HEADER_TIMEOUT", "7s");
        values.put("CHORDATA_S3_KEEP_ALIVE", "3s");
        values.put("CHORDATA_S3_CONNECTIONS", "77");
        values.put("CHORDATA_S3_BODY_RATE", "2KiB");
        values.put("CHORDATA_S3_ANSWER_RATE", "3KiB");
        values.put("CHORDATA_S3_BODY_RATE_WINDOW", "9s");
        values.put("CHORDATA_RECORD_CACHE", "11MiB");
        values.put("CHORDATA_RECORD_MEMTABLES", "12MiB");
        values.put("CHORDATA_RECORD_WAL", "13MiB");
        values.put("CHORDATA_RECORD_OPEN_FILES", "114");
        values.put("CHORDATA_RECORD_THREADS", "15");
        values.put("CHORDATA_RECORD_QUEUE", "16MiB");
        values.put("CHORDATA_RECORD_QUEUE_BATCHES", "117");
        values.put("CHORDATA_RECORD_GROUP", "18KiB");
        values.put("CHORDATA_SEGMENT_SIZE", "19MiB");
        values.put("CHORDATA_BLOCK_QUEUE", "20MiB");
        values.put("CHORDATA_BLOCK_COMMIT", "21MiB");
        values.put("CHORDATA_BLOCK_OPEN_FILES", "22");
        values.put("CHORDATA_BLOCK_READERS", "23");
        values.put("CHORDATA_COMPACT_BELOW_PERCENT", "24");
        values.put("CHORDATA_COMPACTION_PAUSE", "25s");
        values.put("CHORDATA_SCRUB_RATE", "26MiB");
        values.put("CHORDATA_SCRUB_PAUSE", "27h");
        values.put("CHORDATA_BLOCKS_STOP_PERMILLE", "800");
        values.put("CHORDATA_RECORDS_STOP_PERMILLE", "900");
        values.put("CHORDATA_SPACE_RESUME_PERMILLE", "28");
        values.put("CHORDATA_SHARD_BITS", "3");
        values.put("CHORDATA_INLINE_LIMIT", "29KiB");
        values.put("CHORDATA_BUCKET_CACHE", "30");
        values.put("CHORDATA_HOUSEKEEPING_PERIOD", "31s");
        values.put("CHORDATA_HOUSEKEEPING_ROWS", "32");
        values.put("CHORDATA_ORPHAN_PERIOD", "33m");
        values.put("CHORDATA_BLOCK_SIZE", "34KiB");
        values.put("CHORDATA_BLOCKS_IN_FLIGHT", "35");
        values.put("CHORDATA_WRITE_BUFFER", "36MiB");
        values.put("CHORDATA_READ_SIZE", "137KiB");
        values.put("CHORDATA_READ_AHEAD", "38");
        values.put("CHORDATA_READ_BUFFER", "39MiB");
        values.put("CHORDATA_COMMAND_SIZE", "2MiB");
        values.put("CHORDATA_PARTITION_QUEUE", "40");
        values.put("CHORDATA_PARTITION_QUEUE_SIZE", "41MiB");
        values.put("CHORDATA_NODE_QUEUE", "42");
        values.put("CHORDATA_NODE_QUEUE_SIZE", "43MiB");
        values.put("CHORDATA_APPLY_ENTRIES", "44");
        values.put("CHORDATA_APPLY_SIZE", "45KiB");
        values.put("CHORDATA_LOG_SIZE", "46MiB");
        values.put("CHORDATA_LOG_TRUNCATE_PERIOD", "47s");
        return values;
    }

    private static NodeConfig config(Map<String, String> environment) {
        return NodeConfig.of(SettingsLoader.load(Map.of(), environment), DATA, false, CREDENTIALS);
    }

    @Test
    void config_ofNothing_hasTheDefaultsOfEachPackage() {
        NodeConfig config = config(Map.of());

        assertThat(config.s3()).isEqualTo(S3Options.DEFAULTS);
        assertThat(config.records()).isEqualTo(RecordStoreOptions.DEFAULT);
        assertThat(config.blocks()).isEqualTo(BlockStoreOptions.DEFAULT);
        assertThat(config.maintenance()).isEqualTo(BlockMaintenanceOptions.DEFAULT);
        assertThat(config.space()).isEqualTo(SpaceGuardOptions.DEFAULT);
        assertThat(config.partitions()).isEqualTo(PartitionOptions.DEFAULT);
        assertThat(config.objects()).isEqualTo(ObjectOptions.DEFAULT);
        assertThat(config.bodies())
                .isEqualTo(BodyOptions.forHeap(Runtime.getRuntime().maxMemory()));
        assertThat(config.admin()).hasToString("127.0.0.1:9001");
        assertThat(config.internal()).hasToString("127.0.0.1:7000");
        assertThat(config.stopGrace()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.data()).isEqualTo(DATA);
    }

    @Test
    void config_ofEverything_reachesEveryFieldOfEachPackage() {
        long kib = 1 << 10;
        long mib = 1 << 20;
        NodeConfig config = config(MAPPED);

        assertThat(config.s3())
                .isEqualTo(new S3Options(
                        "0.0.0.0",
                        9100,
                        List.of("s3.example.org", "localhost"),
                        "eu-north-7",
                        61_000,
                        7_000,
                        3_000,
                        77,
                        2 * kib,
                        3 * kib,
                        9_000));
        assertThat(config.records())
                .isEqualTo(new RecordStoreOptions(11 * mib, 12 * mib, 13 * mib, 114, 15, 16 * mib, 117, 18 * kib));
        assertThat(config.blocks()).isEqualTo(new BlockStoreOptions(19 * mib, 20 * mib, (int) (21 * mib), 22, 23, 24));
        assertThat(config.maintenance()).isEqualTo(new BlockMaintenanceOptions(25_000, 26 * mib, 97_200_000));
        assertThat(config.space()).isEqualTo(new SpaceGuardOptions(800, 900, 28));
        assertThat(config.objects()).isEqualTo(new ObjectOptions(3, (int) (29 * kib), 30, 31_000, 32, 1_980_000));
        assertThat(config.bodies())
                .isEqualTo(new BodyOptions((int) (34 * kib), 35, 36 * mib, (int) (137 * kib), 38, 39 * mib));
        assertThat(config.partitions())
                .isEqualTo(new PartitionOptions(
                        (int) (2 * mib), 40, 41 * mib, 42, 43 * mib, 44, 45 * kib, 46 * mib, 47_000));
    }

    @Test
    void mapping_asTested_coversEveryOptionOfThePackages() {
        Set<String> names = new TreeSet<>();
        names.add(OptionCatalogue.S3.environmentName());
        S3Catalogue.ALL.forEach(option -> names.add(option.environmentName()));
        ObjectCatalogue.ALL.forEach(option -> names.add(option.environmentName()));
        StorageCatalogue.ALL.forEach(option -> names.add(option.environmentName()));

        assertThat(MAPPED.keySet()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void options_thatARecordRefuses_areRefusedWithItsReason() {
        assertThatThrownBy(() -> config(Map.of("CHORDATA_RECORDS_STOP_PERMILLE", "100")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("the options do not fit together: ")
                .hasMessageContaining("blocksStopPermille");
    }

    @Test
    void idleTimeout_beyondWhatATimerTakes_isRefused() {
        assertThatThrownBy(() -> config(Map.of("CHORDATA_S3_IDLE_TIMEOUT", "1000h")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("idle time-out");
    }

    @Test
    void size_beyondAnInt_isRefusedByName() {
        assertThatThrownBy(() -> config(Map.of("CHORDATA_BLOCK_SIZE", "3GiB")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'blockSize'");
    }
}

package io.chordata.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.block.BodyOptions;
import io.chordata.node.object.ObjectOptions;
import io.chordata.node.partition.PartitionOptions;
import io.chordata.node.partition.move.MoveOptions;
import io.chordata.node.ring.RingOptions;
import io.chordata.node.ring.directory.DirectoryOptions;
import io.chordata.node.ring.view.PlacementOptions;
import io.chordata.node.rpc.RpcOptions;
import io.chordata.node.rpc.RpcTlsOptions;
import io.chordata.node.s3.S3Options;
import io.chordata.node.storage.BlockMaintenanceOptions;
import io.chordata.node.storage.BlockStoreOptions;
import io.chordata.node.storage.RecordStoreOptions;
import io.chordata.node.storage.SpaceGuardOptions;
import io.chordata.node.tls.TlsOptions;
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
    private static final String SECRET = "a secret of tests, 0123456789abcdef";

    /** Every option that tunes a package, with a value that is not its default and not that of another. */
    private static final Map<String, String> MAPPED = mapped();

    private static Map<String, String> mapped() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("CHORDATA_S3", "0.0.0.0:9100");
        values.put("CHORDATA_S3_DOMAIN", "s3.example.org,localhost");
        values.put("CHORDATA_S3_REGION", "eu-north-7");
        values.put("CHORDATA_S3_URL", "https://S3.example.org:443/");
        values.put("CHORDATA_S3_IDLE_TIMEOUT", "61s");
        values.put("CHORDATA_S3_HEADER_TIMEOUT", "7s");
        values.put("CHORDATA_S3_KEEP_ALIVE", "3s");
        values.put("CHORDATA_S3_PATIENCE", "4s");
        values.put("CHORDATA_S3_CONNECTIONS", "77");
        values.put("CHORDATA_S3_BODY_RATE", "2KiB");
        values.put("CHORDATA_S3_ANSWER_RATE", "3KiB");
        values.put("CHORDATA_S3_BODY_RATE_WINDOW", "9s");
        values.put("CHORDATA_INTERNAL", "127.0.0.9:7900");
        values.put("CHORDATA_INTERNAL_CERTIFICATE", "/tls/certificate.pem");
        values.put("CHORDATA_INTERNAL_KEY", "/tls/key.pem");
        values.put("CHORDATA_INTERNAL_AUTHORITY", "/tls/authority.pem");
        values.put("CHORDATA_INTERNAL_NAME", "node.example.org");
        values.put("CHORDATA_S3_CERTIFICATE", "/tls/s3.pem");
        values.put("CHORDATA_S3_KEY", "/tls/s3.key");
        values.put("CHORDATA_ADMIN_CERTIFICATE", "/tls/admin.pem");
        values.put("CHORDATA_ADMIN_KEY", "/tls/admin.key");
        values.put("CHORDATA_ADMIN_AUTHORITY", "/tls/ca.pem");
        values.put("CHORDATA_CERTIFICATE_CHECK", "6s");
        values.put("CHORDATA_RPC_DIAL_TIMEOUT", "4s");
        values.put("CHORDATA_RPC_HEARTBEAT", "1100ms");
        values.put("CHORDATA_RPC_SILENCE", "6s");
        values.put("CHORDATA_RPC_IDLE", "62s");
        values.put("CHORDATA_RPC_RETRY_MIN", "90ms");
        values.put("CHORDATA_RPC_RETRY_MAX", "1900ms");
        values.put("CHORDATA_RPC_WAITING", "7MiB");
        values.put("CHORDATA_RPC_OPEN_CALLS", "63");
        values.put("CHORDATA_RPC_RUNNING_CALLS", "64");
        values.put("CHORDATA_RPC_HANDSHAKES", "65");
        values.put("CHORDATA_POSITIONS", "66");
        values.put("CHORDATA_WEIGHT", "2.125");
        values.put("CHORDATA_REPLICATION", "5");
        values.put("CHORDATA_REPLACE_AFTER", "67s");
        values.put("CHORDATA_MOVE_AFTER", "4s");
        values.put("CHORDATA_MOVES", "68");
        values.put("CHORDATA_RING_SUCCESSORS", "12");
        values.put("CHORDATA_RING_SUCCESSOR_NODES", "5");
        values.put("CHORDATA_RING_BUSY_PERIOD", "1001ms");
        values.put("CHORDATA_RING_QUIET_PERIOD", "11s");
        values.put("CHORDATA_RING_QUESTION", "1400ms");
        values.put("CHORDATA_RING_ATTEMPTS", "2");
        values.put("CHORDATA_RING_DEAD", "12s");
        values.put("CHORDATA_RING_HEDGE", "260ms");
        values.put("CHORDATA_RING_HEAL_PERIOD", "5500ms");
        values.put("CHORDATA_RING_CACHE", "4000");
        values.put("CHORDATA_RING_ROUTE_BY_LISTS", "false");
        values.put("CHORDATA_RING_ROUTE_BY_CACHE", "true");
        values.put("CHORDATA_RING_ROUTE_BY_DIRECTORY", "false");
        values.put("CHORDATA_DIRECTORY_PROBE_PERIOD", "1200ms");
        values.put("CHORDATA_DIRECTORY_PROBE_TIMEOUT", "510ms");
        values.put("CHORDATA_DIRECTORY_INDIRECT_PROBES", "4");
        values.put("CHORDATA_DIRECTORY_SUSPICION", "8");
        values.put("CHORDATA_DIRECTORY_SUSPICION_FACTOR", "7");
        values.put("CHORDATA_DIRECTORY_SUSPICION_CONFIRMATIONS", "6");
        values.put("CHORDATA_DIRECTORY_GOSSIP_PERIOD", "270ms");
        values.put("CHORDATA_DIRECTORY_GOSSIP", "9");
        values.put("CHORDATA_DIRECTORY_GOSSIP_SIZE", "10KiB");
        values.put("CHORDATA_DIRECTORY_EXCHANGE_PERIOD", "33s");
        values.put("CHORDATA_DIRECTORY_EXCHANGE_SIZE", "48KiB");
        values.put("CHORDATA_DIRECTORY_RECONNECT_PERIOD", "5200ms");
        values.put("CHORDATA_DIRECTORY_IMAGE_PERIOD", "5300ms");
        values.put("CHORDATA_DIRECTORY_FORGET_AFTER", "8d");
        values.put("CHORDATA_DIRECTORY_NODES", "20001");
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
        assertThat(config.s3Url(new HostPort("127.0.0.1", 9123))).hasToString("http://127.0.0.1:9123");
        assertThat(config.records()).isEqualTo(RecordStoreOptions.DEFAULT);
        assertThat(config.blocks()).isEqualTo(BlockStoreOptions.DEFAULT);
        assertThat(config.maintenance()).isEqualTo(BlockMaintenanceOptions.DEFAULT);
        assertThat(config.space()).isEqualTo(SpaceGuardOptions.DEFAULT);
        assertThat(config.partitions()).isEqualTo(PartitionOptions.DEFAULT);
        assertThat(config.objects()).isEqualTo(ObjectOptions.DEFAULT);
        assertThat(config.bodies())
                .isEqualTo(BodyOptions.forHeap(Runtime.getRuntime().maxMemory()));
        assertThat(config.admin()).hasToString("127.0.0.1:9001");
        assertThat(config.tls()).isEqualTo(new TlsConfig(null, null, Duration.ofSeconds(10)));
        assertThat(config.cluster().secret()).isNull();
        assertThat(config.cluster().seeds()).isEmpty();
        assertThat(config.cluster().advertise()).hasToString("127.0.0.1:7000");
        assertThat(config.cluster().rpc()).isEqualTo(RpcOptions.DEFAULT);
        assertThat(config.cluster().ring()).isEqualTo(RingOptions.DEFAULT);
        assertThat(config.cluster().directory()).isEqualTo(DirectoryOptions.DEFAULT);
        assertThat(config.cluster().placement()).isEqualTo(PlacementOptions.DEFAULT);
        assertThat(config.cluster().moves()).isEqualTo(MoveOptions.DEFAULT);
        assertThat(config.stopGrace()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.data()).isEqualTo(DATA);
    }

    @Test
    void config_ofEverything_reachesEveryFieldOfEachPackage() {
        long kib = 1 << 10;
        long mib = 1 << 20;
        NodeConfig config = config(MAPPED);

        assertThat(config.s3Url(new HostPort("0.0.0.0", 9100))).hasToString("https://s3.example.org");
        assertThat(config.s3())
                .isEqualTo(new S3Options(
                        "0.0.0.0",
                        9100,
                        List.of("s3.example.org", "localhost"),
                        "eu-north-7",
                        61_000,
                        7_000,
                        3_000,
                        4_000,
                        77,
                        2 * kib,
                        3 * kib,
                        9_000));
        assertThat(config.tls())
                .isEqualTo(new TlsConfig(
                        new TlsOptions("/tls/s3.pem", "/tls/s3.key", null),
                        new TlsOptions("/tls/admin.pem", "/tls/admin.key", null),
                        Duration.ofSeconds(6)));
        assertThat(config.cluster().rpc())
                .isEqualTo(new RpcOptions(
                        "127.0.0.9",
                        7900,
                        new RpcTlsOptions(
                                "/tls/certificate.pem", "/tls/key.pem", "/tls/authority.pem", "node.example.org"),
                        4_000,
                        1_100,
                        6_000,
                        62_000,
                        90,
                        1_900,
                        (int) (7 * mib),
                        63,
                        64,
                        65));
        assertThat(config.cluster().advertise()).hasToString("127.0.0.9:7900");
        assertThat(config.cluster().placement()).isEqualTo(new PlacementOptions(66, 2_125, 5, 67_000));
        assertThat(config.cluster().moves())
                .isEqualTo(new MoveOptions(500, 4_000, 4_000, 8_000, 67_000, 4_000, 24_000, 5_000, 68, 68, 256));
        assertThat(config.cluster().ring())
                .isEqualTo(new RingOptions(
                        12,
                        5,
                        1_001,
                        11_000,
                        1_400,
                        2,
                        12_000,
                        260,
                        5_500,
                        4_000,
                        new RingOptions.Routing(false, true, false)));
        assertThat(config.cluster().directory())
                .isEqualTo(new DirectoryOptions(
                        1_200,
                        510,
                        4,
                        8,
                        7,
                        6,
                        270,
                        9,
                        (int) (10 * kib),
                        33_000,
                        (int) (48 * kib),
                        5_200,
                        5_300,
                        691_200_000,
                        20_001));
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
        names.add(OptionCatalogue.INTERNAL.environmentName());
        S3Catalogue.ALL.forEach(option -> names.add(option.environmentName()));
        TlsCatalogue.ALL.forEach(option -> names.add(option.environmentName()));
        RpcCatalogue.ALL.forEach(option -> names.add(option.environmentName()));
        RingCatalogue.ALL.forEach(option -> names.add(option.environmentName()));
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

    private static ClusterConfig cluster(String... namesAndValues) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return config(environment).cluster();
    }

    @Test
    void cluster_withSeedsAndSecret_hasBothAndWhereItIsReached() {
        ClusterConfig cluster = cluster(
                "CHORDATA_CLUSTER_SECRET", SECRET,
                "CHORDATA_SEEDS", "one:7000,[::1]:7001",
                "CHORDATA_INTERNAL", "0.0.0.0:7002",
                "CHORDATA_ADVERTISE", "two:7003");

        assertThat(cluster.secret()).isNotNull();
        assertThat(cluster.seeds()).containsExactly(new HostPort("one", 7000), new HostPort("::1", 7001));
        assertThat(cluster.rpc().host()).isEqualTo("0.0.0.0");
        assertThat(cluster.advertise()).isEqualTo(new HostPort("two", 7003));
        assertThat(cluster.reachable(new HostPort("0.0.0.0", 9000))).isEqualTo(new HostPort("two", 9000));
        assertThat(cluster.reachable(new HostPort("10.0.0.1", 9000))).isEqualTo(new HostPort("10.0.0.1", 9000));
    }

    @Test
    void node_thatIsAlone_isReachedWhereItListens() {
        assertThat(cluster().reachable(new HostPort("0.0.0.0", 9000))).isEqualTo(new HostPort("0.0.0.0", 9000));
    }

    @Test
    void seeds_withoutASecret_areRefusedAndSayHowToMakeOne() {
        assertThatThrownBy(() -> cluster("CHORDATA_SEEDS", "one:7000"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'seeds' needs a cluster secret")
                .hasMessageContaining("head -c 32 /dev/urandom | base64")
                .hasMessageContaining("CHORDATA_CLUSTER_SECRET")
                .hasMessageContaining("--cluster-secret-file");
    }

    @Test
    void secret_tooShort_isRefusedWithItsLengthAndNotQuoted() {
        assertThatThrownBy(() -> cluster("CHORDATA_CLUSTER_SECRET", "canary-0123456789"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("'clusterSecret': the cluster secret must have 32 to 4096 bytes, it has 17");
    }

    @Test
    void address_thatNobodyCanReach_isRefused() {
        assertThatThrownBy(() -> cluster("CHORDATA_CLUSTER_SECRET", SECRET, "CHORDATA_INTERNAL", "0.0.0.0:7000"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--advertise");
        for (String seed : List.of("one:0", "0.0.0.0:7000", "[::]:7000")) {
            assertThatThrownBy(() -> cluster("CHORDATA_CLUSTER_SECRET", SECRET, "CHORDATA_SEEDS", seed))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(seed);
        }
    }

    @Test
    void tls_inPart_isRefusedByName() {
        assertThatThrownBy(() -> cluster("CHORDATA_INTERNAL_KEY", "/key.pem"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'internalCertificate'")
                .hasMessageContaining("'internalAuthority'");
    }

    @Test
    void weightAndReplication_outOfBounds_areRefused() {
        for (String weight : List.of("0", "0.0001", "10000.001", "999999999")) {
            assertThatThrownBy(() -> cluster("CHORDATA_WEIGHT", weight))
                    .as(weight)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("weight");
        }
        assertThatThrownBy(() -> cluster("CHORDATA_WEIGHT", "-1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'weight'");
        assertThatThrownBy(() -> cluster("CHORDATA_REPLICATION", "2"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("replication must be 1, 3, 5 or 7");
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

    @Test
    void s3Url_ofAnAddress_isAsBrowsersWriteIt() {
        Map<String, String> behindTls = Map.of(
                "CHORDATA_S3_CERTIFICATE",
                "/tls/s3.pem",
                "CHORDATA_S3_KEY",
                "/tls/s3.key",
                "CHORDATA_CLUSTER_SECRET",
                SECRET,
                "CHORDATA_ADVERTISE",
                "Node-0.example.org:7000");

        assertThat(config(behindTls).s3Url(new HostPort("0.0.0.0", 443))).hasToString("https://node-0.example.org");
        assertThat(config(behindTls).s3Url(new HostPort("0.0.0.0", 9000)))
                .hasToString("https://node-0.example.org:9000");
        assertThat(config(Map.of()).s3Url(new HostPort("::1", 80))).hasToString("http://[::1]");
    }

    @Test
    void s3Url_thatIsNoOrigin_isRefused() {
        for (String url :
                List.of("s3.example.org", "ftp://s3.example.org", "https://s3.example.org/base", "https://a:b@c")) {
            assertThatThrownBy(() -> config(Map.of("CHORDATA_S3_URL", url)).s3Url(new HostPort("::1", 80)))
                    .as(url)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("a URL without a path");
        }
    }
}

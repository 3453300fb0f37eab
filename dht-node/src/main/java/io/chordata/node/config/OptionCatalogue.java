package io.chordata.node.config;

import io.chordata.node.partition.move.MoveOptions;
import io.chordata.node.ring.view.PlacementOptions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every option there is: the one place that knows their names. Help, files, environment and flags follow from it. */
public final class OptionCatalogue {
    private static final int MOVES_MAX = 1_024;

    private static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_PORT = 65_535;

    public static final Option<Path> CONFIG = Option.optional(
                    "config",
                    OptionType.PATH,
                    "File with options, one 'name: value' a line (.yaml, .yml, .properties).")
            .except(Source.FILE);

    public static final Option<Path> DATA =
            Option.optional("data", OptionType.PATH, "Directory that holds all the node's data.");
    public static final Option<Boolean> INIT = Option.of(
            "init",
            OptionType.FLAG,
            false,
            "Found a new cluster if the data directory is empty and so are all seeds. Without it an empty node waits.");
    public static final Option<String> NAME =
            Option.of("name", OptionType.TEXT, "node-0", "What people call this node.");
    public static final Option<String> ZONE =
            Option.of("zone", OptionType.TEXT, "default", "Where it stands: nodes of one zone may fail together.");
    public static final Option<List<HostPort>> SEEDS = Option.of(
            "seeds",
            OptionType.ADDRESSES,
            List.of(),
            "Internal addresses of nodes to ask for the cluster; the same list at all. Needs a cluster secret.");
    public static final Option<Integer> EXPECT = Option.derived(
            "expect",
            OptionType.number(1, 1_024),
            settings -> Math.max(1, settings.get(SEEDS).size()),
            "With --init: S3 answers 503 until each partition has so many voters, or as many as it should have.");
    public static final Option<Integer> NODES = Option.of(
            "nodes", OptionType.number(1, 64), 5, "How many nodes a demo starts, unless its data is of another.");

    public static final Option<Integer> S3_PORT =
            Option.of("s3Port", OptionType.number(0, MAX_PORT), 9000, "Port of the S3 address unless --s3 is given.");
    public static final Option<Integer> ADMIN_PORT = Option.of(
            "adminPort", OptionType.number(0, MAX_PORT), 9001, "Port of the admin address unless --admin is given.");
    public static final Option<Integer> INTERNAL_PORT = Option.of(
            "internalPort",
            OptionType.number(0, MAX_PORT),
            7000,
            "Port of the internal address unless --internal is given.");
    public static final Option<HostPort> S3 = Option.derived(
            "s3", OptionType.ADDRESS, settings -> loopback(settings, S3_PORT), "Address that S3 clients connect to.");
    public static final Option<HostPort> ADMIN = Option.derived(
            "admin",
            OptionType.ADDRESS,
            settings -> loopback(settings, ADMIN_PORT),
            "Address of the console, health, metrics and status.");
    public static final Option<HostPort> INTERNAL = Option.derived(
            "internal",
            OptionType.ADDRESS,
            settings -> loopback(settings, INTERNAL_PORT),
            "Address for other nodes, and where connections to them come from. Closed without a cluster secret.");
    public static final Option<HostPort> ADVERTISE = Option.derived(
            "advertise",
            OptionType.ADDRESS,
            settings -> settings.get(INTERNAL),
            "Internal address as others reach it, where that is not the bound one.");

    public static final Option<String> ACCESS_KEY =
            Option.secret("accessKey", "Root access key, 3 to 128 characters. A demo makes its own.");
    public static final Option<Path> ACCESS_KEY_FILE =
            Option.optional("accessKeyFile", OptionType.PATH, "File that holds the root access key.");
    public static final Option<String> SECRET_KEY =
            Option.secret("secretKey", "Root secret key, 16 to 256 characters. A demo makes its own.");
    public static final Option<Path> SECRET_KEY_FILE =
            Option.optional("secretKeyFile", OptionType.PATH, "File that holds the root secret key.");

    public static final Option<String> CLUSTER_SECRET =
            Option.secret("clusterSecret", "What nodes of one cluster know: 32 random bytes or more, as text.");
    public static final Option<Path> CLUSTER_SECRET_FILE =
            Option.optional("clusterSecretFile", OptionType.PATH, "File that holds the cluster secret.");

    public static final Option<Duration> REPLACE_AFTER = Option.of(
            "replaceAfter",
            OptionType.DURATION,
            Duration.ofMillis(PlacementOptions.DEFAULT.replaceAfterMillis()),
            "A node down for so long is replaced. More: restarts move nothing.");
    public static final Option<Duration> MOVE_AFTER = Option.of(
            "moveAfter",
            OptionType.DURATION,
            Duration.ofMillis(MoveOptions.DEFAULT.steadyMillis()),
            "Data moves once the nodes that should hold it are the same for so long.");
    public static final Option<Integer> MOVES = Option.of(
            "moves",
            OptionType.number(1, MOVES_MAX),
            MoveOptions.DEFAULT.maxComing(),
            "Partitions that come to a node, or go from it, at a time. More: sooner done. Fewer: requests wait less.");
    public static final Option<Duration> STOP_DELAY = Option.of(
            "stopDelay",
            OptionType.DURATION,
            Duration.ZERO,
            "How long a node told to stop still serves while /health/ready says 503, so that balancers notice.");
    public static final Option<Duration> STOP_GRACE = Option.of(
            "stopGrace",
            OptionType.DURATION,
            Duration.ofSeconds(20),
            "How long requests in flight may take to finish when the node stops.");
    public static final Option<Integer> EVENT_LOOPS = Option.derived(
            "eventLoops",
            OptionType.number(1, 1_024),
            settings -> Runtime.getRuntime().availableProcessors(),
            "Event loop threads. More than cores costs switches; fewer leaves cores idle.");
    public static final Option<Integer> WORKER_THREADS = Option.of(
            "workerThreads",
            OptionType.number(2, 1_024),
            16,
            "Threads for disk reads and digests. More: more at once on many disks. Fewer: less memory.");
    public static final Option<LogLevel> LOG_LEVEL =
            Option.of("logLevel", OptionType.choice(LogLevel.class), LogLevel.INFO, "Least severity that is logged.");

    public static final Option<LogFormat> LOG_FORMAT =
            Option.of("logFormat", OptionType.choice(LogFormat.class), LogFormat.TEXT, "How a line of the log looks.");
    static final Option<String> TRACE_ENDPOINT = Option.optional(
            "traceEndpoint",
            OptionType.TEXT,
            "Collector of traces, OTLP over HTTP, such as http://collector:4318/v1/traces. Without it there are none.");
    static final Option<BigDecimal> TRACE_SHARE = Option.of(
            "traceShare",
            OptionType.DECIMAL,
            new BigDecimal("0.01"),
            "Of the requests without a trace context, so many begin a trace, 0 to 1; the others say it themselves.");
    public static final Option<Path> ADMIN_AUTHORITY = TlsCatalogue.ADMIN_AUTHORITY;

    private static final List<Option<?>> NODE = List.of(
            CONFIG,
            DATA,
            INIT,
            EXPECT,
            NAME,
            ZONE,
            SEEDS,
            NODES,
            S3,
            ADMIN,
            INTERNAL,
            S3_PORT,
            ADMIN_PORT,
            INTERNAL_PORT,
            ADVERTISE,
            ACCESS_KEY,
            ACCESS_KEY_FILE,
            SECRET_KEY,
            SECRET_KEY_FILE,
            CLUSTER_SECRET,
            CLUSTER_SECRET_FILE,
            STOP_DELAY,
            STOP_GRACE,
            EVENT_LOOPS,
            WORKER_THREADS,
            LOG_LEVEL,
            LOG_FORMAT,
            TRACE_ENDPOINT,
            TRACE_SHARE);

    /** In the order in which they are shown: first what a person sets, then what tunes. */
    public static final List<Option<?>> ALL = Stream.of(
                    NODE,
                    S3Catalogue.ALL,
                    TlsCatalogue.ALL,
                    RpcCatalogue.ALL,
                    RingCatalogue.ALL,
                    ObjectCatalogue.ALL,
                    StorageCatalogue.ALL)
            .<Option<?>>flatMap(List::stream)
            .toList();

    static final List<Secret> SECRETS = List.of(
            new Secret(ACCESS_KEY, ACCESS_KEY_FILE),
            new Secret(SECRET_KEY, SECRET_KEY_FILE),
            new Secret(CLUSTER_SECRET, CLUSTER_SECRET_FILE));

    /** A secret, and the option that names a file with it. */
    record Secret(Option<String> value, Option<Path> file) {}

    /** Severities, the most talkative first. */
    public enum LogLevel {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /** One line for each event: of keys and values, or of JSON. */
    public enum LogFormat {
        TEXT,
        JSON
    }

    private OptionCatalogue() {}

    private static HostPort loopback(Settings settings, Option<Integer> port) {
        return new HostPort(LOOPBACK, settings.get(port));
    }

    static Optional<Option<?>> byName(String name) {
        return ALL.stream().filter(option -> option.name().equals(name)).findFirst();
    }

    static Optional<Option<?>> byEnvironmentName(String name) {
        return ALL.stream()
                .filter(option -> option.environmentName().equals(name))
                .findFirst();
    }
}

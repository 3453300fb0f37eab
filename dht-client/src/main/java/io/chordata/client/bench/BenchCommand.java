package io.chordata.client.bench;

import io.chordata.client.sigv4.RequestSigner;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the bench. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures an S3 endpoint: operations and bytes per second, latencies, errors.",
        footer = {
            "",
            "Each connection has one request at a time. It removes the objects that it put; the bucket stays.",
            "Keys: CHORDATA_ACCESS_KEY and CHORDATA_SECRET_KEY; where --against",
            "has others, CHORDATA_AGAINST_ACCESS_KEY and CHORDATA_AGAINST_SECRET_KEY.",
            "",
            "'client us/op' is the processor time that bench itself takes for each request, 'client busy' how much of the",
            "time its busiest event loop was at work: near 100 %% it is bench that is measured.",
            "",
            "Examples:",
            "  chordata bench --op put --size 4KiB --concurrency 64",
            "  chordata bench --op get --against http://other:9000 --json",
            "",
            "Exit codes: 0 all requests succeeded, 1 some failed, 2 wrong usage."
        })
public final class BenchCommand implements Callable<Integer> {
    private static final String DEFAULT_ENDPOINT = "http://127.0.0.1:9000";

    private final Map<String, String> environment;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--op",
            required = true,
            paramLabel = "OP",
            description = "put, get, mixed (7 gets to 3 puts), list or delete")
    BenchOperation operation = BenchOperation.PUT;

    @Option(
            names = "--size",
            defaultValue = "4KiB",
            paramLabel = "SIZE",
            description = "of each object (${DEFAULT-VALUE})")
    String size = "";

    @Option(
            names = "--concurrency",
            defaultValue = "16",
            paramLabel = "N",
            description = "connections (${DEFAULT-VALUE})")
    int concurrency;

    @Option(
            names = "--duration",
            defaultValue = "10s",
            paramLabel = "TIME",
            description = "of the measurement (${DEFAULT-VALUE})")
    String duration = "";

    @Option(names = "--warmup", defaultValue = "2s", paramLabel = "TIME", description = "before it (${DEFAULT-VALUE})")
    String warmup = "";

    @Option(
            names = "--objects",
            defaultValue = "256",
            paramLabel = "N",
            description = "prepared to be read (${DEFAULT-VALUE})")
    int objects;

    @Option(
            names = "--bucket",
            defaultValue = "chordata-bench",
            paramLabel = "NAME",
            description = "to use (${DEFAULT-VALUE})")
    String bucket = "";

    @Option(names = "--prepared", description = "the objects (object-0, object-1, ...) are there and stay")
    boolean prepared;

    @Option(names = "--presigned", description = "get by links that are signed once, before the measurement")
    boolean presigned;

    @Option(names = "--unsigned-payload", description = "do not have bodies hashed for the signature")
    boolean unsignedPayload;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "default: CHORDATA_ENDPOINT, else " + DEFAULT_ENDPOINT)
    @Nullable
    URI endpoint;

    @Option(names = "--against", paramLabel = "URL", description = "a second endpoint, measured after the first")
    @Nullable
    URI against;

    @Option(names = "--json", description = "print one JSON object instead of a table")
    boolean json;

    public BenchCommand() {
        this(System.getenv());
    }

    BenchCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        BenchOptions options = options();
        RequestSigner signer = signer("CHORDATA_");
        Vertx vertx = Vertx.vertx();
        try {
            return against == null ? runOne(vertx, options, signer) : runTwo(vertx, options, signer, against);
        } catch (BenchException e) {
            err().println(e.getMessage());
            return 1;
        } finally {
            vertx.close().await();
        }
    }

    private int runOne(Vertx vertx, BenchOptions options, RequestSigner signer) {
        BenchResult result = measure(vertx, options, signer);
        if (json) {
            print(result.toJson().encode());
        } else {
            print(title(options) + "\n" + options.endpoint() + "\n" + BenchTable.of(result));
        }
        return result.errors() == 0 ? 0 : 1;
    }

    private int runTwo(Vertx vertx, BenchOptions options, RequestSigner signer, URI other) {
        BenchResult ours = measure(vertx, options, signer);
        BenchResult theirs = measure(vertx, options.against(other), signer("CHORDATA_AGAINST_"));
        if (json) {
            JsonObject both = ours.toJson().put("against", theirs.toJson());
            print(both.encode());
        } else {
            String columns = options.endpoint() + " against " + other + " (ratio)";
            print(title(options) + "\n" + columns + "\n" + BenchTable.of(ours, theirs));
        }
        return ours.errors() + theirs.errors() == 0 ? 0 : 1;
    }

    private static BenchResult measure(Vertx vertx, BenchOptions options, RequestSigner signer) {
        BenchBody body = new BenchBody(options.sizeBytes());
        BenchLoops loops = BenchLoops.start(vertx, Math.min(options.concurrency(), loops()));
        BenchFleet fleet = new BenchFleet(vertx, options, body, signer, loops);
        return new Bench(options, fleet, signer)
                .run()
                .eventually(() -> fleet.close())
                .await();
    }

    private static int loops() {
        return Runtime.getRuntime().availableProcessors();
    }

    private BenchOptions options() {
        try {
            return new BenchOptions(
                    operation,
                    endpoint != null
                            ? endpoint
                            : URI.create(environment.getOrDefault("CHORDATA_ENDPOINT", DEFAULT_ENDPOINT)),
                    bucket,
                    Quantities.bytes(size),
                    concurrency,
                    Quantities.duration(duration),
                    Quantities.duration(warmup),
                    objects,
                    prepared,
                    presigned,
                    !unsignedPayload);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private RequestSigner signer(String prefix) {
        return new RequestSigner(key(prefix, "ACCESS_KEY"), key(prefix, "SECRET_KEY"), "us-east-1", "s3");
    }

    private String key(String prefix, String name) {
        String value = environment.getOrDefault(prefix + name, environment.get("CHORDATA_" + name));
        if (value == null) {
            throw usage("set CHORDATA_ACCESS_KEY and CHORDATA_SECRET_KEY to a key pair of the endpoint");
        }
        return value;
    }

    private static String title(BenchOptions options) {
        return options.operation() + " " + Quantities.bytesText(options.sizeBytes()) + ", " + options.concurrency()
                + " at once, " + Quantities.durationText(options.duration());
    }

    private void print(String text) {
        PrintWriter out = command().commandLine().getOut();
        out.println(text.stripTrailing());
        out.flush();
    }

    private PrintWriter err() {
        return command().commandLine().getErr();
    }

    private ParameterException usage(String message) {
        return new ParameterException(command().commandLine(), message);
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("run by picocli only");
        }
        return spec;
    }
}

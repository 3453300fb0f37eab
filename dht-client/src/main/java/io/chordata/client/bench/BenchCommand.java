package io.chordata.client.bench;

import io.chordata.client.cli.ExitCodes;
import io.chordata.client.cli.ObjectAccess;
import io.chordata.client.cli.Outcome;
import io.chordata.client.routing.Endpoint;
import io.chordata.client.sigv4.RequestSigner;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
            "Keys: CHORDATA_ACCESS_KEY and CHORDATA_SECRET_KEY (or ..._FILE); where --against",
            "has others, CHORDATA_AGAINST_ACCESS_KEY and CHORDATA_AGAINST_SECRET_KEY.",
            "",
            "'client us/op' is the processor time that bench itself takes for each request, 'client busy' how much of the",
            "time its busiest event loop was at work: near 100 %% it is bench that is measured.",
            "",
            "Examples:",
            "  chordata bench --op put --size 4KiB --concurrency 64",
            "  chordata bench --op get --against http://other:9000 --json"
        })
public final class BenchCommand implements Callable<Integer>, ExitCodes {
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
            names = "--timeout",
            defaultValue = "30s",
            paramLabel = "TIME",
            description = "in which nothing moves, after which a request is an error (${DEFAULT-VALUE})")
    String timeout = "";

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
            description = {
                "S3 endpoint, or several with commas in between, over which the connections are spread (CHORDATA_ENDPOINT;",
                ObjectAccess.DEFAULT_ENDPOINT
                        + "). CHORDATA_ENDPOINT_AUTHORITY names a file of certificates to trust (PEM) for https."
            })
    @Nullable
    String endpoint;

    @Option(names = "--against", paramLabel = "URL", description = "a second endpoint, measured after the first")
    @Nullable
    String against;

    @Option(
            names = "--region",
            paramLabel = "NAME",
            description = "for other endpoints (CHORDATA_REGION; " + BenchOptions.DEFAULT_REGION + ")")
    @Nullable
    String region;

    @Option(names = "--json", description = "print one JSON object instead of a table")
    boolean json;

    public BenchCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Map<String, String> exitCodes() {
        return Outcome.table();
    }

    @Override
    public Integer call() {
        Side ours = side(() -> ObjectAccess.of(endpoint, region, environment));
        String other = against;
        Side theirs = other == null ? null : side(() -> ObjectAccess.ofOther(other, region, environment));
        Vertx vertx = Vertx.vertx();
        try {
            return (theirs == null ? runOne(vertx, ours) : runTwo(vertx, ours, theirs)).number();
        } catch (BenchException e) {
            err().println("chordata: " + e.getMessage());
            return e.outcome().number();
        } finally {
            vertx.close().await();
        }
    }

    /** What is measured, and who signs for it. */
    private record Side(BenchOptions options, RequestSigner signer) {}

    private Side side(Supplier<ObjectAccess> given) {
        try {
            ObjectAccess access = given.get();
            BenchOptions options = options(access);
            return new Side(options, new RequestSigner(access.accessKey(), access.secretKey(), options.region(), "s3"));
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private Outcome runOne(Vertx vertx, Side side) {
        BenchResult result = measure(vertx, side);
        if (json) {
            print(result.toJson().encode());
        } else {
            print(title(side.options()) + "\n" + side.options().place() + "\n" + BenchTable.of(result));
        }
        return result.outcome();
    }

    private Outcome runTwo(Vertx vertx, Side one, Side other) {
        BenchResult ours = measure(vertx, one);
        BenchResult theirs = measure(vertx, other);
        if (json) {
            JsonObject both = ours.toJson().put("against", theirs.toJson());
            print(both.encode());
        } else {
            String columns =
                    one.options().place() + " against " + other.options().place() + " (ratio)";
            print(title(one.options()) + "\n" + columns + "\n" + BenchTable.of(ours, theirs));
        }
        return ours.outcome() == Outcome.DONE ? theirs.outcome() : ours.outcome();
    }

    private static BenchResult measure(Vertx vertx, Side side) {
        BenchOptions options = side.options();
        BenchBody body = new BenchBody(options.sizeBytes());
        BenchLoops loops = BenchLoops.start(vertx, Math.min(options.concurrency(), loops()));
        BenchFleet fleet = new BenchFleet(vertx, options, body, side.signer(), loops);
        return new Bench(options, fleet, side.signer())
                .run()
                .eventually(() -> fleet.close())
                .await();
    }

    private static int loops() {
        return Runtime.getRuntime().availableProcessors();
    }

    private BenchOptions options(ObjectAccess access) {
        return new BenchOptions(
                operation,
                access.endpoints().stream()
                        .map(url -> Endpoint.of(URI.create(url)))
                        .toList(),
                access.trust(),
                access.region() == null ? BenchOptions.DEFAULT_REGION : access.region(),
                bucket,
                Quantities.bytes(size),
                concurrency,
                Quantities.duration(duration),
                Quantities.duration(warmup),
                objects,
                prepared,
                presigned,
                Quantities.duration(timeout),
                !unsignedPayload);
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

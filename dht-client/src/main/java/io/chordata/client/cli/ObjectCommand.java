package io.chordata.client.cli;

import io.chordata.client.ChordataClient;
import io.chordata.client.files.S3Name;
import io.chordata.client.model.ChordataException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command on buckets and objects. It ends with a number of {@link Outcome}, and says what went wrong. */
abstract class ObjectCommand implements Callable<Integer>, ExitCodes {
    private static final int CONNECTIONS = 64;
    private static final int WORKERS = 20;

    /** Of warnings that a loop took long, as it may on a busy machine: whoever calls a command can do nothing about it. */
    private static final long NEVER_MILLIS = TimeUnit.DAYS.toMillis(365);

    private final Map<String, String> environment;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ObjectTarget target = new ObjectTarget();

    ObjectCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What a command works with while it runs. */
    record Session(Vertx vertx, ChordataClient client, String endpoint) {}

    @Override
    public final Integer call() {
        try {
            check();
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        Vertx vertx = Vertx.vertx(options());
        try {
            ChordataClient client = open(vertx);
            try {
                return run(new Session(vertx, client, target.endpoint(environment)))
                        .number();
            } finally {
                client.close().await();
            }
        } catch (ChordataException e) {
            complain(Outcome.text(e));
            return Outcome.of(e).number();
        } catch (OutputException e) {
            if (!e.isClosed()) {
                complain(String.valueOf(e.getMessage()));
            }
            return e.outcome().number();
        } finally {
            vertx.close().await();
        }
    }

    /** One client uses one loop. Nothing is read from the class path, so nothing is unpacked to a cache of files. */
    private VertxOptions options() {
        return new VertxOptions()
                .setEventLoopPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setWorkerPoolSize(WORKERS + parallel())
                .setBlockedThreadCheckInterval(NEVER_MILLIS)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
    }

    private ChordataClient open(Vertx vertx) {
        try {
            return target.open(environment, vertx, Math.max(CONNECTIONS, 4 * parallel()));
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    /** Before anybody is asked; throws {@link IllegalArgumentException}. */
    void check() {}

    /** How many objects are worked on at a time. */
    int parallel() {
        return 1;
    }

    /** Throws {@link ChordataException} where it cannot go on. */
    abstract Outcome run(Session session);

    @Override
    public final Map<String, String> exitCodes() {
        return Outcome.table();
    }

    final Map<String, String> environment() {
        return environment;
    }

    final PrintWriter out() {
        return command().commandLine().getOut();
    }

    final PrintWriter err() {
        return command().commandLine().getErr();
    }

    /** @throws OutputException if it cannot be written */
    final void print(String line) {
        out().println(line);
        if (out().checkError()) {
            throw OutputException.of(out());
        }
    }

    final void complain(String message) {
        err().println("chordata: " + Texts.printable(message));
        err().flush();
    }

    /** Tells if it fails, so that others can be done; that it is done is for the work to say. */
    final void attempt(Tally tally, Runnable work) {
        try {
            work.run();
        } catch (ChordataException e) {
            tally.failed(e);
            complain(Outcome.text(e));
        }
    }

    final void tellNone(Tally tally, String name) {
        tally.failed(Outcome.NOT_FOUND);
        complain("there is nothing at " + name);
    }

    final ParameterException usage(String message) {
        return new ParameterException(command().commandLine(), message);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec, "run by picocli only");
    }

    /** Waits for it; fails as it does. */
    static <T> T await(Future<T> future) {
        return future.await();
    }

    /** @throws IllegalArgumentException if it is not that of a bucket alone */
    static S3Name bucket(String text) {
        S3Name name = S3Name.parse(text);
        if (name.bucket().isEmpty() || !name.key().isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' is not of the form s3://BUCKET");
        }
        return name;
    }
}

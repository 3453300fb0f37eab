package io.chordata.node.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * The packaged program, as a user starts it: {@code java -jar target/chordata.jar demo --nodes 1} or {@code … node} on
 * loopback, with the JDK that runs the tests. Ready when {@code /health/ready} says so. Its output goes to
 * {@code target/process-logs}; failures here show the end of it.
 */
public final class ChordataProcess implements AutoCloseable {
    public static final String ACCESS_KEY = "AKIDCHORDATATESTS";
    public static final String SECRET_KEY = "chordata/tests+secret/0123456789abcdefgh";
    public static final String CLUSTER_SECRET = "the cluster secret of the tests, 0123456789abcdef";
    public static final String REGION = "us-east-1";

    private static final Duration START_DEADLINE = Duration.ofSeconds(180);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(60);
    private static final int LOG_TAIL_LINES = 60;
    private static final int DEMO_STEP = 10;
    private static final AtomicInteger LOG_NUMBER = new AtomicInteger();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final long pid;
    private final Ports ports;
    private final Path log;
    private @Nullable TcpRelay relay;

    /** Where it listens, all on one address of this machine. */
    public record Ports(String host, int s3, int admin, int internal) {
        /** Free ones on the common loopback address. */
        public static Ports free() {
            return free("127.0.0.1");
        }

        public static Ports free(String host) {
            int first = FreePorts.inARow(host, 3);
            return new Ports(host, first, first + 1, first + 2);
        }

        /** As other nodes dial it. */
        public String internalAddress() {
            return host + ":" + internal;
        }

        /** As a demo of several nodes needs them: S3, admin and internal port in a row, ten apart for each node. */
        static Ports freeForDemo(int nodes) {
            int base = FreePorts.inARow("127.0.0.1", nodes * DEMO_STEP);
            return new Ports("127.0.0.1", base, base + 1, base + 2);
        }

        private List<String> ofDemo() {
            return List.of("--s3-port", "" + s3, "--admin-port", "" + admin, "--internal-port", "" + internal);
        }

        private List<String> ofNode() {
            return List.of("--s3", host + ":" + s3, "--admin", host + ":" + admin, "--internal", host + ":" + internal);
        }
    }

    /**
     * How to start it.
     *
     * @param program the command and its arguments
     * @param environment what it finds beside the root key pair of the tests
     * @param jvmArguments such as {@code -Xmx256m}; {@link #SOONER} unless it is measured
     * @param wrapper a program with its arguments that runs the JVM (strace), or nothing
     */
    public record Launch(
            Ports ports,
            List<String> program,
            Map<String, String> environment,
            List<String> jvmArguments,
            List<String> wrapper) {
        /**
         * A start costs about four seconds of processor time, half of it by the optimising compiler, which hardly pays in a
         * process that lives for a minute. Code compiled by the first one alone runs at about a third of the speed.
         */
        private static final List<String> SOONER = List.of("-XX:TieredStopAtLevel=1");

        /** A demo of one node. */
        public static Launch on(Path data) {
            return demo(data, 1);
        }

        static Launch demo(Path data, int nodes) {
            Ports ports = nodes == 1 ? Ports.free() : Ports.freeForDemo(nodes);
            List<String> program =
                    joined(List.of("demo", "--nodes", "" + nodes, "--data", data.toString()), ports.ofDemo());
            return new Launch(ports, program, Map.of(), SOONER, List.of());
        }

        /** One node of a cluster that knows the cluster secret of the tests. */
        public static Launch node(Path data, Ports ports, String... arguments) {
            List<String> program = joined(List.of("node", "--data", data.toString()), ports.ofNode());
            Map<String, String> environment = Map.of("CHORDATA_CLUSTER_SECRET", CLUSTER_SECRET);
            return new Launch(ports, joined(program, List.of(arguments)), environment, SOONER, List.of());
        }

        private static List<String> joined(List<String> some, List<String> more) {
            List<String> all = new ArrayList<>(some);
            all.addAll(more);
            return List.copyOf(all);
        }

        /** On a JVM as a user starts it, for whoever reports how fast or large it is. */
        Launch measured() {
            return withJvm();
        }

        /** In place of what makes it start sooner. */
        public Launch withJvm(String... arguments) {
            return new Launch(ports, program, environment, List.of(arguments), wrapper);
        }

        public Launch with(String name, String value) {
            Map<String, String> more = new TreeMap<>(environment);
            more.put(name, value);
            return new Launch(ports, program, more, jvmArguments, wrapper);
        }

        /** It finds the root key pair of the tests alone. */
        public Launch withoutClusterSecret() {
            return new Launch(ports, program, Map.of(), jvmArguments, wrapper);
        }

        public Launch under(String... program) {
            return new Launch(ports, this.program, environment, jvmArguments, List.of(program));
        }

        /** Returns when the server is ready. */
        public ChordataProcess start() {
            ChordataProcess started = begin();
            started.awaitReady();
            return started;
        }

        /** Returns at once, whatever becomes of it. */
        public ChordataProcess begin() {
            return new ChordataProcess(this);
        }

        private List<String> command() {
            List<String> command = new ArrayList<>(wrapper);
            command.add(javaProgram());
            command.addAll(jvmArguments);
            command.addAll(List.of("-jar", jar().toString()));
            command.addAll(program);
            return command;
        }
    }

    private ChordataProcess(Launch launch) {
        ports = launch.ports();
        log = newLog();
        process = start(launch, log);
        pid = process.pid();
    }

    /** The folder that the build fills. */
    public static Path target() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("target");
    }

    public static Path jar() {
        return target().resolve("chordata.jar");
    }

    public static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    public URI endpoint() {
        TcpRelay now = relay;
        return URI.create("http://" + (now == null ? ports.host() + ":" + ports.s3() : now.address()));
    }

    /** From now on connections to the endpoint go to one of the demo's nodes after the other. */
    void spreadOver(int nodes) {
        relay = new TcpRelay(IntStream.range(0, nodes)
                .map(node -> ports.s3() + DEMO_STEP * node)
                .toArray());
    }

    public URI admin() {
        return URI.create("http://" + ports.host() + ":" + ports.admin());
    }

    public Path log() {
        return log;
    }

    /** Of the program started; under a wrapper, of the wrapper. */
    public long pid() {
        return pid;
    }

    public Ports ports() {
        return ports;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** kill -9: the process has no say in it. Returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** The same, without waiting for its end: several can go at once. */
    void beginKill() {
        process.destroyForcibly();
    }

    /** SIGSTOP: it stands still, its sockets stay. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        Command.of("/bin/kill", "-" + name, "" + pid).run();
    }

    /** The exit code of a program that ends by itself. */
    public int awaitEnd() {
        return awaitExit();
    }

    /** SIGTERM. Returns the exit code. */
    public int stop() {
        process.destroy();
        return awaitExit();
    }

    /** Gone when this returns, whatever the test did. */
    @Override
    public void close() {
        if (relay != null) {
            relay.close();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitExit();
    }

    /** Physical memory in use now, as the kernel counts it. */
    public long residentBytes() {
        return statusBytes("VmRSS:");
    }

    /** The most physical memory that was in use at one time. */
    public long residentPeakBytes() {
        return statusBytes("VmHWM:");
    }

    /** What the admin port answers, such as {@code /metrics}. */
    public String adminGet(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(admin().resolve(path))
                    .timeout(START_DEADLINE)
                    .build();
            return HTTP.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the first answer of the admin port, whatever its status, that has this text; fails if none comes in time. */
    public String awaitAdmin(String path, String text) {
        try {
            return Await.answer(
                    path + " with '" + text + "'",
                    START_DEADLINE,
                    () -> adminGet(path),
                    answer -> answer.contains(text));
        } catch (AssertionError e) {
            throw new AssertionFailedError(e.getMessage() + "; it printed (" + log + "):\n" + logTail(), e);
        }
    }

    /** The end of what the server printed. */
    public String logTail() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return log + " cannot be read: " + e;
        }
    }

    /** Returns when it is ready; if it ends before, or takes too long, it is gone and this fails. */
    public void awaitReady() {
        try {
            Await.until("ready at " + admin(), START_DEADLINE, () -> {
                if (!process.isAlive()) {
                    throw new AssertionFailedError("the server ended with exit code " + process.exitValue());
                }
                return isReady();
            });
        } catch (AssertionError e) {
            String tail = logTail();
            close();
            throw new AssertionFailedError(e.getMessage() + "; it printed (" + log + "):\n" + tail, e);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(admin().resolve("/health/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private int awaitExit() {
        try {
            if (!process.waitFor(STOP_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionFailedError(
                        "the server did not end within " + STOP_DEADLINE + "; it printed:\n" + logTail());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private long statusBytes(String field) {
        try (var lines = Files.lines(Path.of("/proc", "" + pid, "status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(Launch launch, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(launch.command()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CHORDATA_"));
        builder.environment().put("CHORDATA_ACCESS_KEY", ACCESS_KEY);
        builder.environment().put("CHORDATA_SECRET_KEY", SECRET_KEY);
        builder.environment().putAll(launch.environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newLog() {
        try {
            Path folder = Files.createDirectories(target().resolve("process-logs"));
            return folder.resolve(ProcessHandle.current().pid() + "-" + LOG_NUMBER.incrementAndGet() + ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

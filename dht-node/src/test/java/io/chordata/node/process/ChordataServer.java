package io.chordata.node.process;

import io.chordata.node.process.ChordataProcess.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.TestWatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server for all tests of a class, on an empty data directory; shows the end of its log when a test fails. Where the property
 * {@code chordata.cluster} says so, it is a demo of that many nodes, which all such classes share and whose connections go to
 * one node after the other. Tests that look at one process, as they give it JVM arguments, always get a single node.
 */
public final class ChordataServer implements BeforeAllCallback, AfterAllCallback, TestWatcher {
    private static final Logger LOG = LoggerFactory.getLogger(ChordataServer.class);
    private static final int NODES = Integer.getInteger("chordata.cluster", 1);
    private static final int REPLICATION = 3;
    private static final Duration FORM_DEADLINE = Duration.ofMinutes(10);
    private static final Namespace STORED = Namespace.create(ChordataServer.class);

    private final UnaryOperator<Launch> how;
    private final boolean ofOwn;
    private @Nullable Running running;

    /** A demo on a directory of its own. */
    private static final class Running implements CloseableResource {
        private final Path data;
        private final ChordataProcess process;

        private Running(int nodes, UnaryOperator<Launch> how) {
            try {
                data = Files.createTempDirectory(ChordataProcess.target(), "server-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            process = how.apply(Launch.demo(data, nodes)).start();
            if (nodes > 1) {
                awaitCopies(nodes);
                process.spreadOver(nodes);
            }
        }

        private void awaitCopies(int nodes) {
            String wanted = String.format(
                    Locale.ROOT, "\"replication\":%d,\"nodes\":%d,\"state\":\"healthy\"", REPLICATION, nodes);
            long begin = System.nanoTime();
            Await.answer(
                    "a demo of " + nodes + " nodes with all copies",
                    FORM_DEADLINE,
                    () -> process.adminGet("/v1/cluster"),
                    answer -> answer.contains(wanted));
            Figures.note(String.format(
                    Locale.ROOT,
                    "demo of %d nodes: %d copies of everything %.1f s after its start was ready, %d MiB resident",
                    nodes,
                    REPLICATION,
                    (System.nanoTime() - begin) / 1e9,
                    process.residentBytes() >> 20));
        }

        @Override
        public void close() {
            process.close();
            deleteTree(data);
        }
    }

    public ChordataServer() {
        this(launch -> launch, false);
    }

    /** Of one node, with these JVM arguments. */
    public ChordataServer(String... jvmArguments) {
        this(launch -> launch.withJvm(jvmArguments), true);
    }

    private ChordataServer(UnaryOperator<Launch> how, boolean ofOwn) {
        this.how = how;
        this.ofOwn = ofOwn;
    }

    /** For tests that report how fast it is. */
    static ChordataServer measured() {
        return new ChordataServer(Launch::measured, false);
    }

    public ChordataProcess process() {
        if (running == null) {
            throw new IllegalStateException("the server runs while the tests of the class do");
        }
        return running.process;
    }

    private boolean isShared() {
        return NODES > 1 && !ofOwn;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = isShared()
                ? context.getRoot()
                        .getStore(STORED)
                        .getOrComputeIfAbsent(Running.class, key -> new Running(NODES, Launch::measured), Running.class)
                : new Running(1, how);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (running != null && !isShared()) {
            running.close();
        }
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        if (running != null) {
            LOG.warn(
                    "{} failed; the server's log {} ends:\n{}",
                    context.getDisplayName(),
                    running.process.log(),
                    running.process.logTail());
        }
    }

    /** Removes a folder and all that is in it. */
    public static void deleteTree(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted((a, b) -> b.compareTo(a)).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

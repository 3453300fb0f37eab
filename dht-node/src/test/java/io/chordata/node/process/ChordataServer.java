package io.chordata.node.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server for all tests of a class, on an empty data directory; shows the end of its log when a test fails. */
public final class ChordataServer implements BeforeAllCallback, AfterAllCallback, TestWatcher {
    private static final Logger LOG = LoggerFactory.getLogger(ChordataServer.class);

    private final String[] jvmArguments;
    private @Nullable Path data;
    private @Nullable ChordataProcess process;

    public ChordataServer(String... jvmArguments) {
        this.jvmArguments = jvmArguments;
    }

    public ChordataProcess process() {
        if (process == null) {
            throw new IllegalStateException("the server runs while the tests of the class do");
        }
        return process;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        data = Files.createTempDirectory(ChordataProcess.target(), "server-");
        process = ChordataProcess.Launch.on(data).withJvm(jvmArguments).start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (process != null) {
            process.close();
        }
        if (data != null) {
            deleteTree(data);
        }
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        if (process != null) {
            LOG.warn(
                    "{} failed; the server's log {} ends:\n{}",
                    context.getDisplayName(),
                    process.log(),
                    process.logTail());
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

package io.chordata.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory that is gone, with all that is in it, when it is closed. */
record TemporaryDirectory(Path path) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryDirectory.class);

    static TemporaryDirectory create() {
        try {
            return new TemporaryDirectory(Files.createTempDirectory("chordata-demo-"));
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.DISK_FAILED, "cannot make a temporary directory (" + e + "); give one with --data");
        }
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> childrenFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path file : childrenFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("event=temporary_data_left path={} cause={}", path, e.toString());
        }
    }
}

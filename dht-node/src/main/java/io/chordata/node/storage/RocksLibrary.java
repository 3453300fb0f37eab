package io.chordata.node.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/**
 * Loads RocksDB's native library, once for each process. RocksDB unpacks it to a temporary file of 15 MiB that it removes
 * when the JVM ends; a process that is killed would leave one behind at each start. The file is not needed once it is
 * mapped, so it goes at once.
 */
final class RocksLibrary {
    private static boolean loaded;

    private RocksLibrary() {}

    static synchronized void load() {
        if (loaded) {
            return;
        }
        try {
            Path folder = Files.createTempDirectory("chordata-rocksdb-");
            try {
                NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot unpack RocksDB's library to " + System.getProperty("java.io.tmpdir") + ": " + e
                            + "; it needs 20 MiB there, or name another folder by -Djava.io.tmpdir",
                    e);
        }
        RocksDB.loadLibrary();
        loaded = true;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}

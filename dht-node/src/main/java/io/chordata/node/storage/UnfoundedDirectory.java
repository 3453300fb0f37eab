package io.chordata.node.storage;

import io.chordata.node.core.BallotStore;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.storage.DataDirectory.Founding;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A data directory without an identity, held by this process alone while it looks for a cluster. Either {@link #found}
 * makes it a data directory, or {@link #close} lets go of it.
 */
public final class UnfoundedDirectory implements AutoCloseable {
    private final Path path;
    private final DirectoryLock lock;

    private UnfoundedDirectory(Path path, DirectoryLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes hold of the directory; makes it if it does not exist. Blocks.
     *
     * @throws DirectoryRefusedException as {@link DataDirectory#open} does for what it finds
     * @throws IllegalStateException if it has an identity
     * @throws StoreFailedException if the disk fails
     */
    public static UnfoundedDirectory take(Path path) {
        requireUnfounded(path);
        try {
            DurableFiles.createDirectories(path);
            return taken(path, DirectoryLock.take(path.resolve(DataDirectory.LOCK)));
        } catch (IOException e) {
            throw DataDirectory.unusable(path, e);
        }
    }

    /** Looks again, because only now nobody else can change it. */
    private static UnfoundedDirectory taken(Path path, DirectoryLock lock) {
        try {
            requireUnfounded(path);
            return new UnfoundedDirectory(path, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void requireUnfounded(Path path) {
        if (DataDirectory.isFounded(path)) {
            throw new IllegalStateException(path + " has an identity");
        }
    }

    /** Where the node keeps its ballot meanwhile; gone once it has an identity. */
    public BallotStore ballots() {
        return new FileBallotStore(path);
    }

    /**
     * Gives it the identity; from now on the data directory that is returned holds it. Blocks.
     *
     * @throws StoreFailedException if the disk fails; then nobody holds it any more
     */
    public DataDirectory found(Founding founding) {
        try {
            return DataDirectory.opened(path, lock, founding);
        } catch (IOException e) {
            throw DataDirectory.unusable(path, e);
        }
    }

    /** Lets another process have it. */
    @Override
    public void close() {
        lock.close();
    }
}

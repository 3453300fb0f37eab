package io.chordata.node.storage;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.core.Uint128;
import io.chordata.node.storage.Identity.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data directory, held by this process alone until {@link #close} or its end: {@code identity}, {@code lock},
 * {@code records/}, {@code blocks/}, {@code ballast}.
 *
 * <p><b>Founding</b> goes lock, then identity (written aside, synced, renamed, directory synced), then whatever the stores
 * make. A crash in between leaves a directory that holds at most the lock, the identity's draft, and the ballot of a node
 * that looked for its cluster ({@link UnfoundedDirectory}); the next start founds it anew. A directory with anything else in it, but no identity, is not ours, or has lost its identity; it is refused,
 * because a new identity would hand its data to a node that nobody knows.
 *
 * <p><b>Starting</b> raises the incarnation durably, before anybody can be told of it: two runs of a node never share one.
 *
 * <p>Whatever is refused is left untouched, to the last byte.
 */
public final class DataDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
    private static final String IDENTITY = "identity";
    private static final String DRAFT = "identity.tmp";
    static final String LOCK = "lock";
    private static final String RECORDS = "records";
    private static final String BLOCKS = "blocks";
    private static final String BALLAST = "ballast";

    /** What may stand in a directory that is yet to be founded; the last is what ext4 puts into a new file system. */
    private static final List<String> UNFOUNDED =
            List.of(LOCK, DRAFT, FileBallotStore.FILE, FileBallotStore.DRAFT, "lost+found");

    /** Between the name of what is set aside and the id of the node that it belonged to. */
    private static final String OF = ".of-";

    private final Path path;
    private final DirectoryLock lock;
    private final Identity identity;

    private DataDirectory(Path path, DirectoryLock lock, Identity identity) {
        this.path = path;
        this.lock = lock;
        this.identity = identity;
    }

    /** The identity that a new directory gets; one that has been founded keeps its own. */
    public record Founding(
            ClusterId cluster, NodeId node, Origin origin, Partitioning partitioning, Uint128 directory) {
        private Identity identity() {
            return new Identity(cluster, node, origin, 1, partitioning, List.of(directory));
        }
    }

    /**
     * Opens the directory and starts its next incarnation; founds it if it is empty or does not exist. Blocks.
     *
     * @throws DirectoryInUseException if another process runs on it
     * @throws DirectoryForeignException if it is a file, or not empty and not ours
     * @throws IdentityUnreadableException if its identity is damaged
     * @throws FormatTooNewException if a newer release wrote it
     * @throws RecordsDamagedException if it has lost its records
     * @throws StoreFailedException if the disk fails
     */
    public static DataDirectory open(Path path, Founding ifNew) {
        return openOr(path, ifNew);
    }

    private static DataDirectory openOr(Path path, @Nullable Founding ifNew) {
        try {
            next(path, identityOf(path), ifNew);
            DurableFiles.createDirectories(path);
            return opened(path, DirectoryLock.take(path.resolve(LOCK)), ifNew);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    static StoreFailedException unusable(Path path, IOException cause) {
        return new StoreFailedException(
                "cannot use the data directory " + path + ": " + cause
                        + "; check the path, its permissions and the disk",
                cause);
    }

    /**
     * Opens a directory that has an identity and starts its next incarnation. Blocks.
     *
     * @throws DirectoryRefusedException as above, and if it has lost its identity
     * @throws StoreFailedException if the disk fails
     */
    public static DataDirectory open(Path path) {
        return openOr(path, null);
    }

    /**
     * Whether {@link #open} would find an identity rather than make one. Changes nothing. Blocks.
     *
     * @throws DirectoryRefusedException as {@code open} does for what it finds
     * @throws StoreFailedException if the disk fails
     */
    public static boolean isFounded(Path path) {
        try {
            return identityOf(path) != null;
        } catch (IOException e) {
            throw new StoreFailedException("cannot read the data directory " + path + ": " + e, e);
        }
    }

    /** Looks again, because only now nobody else can change it. */
    static DataDirectory opened(Path path, DirectoryLock lock, @Nullable Founding ifNew) throws IOException {
        try {
            Identity last = identityOf(path);
            Identity identity = next(path, last, ifNew);
            requireRecords(path);
            new Ballast(path.resolve(BALLAST)).dropIfNeeded();
            DurableFiles.replace(path.resolve(IDENTITY), path.resolve(DRAFT), IdentityCodec.encode(identity));
            dropBallot(path);
            LOG.info(
                    "event=data-directory-opened path={} cluster={} node={} origin={} incarnation={} new={}",
                    path,
                    identity.cluster(),
                    identity.node(),
                    identity.origin(),
                    identity.incarnation(),
                    last == null);
            return new DataDirectory(path, lock, identity);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Changes nothing. */
    private static Identity next(Path path, @Nullable Identity last, @Nullable Founding ifNew) {
        if (last != null) {
            return last.nextIncarnation();
        }
        if (ifNew == null) {
            throw new DirectoryForeignException(
                    path + " has no identity any more; if it was a data directory, restore its file 'identity'");
        }
        return ifNew.identity();
    }

    /** The identity says it all now. Should the file come back with a crash, it is dropped at the next start. */
    private static void dropBallot(Path path) throws IOException {
        Files.deleteIfExists(path.resolve(FileBallotStore.FILE));
        Files.deleteIfExists(path.resolve(FileBallotStore.DRAFT));
    }

    /** Null if the directory may be founded; throws if it may not be used. Changes nothing. */
    private static @Nullable Identity identityOf(Path path) throws IOException {
        Path file = path.resolve(IDENTITY);
        if (Files.exists(file)) {
            return IdentityCodec.decode(contentOf(file), file);
        }
        if (Files.exists(path)) {
            requireEmpty(path);
        }
        return null;
    }

    /** The stores make the blocks' directory after the records are whole; records made anew would be a node that forgot. */
    private static void requireRecords(Path path) {
        for (String database : List.of("main", "state")) {
            Path current = path.resolve(RECORDS).resolve(database).resolve("CURRENT");
            if (Files.exists(path.resolve(BLOCKS)) && !Files.exists(current)) {
                throw new RecordsDamagedException(
                        current + " is missing, and with it the records; restore the directory " + path.resolve(RECORDS)
                                + " or replace the node. Nothing was changed");
            }
        }
    }

    /**
     * Where the identity is there and the whole directory of records is not, although it was: sets identity and blocks aside, for
     * people to look at, so that the node comes to its cluster as a new one. It voted and acknowledged what it cannot know any
     * more. Blocks.
     *
     * @throws DirectoryInUseException if another process runs on it
     * @throws DirectoryRefusedException as {@link #open} does for what it finds
     * @throws StoreFailedException if the disk fails
     */
    public static void setAsideIfRecordsAreGone(Path path) {
        try {
            Identity identity = identityOf(path);
            if (identity != null && !Files.exists(path.resolve(RECORDS))) {
                String ending = OF + identity.node();
                if (Files.exists(path.resolve(BLOCKS)) || Files.exists(path.resolve(BLOCKS + ending))) {
                    setAside(path, ending);
                }
            }
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /** The identity goes last: until it has, the next start does the same. */
    private static void setAside(Path path, String ending) throws IOException {
        try (DirectoryLock held = DirectoryLock.take(path.resolve(LOCK))) {
            LOG.warn("event=records-lost path={} message=\"identity and blocks are set aside as *{}\"", path, ending);
            if (Files.exists(path.resolve(BLOCKS))) {
                Files.move(path.resolve(BLOCKS), path.resolve(BLOCKS + ending));
                DurableFiles.syncDirectory(path);
            }
            Files.deleteIfExists(path.resolve(BALLAST));
            Files.move(path.resolve(IDENTITY), path.resolve(IDENTITY + ending));
            DurableFiles.syncDirectory(path);
        }
    }

    /** Whether a node with another identity lost its records here: there is a cluster, so none is to be founded. Blocks. */
    public static boolean hasForgotten(Path path) {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.anyMatch(entry -> isAside(path.relativize(entry).toString()));
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static boolean isAside(String name) {
        return name.startsWith(IDENTITY + OF) || name.startsWith(BLOCKS + OF);
    }

    private static byte[] contentOf(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw IdentityCodec.unreadable(file, e.toString());
        }
    }

    private static void requireEmpty(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new DirectoryForeignException(path + " is not a directory; name one as the data directory");
        }
        try (Stream<Path> entries = Files.list(path)) {
            entries.map(entry -> path.relativize(entry).toString())
                    .filter(name -> !UNFOUNDED.contains(name) && !isAside(name))
                    .sorted()
                    .findFirst()
                    .ifPresent(name -> {
                        throw new DirectoryForeignException(path + " is not empty (it holds '" + name
                                + "') and has no identity; name an empty directory, or if it was a data directory,"
                                + " restore its file 'identity'. Nothing was changed");
                    });
        }
    }

    public Identity identity() {
        return identity;
    }

    /** Where the record store keeps its files; made by the store. */
    public Path records() {
        return path.resolve(RECORDS);
    }

    /** Where the block store keeps its files; made by the store. */
    public Path blocks() {
        return path.resolve(BLOCKS);
    }

    /** The stores make it at the first start, after the records. */
    public boolean hasLostBlocks() {
        return identity.incarnation() > 1 && !Files.exists(blocks());
    }

    /** What makes room for a start on a full disk. */
    public Ballast ballast() {
        return new Ballast(path.resolve(BALLAST));
    }

    public Path path() {
        return path;
    }

    /** Lets another process have it. */
    @Override
    public void close() {
        lock.close();
    }
}

package io.chordata.node.storage;

import io.chordata.node.core.Ballot;
import io.chordata.node.core.BallotStore;
import io.chordata.node.core.StoreFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The real {@link BallotStore}: the file {@code founding} in a data directory that is held but not founded yet. */
final class FileBallotStore implements BallotStore {
    static final String FILE = "founding";
    static final String DRAFT = "founding.tmp";

    private final Path file;
    private final Path draft;

    FileBallotStore(Path directory) {
        this.file = directory.resolve(FILE);
        this.draft = directory.resolve(DRAFT);
    }

    @Override
    public @Nullable Ballot load() {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return BallotCodec.decode(Files.readAllBytes(file), file);
        } catch (IOException e) {
            throw BallotCodec.unreadable(file, e.toString());
        }
    }

    @Override
    public void save(Ballot ballot) {
        try {
            DurableFiles.replace(file, draft, BallotCodec.encode(ballot));
        } catch (IOException e) {
            throw new StoreFailedException("cannot write " + file + "; check the disk", e);
        }
    }
}

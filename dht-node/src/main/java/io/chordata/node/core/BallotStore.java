package io.chordata.node.core;

import org.jspecify.annotations.Nullable;

/** The port to the place where a node without a cluster keeps its ballot. */
public interface BallotStore {
    /** The ballot that was saved last; null if none was. Fails rather than take a damaged one for none. Blocks. */
    @Nullable
    Ballot load();

    /**
     * Keeps it in place of the one before. When this returns it survives a power loss; after a crash before, either is
     * there, whole. Blocks.
     *
     * @throws StoreFailedException if it cannot be kept
     */
    void save(Ballot ballot);
}

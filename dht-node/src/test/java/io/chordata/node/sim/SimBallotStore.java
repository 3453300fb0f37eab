package io.chordata.node.sim;

import io.chordata.node.core.Ballot;
import io.chordata.node.core.BallotStore;
import org.jspecify.annotations.Nullable;

/** The simulated twin of {@link BallotStore}: a disk that outlives its processes. */
public final class SimBallotStore implements BallotStore {
    private @Nullable Ballot saved;

    @Override
    public @Nullable Ballot load() {
        return saved;
    }

    @Override
    public void save(Ballot ballot) {
        saved = ballot;
    }
}

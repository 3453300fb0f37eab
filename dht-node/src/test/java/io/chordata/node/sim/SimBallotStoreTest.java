package io.chordata.node.sim;

import io.chordata.node.core.BallotStore;

class SimBallotStoreTest extends BallotStoreContract {
    private final SimBallotStore store = new SimBallotStore();

    @Override
    protected BallotStore open() {
        return store;
    }
}

package io.chordata.node.cli;

import io.chordata.node.config.NodeConfig;
import io.chordata.node.storage.RocksRecordStore;
import java.util.function.Consumer;

/** Runs a node from start to stop. */
final class NodeRunner {
    private final Lifecycle lifecycle;

    NodeRunner(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /**
     * Returns when the node has been stopped.
     *
     * @param onStarted called once, when the node serves or has begun to wait, unless it was asked to stop before
     * @throws CommandFailedException if it cannot start
     */
    ExitCode run(NodeConfig config, Consumer<NodeRuntime> onStarted) {
        loadLibraryMeanwhile();
        NodeRuntime node = NodeRuntime.start(config, lifecycle);
        try {
            if (!lifecycle.isStopAsked()) {
                onStarted.accept(node);
            }
            lifecycle.awaitStopAsked();
        } finally {
            node.stop();
        }
        return node.hasFailed() ? ExitCode.DISK_FAILED : ExitCode.OK;
    }

    /** Beside the rest of the start; whoever needs the library first waits for it, and gets its failure. */
    private static void loadLibraryMeanwhile() {
        Thread loader = new Thread(RocksRecordStore::loadLibrary, "chordata-load-library");
        loader.setDaemon(true);
        loader.start();
    }
}

package io.chordata.node.cli;

import io.chordata.node.config.NodeConfig;
import io.chordata.node.storage.RocksRecordStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Runs the nodes of this process from start to stop. */
final class NodeRunner {
    private final Lifecycle lifecycle;

    NodeRunner(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /**
     * Returns when the nodes have been stopped.
     *
     * @param configs each is started once the one before serves; they stop at the same time, as else
     *     each would hand over to the next what that is about to leave, too
     * @param onStarted called once, when all are started, unless they were asked to stop before
     * @throws CommandFailedException if one cannot start; then none is left running
     */
    ExitCode run(List<NodeConfig> configs, Consumer<List<NodeRuntime>> onStarted) {
        loadLibraryMeanwhile();
        List<NodeRuntime> nodes = new ArrayList<>();
        try {
            for (NodeConfig config : configs) {
                if (!lifecycle.isStopAsked()) {
                    nodes.add(NodeRuntime.start(config, lifecycle));
                }
            }
            if (!lifecycle.isStopAsked()) {
                onStarted.accept(List.copyOf(nodes));
            }
            lifecycle.awaitStopAsked();
        } finally {
            stopAll(nodes);
        }
        ExitCode asked = lifecycle.awaitStopAsked();
        boolean hasFailed = nodes.stream().anyMatch(NodeRuntime::hasFailed);
        return asked == ExitCode.OK && hasFailed ? ExitCode.DISK_FAILED : asked;
    }

    private static void stopAll(List<NodeRuntime> nodes) {
        CompletableFuture.allOf(nodes.stream()
                        .map(node -> CompletableFuture.runAsync(node::stop, task -> new Thread(task, "stop").start()))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** Beside the rest of the start; whoever needs the library first waits for it, and gets its failure. */
    private static void loadLibraryMeanwhile() {
        Thread loader = new Thread(RocksRecordStore::loadLibrary, "chordata-load-library");
        loader.setDaemon(true);
        loader.start();
    }
}

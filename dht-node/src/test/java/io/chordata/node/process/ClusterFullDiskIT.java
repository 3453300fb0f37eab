package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of three nodes has a disk that something else fills to the last byte under load, and empties again: nothing is lost. */
@RequiresMount
class ClusterFullDiskIT {
    private static final long SEED = Long.getLong("chordata.seed", System.nanoTime());
    private static final int DISK_MEBIBYTES = 512;
    private static final int NODES = 3;
    private static final int ANSWERS_WHILE_FULL = 300;
    private static final Duration FULL = Duration.ofSeconds(5);

    @Test
    void node_whoseDiskIsFullForAWhile_losesNothing(@TempDir Path folder) throws IOException {
        try (SmallDisk disk = SmallDisk.ofMebibytes(DISK_MEBIBYTES);
                ClusterProcesses cluster =
                        ClusterProcesses.startWith(disk.path().resolve("data"), NODES - 1)) {
            try (ClusterTrial trial = ClusterTrial.start(folder, cluster, SEED)) {
                trial.run("one of " + NODES + " disks full for a while", () -> {
                    Path filler = disk.fill();
                    trial.load().awaitAnswers(ANSWERS_WHILE_FULL);
                    Await.pass(FULL);
                    Files.delete(filler);
                });
                assertThat(cluster.process(NODES - 1).isAlive()).isTrue();
            }
        }
    }
}

package io.chordata.node.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.ChordataServer;
import io.chordata.node.process.RequiresProgram;
import io.chordata.node.process.TestBody;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresProgram(value = "/usr/bin/rclone", debian = "rclone")
class RcloneIT {
    @RegisterExtension
    static final ChordataServer SERVER = new ChordataServer();

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @TempDir
    Path folder = Path.of("set by JUnit");

    static List<ClientProgram> generations() {
        return ClientProgram.generations("rclone", "version");
    }

    @ParameterizedTest
    @MethodSource("generations")
    void files_ofEverySize_comeBackWithTheirHashes(ClientProgram rclone) {
        String bucket = makeBucket(rclone);
        ClientFiles files = new ClientFiles(folder);
        for (long size : TestBody.everySize()) {
            TestBody body = new TestBody(size, 1);
            String remote = bucket + "/size/" + size;
            run(rclone, "copyto", files.toSend(body).toString(), remote);
            run(rclone, "copyto", remote, files.toReceive(body).toString());
            assertThat(TestBody.sha256(files.toReceive(body))).as(remote).isEqualTo(body.sha256());
        }
        run(rclone, "purge", bucket);
    }

    @ParameterizedTest
    @MethodSource("generations")
    void treeWithOddNames_synced_passesTheCheckBothWays(ClientProgram rclone) {
        String bucket = makeBucket(rclone);
        Path tree = folder.resolve("tree");
        Path back = folder.resolve("back");
        OddTree.writeTo(tree);
        run(rclone, "sync", tree.toString(), bucket + "/t");
        run(rclone, "check", tree.toString(), bucket + "/t");
        run(rclone, "check", "--download", tree.toString(), bucket + "/t");
        assertThat(run(rclone, "lsf", "-R", "--files-only", bucket + "/t")
                        .lines()
                        .sorted()
                        .toList())
                .isEqualTo(OddTree.names());
        run(rclone, "sync", bucket + "/t", back.toString());
        assertThat(OddTree.hashes(back)).isEqualTo(OddTree.hashes(tree));
    }

    @ParameterizedTest
    @MethodSource("generations")
    void objects_movedAndDeleted_areWhereTheyShouldBe(ClientProgram rclone) {
        String bucket = makeBucket(rclone);
        Path file = new ClientFiles(folder).toSend(new TestBody(100_000, 2));
        run(rclone, "copyto", file.toString(), bucket + "/a/one");
        run(rclone, "moveto", bucket + "/a/one", bucket + "/b/two");
        assertThat(run(rclone, "lsf", "-R", "--files-only", bucket)).isEqualTo("b/two\n");
        run(rclone, "deletefile", bucket + "/b/two");
        assertThat(run(rclone, "lsf", "-R", bucket)).isBlank();
        run(rclone, "rmdir", bucket);
    }

    private static String makeBucket(ClientProgram rclone) {
        String bucket = "node:rclone-" + BUCKETS.incrementAndGet();
        run(rclone, "mkdir", bucket);
        return bucket;
    }

    private static String run(ClientProgram rclone, String... arguments) {
        return rclone.command(arguments)
                .with(ClientEnvironment.rclone(SERVER.process()))
                .run();
    }
}

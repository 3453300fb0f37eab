package io.chordata.node.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.ChordataProcess;
import io.chordata.node.process.ChordataServer;
import io.chordata.node.process.RequiresProgram;
import io.chordata.node.process.TestBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresProgram(value = "/usr/bin/s3cmd", debian = "s3cmd")
class S3cmdIT {
    @RegisterExtension
    static final ChordataServer SERVER = new ChordataServer();

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @TempDir
    Path folder = Path.of("set by JUnit");

    static List<ClientProgram> generations() {
        return ClientProgram.generations("s3cmd", "--version");
    }

    @BeforeEach
    void writeConfiguration() throws IOException {
        String authority = SERVER.process().endpoint().getAuthority();
        Files.writeString(folder.resolve("s3cfg"), """
                [default]
                access_key = %s
                secret_key = %s
                host_base = %s
                host_bucket = %s
                use_https = False
                max_retries = 1
                """.formatted(
                        ChordataProcess.ACCESS_KEY, ChordataProcess.SECRET_KEY, authority, authority));
    }

    @ParameterizedTest
    @MethodSource("generations")
    void files_ofEverySize_comeBackWithTheirHashes(ClientProgram s3cmd) {
        String bucket = makeBucket(s3cmd);
        ClientFiles files = new ClientFiles(folder);
        for (long size : TestBody.everySize()) {
            TestBody body = new TestBody(size, 1);
            String url = bucket + "/size/" + size;
            run(s3cmd, "put", files.toSend(body).toString(), url);
            run(s3cmd, "get", url, files.toReceive(body).toString());
            assertThat(TestBody.sha256(files.toReceive(body))).as(url).isEqualTo(body.sha256());
        }
        run(s3cmd, "rb", "--recursive", bucket);
    }

    @ParameterizedTest
    @MethodSource("generations")
    void treeWithOddNames_syncedThereAndBack_isTheSame(ClientProgram s3cmd) {
        String bucket = makeBucket(s3cmd);
        Path tree = folder.resolve("tree");
        Path back = folder.resolve("back");
        OddTree.writeTo(tree);
        run(s3cmd, "sync", tree + "/", bucket + "/t/");
        run(s3cmd, "sync", bucket + "/t/", back + "/");
        assertThat(OddTree.hashes(back)).isEqualTo(OddTree.hashes(tree));
    }

    @ParameterizedTest
    @MethodSource("generations")
    void object_listedCopiedDescribedAndRemoved_behavesAsAtS3(ClientProgram s3cmd) {
        String bucket = makeBucket(s3cmd);
        Path file = new ClientFiles(folder).toSend(new TestBody(1000, 2));
        run(s3cmd, "put", "--add-header=x-amz-meta-colour:blue", file.toString(), bucket + "/one");
        run(s3cmd, "cp", bucket + "/one", bucket + "/two");
        assertThat(run(s3cmd, "info", bucket + "/two")).contains("x-amz-meta-colour: blue", "File size: 1000");
        run(s3cmd, "del", bucket + "/one");
        assertThat(run(s3cmd, "ls", bucket)).contains("/two").doesNotContain("/one");
        run(s3cmd, "mv", bucket + "/two", bucket + "/three");
        assertThat(run(s3cmd, "ls", bucket)).contains("/three").doesNotContain("/two");
    }

    private String makeBucket(ClientProgram s3cmd) {
        String bucket = "s3://s3cmd-" + BUCKETS.incrementAndGet();
        run(s3cmd, "mb", bucket);
        return bucket;
    }

    private String run(ClientProgram s3cmd, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--config=" + folder.resolve("s3cfg"), "--no-progress"));
        all.addAll(List.of(arguments));
        return s3cmd.command(all.toArray(String[]::new)).run();
    }
}

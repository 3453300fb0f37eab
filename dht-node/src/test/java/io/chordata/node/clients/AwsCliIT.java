package io.chordata.node.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.ChordataServer;
import io.chordata.node.process.Command;
import io.chordata.node.process.RequiresProgram;
import io.chordata.node.process.TestBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresProgram(value = "/usr/bin/aws", debian = "awscli")
class AwsCliIT {
    @RegisterExtension
    static final ChordataServer SERVER = new ChordataServer();

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @TempDir
    Path folder = Path.of("set by JUnit");

    static List<ClientProgram> generations() {
        return ClientProgram.generations("aws", "--version");
    }

    @ParameterizedTest
    @MethodSource("generations")
    void files_ofEverySize_comeBackWithTheirHashes(ClientProgram aws) {
        String bucket = makeBucket(aws);
        ClientFiles files = new ClientFiles(folder);
        for (long size : TestBody.everySize()) {
            TestBody body = new TestBody(size, 1);
            String url = "s3://" + bucket + "/size/" + size;
            run(aws, "s3", "cp", files.toSend(body).toString(), url);
            run(aws, "s3", "cp", url, files.toReceive(body).toString());
            assertThat(TestBody.sha256(files.toReceive(body))).as(url).isEqualTo(body.sha256());
        }
        run(aws, "s3", "rb", "--force", "s3://" + bucket);
    }

    @ParameterizedTest
    @MethodSource("generations")
    void treeWithOddNames_syncedThereAndBack_isTheSame(ClientProgram aws) {
        String bucket = makeBucket(aws);
        Path tree = folder.resolve("tree");
        Path back = folder.resolve("back");
        OddTree.writeTo(tree);
        run(aws, "s3", "sync", tree.toString(), "s3://" + bucket + "/t");
        run(aws, "s3", "sync", "s3://" + bucket + "/t", back.toString());
        assertThat(OddTree.hashes(back)).isEqualTo(OddTree.hashes(tree));
        assertThat(run(aws, "s3", "sync", tree.toString(), "s3://" + bucket + "/t"))
                .isBlank();
    }

    @ParameterizedTest
    @MethodSource("generations")
    void object_listedCopiedDescribedAndRemoved_behavesAsAtS3(ClientProgram aws) throws IOException {
        String bucket = makeBucket(aws);
        Path file = new ClientFiles(folder).toSend(new TestBody(1000, 2));
        String url = "s3://" + bucket + "/a b/one.txt";
        run(aws, "s3", "cp", "--metadata", "colour=blue", "--content-type", "text/x-odd", file.toString(), url);
        run(aws, "s3", "cp", url, "s3://" + bucket + "/two.txt");

        assertThat(run(aws, "s3", "ls", "s3://" + bucket)).contains("PRE a b/", "two.txt");
        assertThat(run(aws, "s3api", "head-object", "--bucket", bucket, "--key", "two.txt"))
                .contains("\"colour\": \"blue\"", "\"ContentType\": \"text/x-odd\"", "\"ContentLength\": 1000");
        Path range = folder.resolve("range");
        run(aws, "s3api", "get-object", "--bucket", bucket, "--key", "two.txt", "--range", "bytes=10-19", "" + range);
        assertThat(Files.readAllBytes(range)).isEqualTo(Arrays.copyOfRange(Files.readAllBytes(file), 10, 20));

        run(aws, "s3", "rm", url);
        assertThat(run(aws, "s3", "ls", "--recursive", "s3://" + bucket))
                .contains("two.txt")
                .doesNotContain("one.txt");
    }

    @ParameterizedTest
    @MethodSource("generations")
    void objectThatIsMissing_askedFor_isReportedAs404(ClientProgram aws) {
        String bucket = makeBucket(aws);
        Command.Result result = aws.command(
                        "--endpoint-url",
                        endpoint(),
                        "s3api",
                        "get-object",
                        "--bucket",
                        bucket,
                        "--key",
                        "no",
                        "/dev/null")
                .with(ClientEnvironment.aws())
                .runToEnd();
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.errors()).contains("NoSuchKey");
    }

    @ParameterizedTest
    @MethodSource("generations")
    void url_presignedByTheClient_isFetchedByCurl(ClientProgram aws) throws IOException {
        String bucket = makeBucket(aws);
        TestBody body = new TestBody(20_000, 3);
        ClientFiles files = new ClientFiles(folder);
        run(aws, "s3", "cp", files.toSend(body).toString(), "s3://" + bucket + "/shared file");
        // Left to itself, the first generation presigns with Signature V2 for any endpoint but Amazon's.
        Path configuration = folder.resolve("config");
        Files.writeString(configuration, "[default]\ns3 =\n  signature_version = s3v4\n");
        String url = aws.command("--endpoint-url", endpoint(), "s3", "presign", "s3://" + bucket + "/shared file")
                .with(ClientEnvironment.aws())
                .with(Map.of("AWS_CONFIG_FILE", configuration.toString()))
                .run()
                .strip();
        Command.of("/usr/bin/curl", "-sSf", "-o", files.toReceive(body).toString(), url)
                .run();
        assertThat(TestBody.sha256(files.toReceive(body))).isEqualTo(body.sha256());
    }

    private static String makeBucket(ClientProgram aws) {
        String bucket = "aws-" + BUCKETS.incrementAndGet();
        run(aws, "s3", "mb", "s3://" + bucket);
        return bucket;
    }

    private static String run(ClientProgram aws, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--endpoint-url";
        all[1] = endpoint();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return aws.command(all).with(ClientEnvironment.aws()).run();
    }

    private static String endpoint() {
        return SERVER.process().endpoint().toString();
    }
}

package io.chordata.node.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.ChordataProcess;
import io.chordata.node.process.ChordataServer;
import io.chordata.node.process.RequiresProgram;
import io.chordata.node.process.TestBody;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** curl, which signs with --aws-sigv4 since 7.75. */
@RequiresProgram(value = "/usr/bin/curl", debian = "curl")
class CurlIT {
    @RegisterExtension
    static final ChordataServer SERVER = new ChordataServer();

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @TempDir
    Path folder = Path.of("set by JUnit");

    static List<ClientProgram> generations() {
        return ClientProgram.generations("curl", "--version");
    }

    @ParameterizedTest
    @MethodSource("generations")
    void files_ofEverySize_comeBackWithTheirHashes(ClientProgram curl) {
        String bucket = makeBucket(curl);
        ClientFiles files = new ClientFiles(folder);
        for (long size : TestBody.everySize()) {
            TestBody body = new TestBody(size, 1);
            // curl hashes an uploaded file only if it is given as data; the header says that it did not.
            run(
                    curl,
                    "-H",
                    "x-amz-content-sha256: UNSIGNED-PAYLOAD",
                    "-T",
                    "" + files.toSend(body),
                    bucket + "/" + size);
            run(curl, "-o", files.toReceive(body).toString(), bucket + "/" + size);
            assertThat(TestBody.sha256(files.toReceive(body)))
                    .as("size " + size)
                    .isEqualTo(body.sha256());
        }
    }

    @ParameterizedTest
    @MethodSource("generations")
    void requests_withoutOrWithAWrongSignature_areRefused(ClientProgram curl) {
        String bucket = makeBucket(curl);
        assertThat(curl.command("-sS", "-w", "%{http_code}", bucket).run())
                .contains("AccessDenied")
                .endsWith("403");
        assertThat(curl.command(
                                "-sS",
                                "-w",
                                "%{http_code}",
                                "--aws-sigv4",
                                "aws:amz:us-east-1:s3",
                                "-u",
                                ChordataProcess.ACCESS_KEY + ":wrong",
                                bucket)
                        .run())
                .contains("SignatureDoesNotMatch")
                .endsWith("403");
    }

    private static String makeBucket(ClientProgram curl) {
        String bucket = SERVER.process().endpoint() + "/curl-" + BUCKETS.incrementAndGet();
        run(curl, "-X", "PUT", bucket);
        return bucket;
    }

    private static String run(ClientProgram curl, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-sSf", "--aws-sigv4", "aws:amz:us-east-1:s3", "-u"));
        all.add(ChordataProcess.ACCESS_KEY + ":" + ChordataProcess.SECRET_KEY);
        all.addAll(List.of(arguments));
        return curl.command(all.toArray(String[]::new)).run();
    }
}

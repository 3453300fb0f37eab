package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Await;
import io.chordata.node.process.ChordataProcess;
import io.chordata.node.process.Command;
import io.chordata.node.process.Figures;
import io.chordata.node.process.FreePorts;
import io.chordata.node.process.StartFigures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image as the build makes it, run with nothing of this machine but its kernel. */
@RequiresImage
class ImageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String MAIN = "io.chordata.node.cli.Main";
    private static final String VERSION = "(?s)(NOTE: .*\\s)?chordata \\d+\\.\\d+\\.\\d+\\S*\\s";
    private static final String ARCHIVE = "/app/chordata.jsa";

    @TempDir
    private Path folder;

    private UnpackedImage image;

    @BeforeEach
    void unpack() {
        image = UnpackedImage.in(folder);
    }

    private Path writable(String name) throws IOException {
        Path made = Files.createDirectory(folder.resolve(name));
        return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private ProcessBuilder container(List<Sandbox.Mount> mounts, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(new Sandbox(image, mounts).words(List.of(arguments)));
        builder.environment().clear();
        builder.environment().putAll(image.environment());
        return builder;
    }

    @Test
    void image_asBuilt_runsTheProgramAsAUserOfItsOwn() throws IOException {
        assertThat(image.user()).isEqualTo(PodRules.USER + ":" + PodRules.USER);
        assertThat(image.entryPoint().get(0)).isEqualTo("java");
        assertThat(image.entryPoint()).endsWith(MAIN);
        assertThat(image.entryPoint()).contains("-XX:MaxRAMPercentage=40", "-XX:+ExitOnOutOfMemoryError");
        assertThat(image.entryPoint()).contains("-XX:SharedArchiveFile=" + ARCHIVE);
        try (var files = Files.walk(image.root())) {
            assertThat(files.filter(file -> file.getFileName().toString().matches("sh|bash|busybox|apt|dpkg")))
                    .as("neither a shell nor a way to get one")
                    .isEmpty();
        }
        Figures.note("image: layers of " + image.layerBytes() + " bytes, compressed");
    }

    @Test
    void program_inTheImage_beginsWithTheClassesOfItsArchive() throws IOException, InterruptedException {
        assertThat(version("-Xshare:on -Xlog:class+load")).matches("(?s).*" + MAIN + " source: shared objects file.*");
    }

    @Test
    void program_whoseArchiveIsDamaged_beginsWithoutIt() throws IOException, InterruptedException {
        Files.write(image.root().resolve(ARCHIVE.substring(1)), new byte[4_096]);
        assertThat(version("")).matches(VERSION);
    }

    @Test
    void program_inTheImage_saysItsVersion() throws IOException, InterruptedException {
        assertThat(version("")).matches(VERSION);
    }

    /** What it prints. */
    private String version(String jvmArguments) throws IOException, InterruptedException {
        Path out = folder.resolve("version");
        ProcessBuilder builder = container(List.of(new Sandbox.Mount(writable("tmp"), "/tmp", false)), "--version");
        builder.environment().put("JDK_JAVA_OPTIONS", jvmArguments);
        Process process =
                builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(() -> read(out)).isZero();
        return Files.readString(out);
    }

    @Test
    void node_inTheImage_servesWithNativeTransportAndEndsOnSigterm() throws IOException, InterruptedException {
        int ports = FreePorts.inARow("127.0.0.1", 3);
        Path log = folder.resolve("log");
        List<Sandbox.Mount> mounts = new ArrayList<>(List.of(
                new Sandbox.Mount(writable("tmp"), "/tmp", false),
                new Sandbox.Mount(writable("data"), "/data", false)));
        ProcessBuilder builder = container(
                mounts,
                "node",
                "--init",
                "--data=/data/chordata",
                "--s3=127.0.0.1:" + ports,
                "--admin=127.0.0.1:" + (ports + 1));
        builder.environment().put("CHORDATA_ACCESS_KEY", ChordataProcess.ACCESS_KEY);
        builder.environment().put("CHORDATA_SECRET_KEY", ChordataProcess.SECRET_KEY);
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            Await.until("ready, " + log, PATIENCE, () -> {
                assertThat(process.isAlive()).as(() -> read(log)).isTrue();
                return isReady(ports + 1);
            });
            assertThat(read(log)).contains("transport=native");
            StartFigures.note("in the image", process.toHandle(), log, folder.resolve("data/chordata"));
            String status = Files.readString(Path.of("/proc", "" + process.pid(), "status"));
            assertThat(status).containsPattern("Uid:\\s10001\\s").containsPattern("CapEff:\\s0000000000000000");
            assertThat(status).containsPattern("NoNewPrivs:\\s1");
            assertThat(Command.of(
                                    "/usr/bin/nsenter",
                                    "--mount",
                                    "--target",
                                    "" + process.pid(),
                                    "/usr/bin/touch",
                                    image.root().resolve("opt/java/written").toString())
                            .runToEnd()
                            .errors())
                    .contains("Read-only file system");
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static boolean isReady(int admin) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + "/health/ready"))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return log + " cannot be read: " + e;
        }
    }
}

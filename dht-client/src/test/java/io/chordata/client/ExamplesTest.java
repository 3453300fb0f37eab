package io.chordata.client;

import static io.chordata.client.ChordataClientTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.StubEndpoint.Fault;
import io.chordata.client.admin.AdminClient;
import io.chordata.client.admin.AdminOptions;
import io.chordata.client.admin.AdminPort;
import io.chordata.client.admin.BlockingAdminClient;
import io.chordata.client.model.Conditions;
import io.chordata.client.model.Content;
import io.chordata.client.model.ListObjectsRequest;
import io.chordata.client.model.ObjectMetadata;
import io.chordata.client.model.PutObjectRequest;
import io.chordata.client.model.UploadRequest;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the documentation, word for word: what is shown there stands here, and runs. */
@SuppressWarnings("NullAway.Init")
class ExamplesTest {
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\n(.*?)}</pre>", Pattern.DOTALL);
    private static final Pattern SPACE = Pattern.compile("\\s+");

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private StubEndpoint stub;
    private ChordataClient client;

    @BeforeEach
    void start() {
        stub = new StubEndpoint(vertx);
        client = ChordataClient.builder()
                .endpoint(stub.url())
                .credentials("my-access-key", "my-secret-key")
                .vertx(vertx)
                .build();
    }

    @AfterEach
    void stop() {
        await(client.close());
        await(vertx.close());
    }

    @Test
    void client_asInTheExample_isMade() {
        ChordataClient client = ChordataClient.builder()
                .endpoint("http://127.0.0.1:9000")
                .credentials("my-access-key", "my-secret-key")
                .build();
        await(client.close());
    }

    @Test
    void object_asInTheExample_isWrittenAndRead() throws IOException {
        Path copy = directory.resolve("copy");
        AsyncFile target = await(vertx.fileSystem().open(copy.toString(), new OpenOptions()));

        client.putObject(PutObjectRequest.of("photos", "2026/cat.txt", Content.of("meow"))
                        .withMetadata(ObjectMetadata.ofType("text/plain").withUser("taken-by", "me"))
                        .withConditions(Conditions.ifAbsent()))
                .compose(stored -> client.getObject("photos", "2026/cat.txt"))
                .compose(object -> object.pipeTo(target))
                .onFailure(failure -> log.add(failure.getMessage()));

        while (Files.size(copy) < 4 && log.isEmpty()) {
            await(vertx.timer(10, TimeUnit.MILLISECONDS));
        }
        assertThat(copy).hasContent("meow");
    }

    @Test
    void upload_asInTheExample_isGoneOnWith() throws IOException {
        Path file = Files.write(directory.resolve("film"), new byte[17 << 20]);
        stub.next(Fault.of(Fault.Kind.NONE), Fault.of(Fault.Kind.NONE), Fault.refuse(403, "AccessDenied"));

        Upload upload = client.upload(
                UploadRequest.of("photos", "film.mp4", Content.ofFile(file)).keepingOnFailure());
        upload.result()
                .recover(failure -> client.upload(UploadRequest.of("photos", "film.mp4", Content.ofFile(file))
                                .resuming(upload.uploadId().orElseThrow()))
                        .result());

        while (!stub.objects().containsKey("/photos/film.mp4")) {
            await(vertx.timer(10, TimeUnit.MILLISECONDS));
        }
        assertThat(stub.bytes("/photos/film.mp4").length()).isEqualTo(17 << 20);
    }

    @Test
    void object_asInTheExample_isReadByAThreadThatWaits() throws IOException {
        await(client.putObject("photos", "2026/cat.txt", Content.of("meow")));

        BlockingChordataClient blocking = client.blocking();
        try (ObjectInputStream object = blocking.getObject("photos", "2026/cat.txt")) {
            log.add(new String(object.readAllBytes(), StandardCharsets.UTF_8));
        }
        blocking.listAllObjects(ListObjectsRequest.of("photos").withPrefix("2026/"))
                .forEach(entry -> log.add(entry.key()));

        assertThat(log).contains("meow");
    }

    @Test
    void adminOptions_asInTheExample_nameTheNodes() {
        AdminOptions options = AdminOptions.of(AdminOptions.parse("127.0.0.1:9001,127.0.0.1:9011"), null);

        assertThat(options.nodes()).hasSize(2);
    }

    @Test
    void cluster_asInTheExample_isShown() {
        try (AdminPort port = new AdminPort(vertx)) {
            port.answers(200, """
                    {"clusterId":"%s","version":7,"partitions":256,"replication":3,"nodes":5,"state":"degraded",\
                    "underReplicated":1,"noMajority":2,"moving":3,"zonesYielded":4,"draining":1,"drained":0}\
                    """.formatted(AdminPort.ID));
            AdminOptions options = AdminOptions.of(List.of(port.uri()), null);

            AdminClient admin = AdminClient.create(vertx, options);
            admin.cluster().onSuccess(cluster -> show(cluster.state())).onComplete(done -> admin.close());

            while (log.isEmpty()) {
                await(vertx.timer(10, TimeUnit.MILLISECONDS));
            }
        }
        assertThat(log).containsExactly("DEGRADED");
    }

    @Test
    void nodes_asInTheExample_areShown() {
        try (AdminPort port = new AdminPort(vertx)) {
            port.answers(200, "[]");
            AdminOptions options = AdminOptions.of(List.of(port.uri()), null);

            try (BlockingAdminClient admin = BlockingAdminClient.open(options)) {
                admin.nodes().forEach(node -> show(node.state()));
            }

            assertThat(port.asked()).containsExactly("GET /v1/nodes");
        }
    }

    private void show(Object what) {
        log.add(what.toString());
    }

    @Test
    void examples_inTheDocumentation_standHere() throws IOException {
        String tested = flat(Files.readString(Path.of("src/test/java/io/chordata/client/ExamplesTest.java")));

        List<String> examples = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : (Iterable<Path>) sources.filter(Files::isRegularFile)::iterator) {
                EXAMPLE.matcher(Files.readString(source))
                        .results()
                        .map(ExamplesTest::code)
                        .forEach(examples::add);
            }
        }
        assertThat(examples).hasSize(7).allSatisfy(example -> assertThat(tested).contains(example));
    }

    private static String code(MatchResult example) {
        return flat(example.group(1).replaceAll("(?m)^ \\* ?", ""));
    }

    private static String flat(String code) {
        return SPACE.matcher(code).replaceAll("");
    }
}

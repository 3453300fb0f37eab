package io.chordata.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.process.Await;
import io.chordata.node.tls.TlsFilesException;
import io.chordata.node.tls.TlsMaterial;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final long PATIENCE_MILLIS = 20_000;
    private static final Duration PATIENCE = Duration.ofMillis(PATIENCE_MILLIS);

    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static RpcTlsOptions first;
    private static RpcTlsOptions second;
    private static RpcTlsOptions foreign;
    private static TestCertificates authority;

    private TestNode answerer;
    private @Nullable TestNode asker;
    private final Recorder recorder = Recorder.echo();

    @BeforeAll
    static void makeCertificates() throws IOException {
        authority = new TestCertificates(Files.createDirectory(folder.resolve("ours")));
        first = authority.issue("first");
        second = authority.issue("second");
        foreign = new TestCertificates(Files.createDirectory(folder.resolve("theirs"))).issue("foreign");
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(TestNode.LOOPS));
    }

    @AfterAll
    static void close() {
        TestNode.await(vertx.close());
    }

    @BeforeEach
    void start() {
        answerer = new TestNode(vertx, TestNode.options(0, second), TestNode.identity(2)).start();
        for (Service service : Service.values()) {
            answerer.peers.serve(service, recorder);
        }
    }

    @AfterEach
    void stop() {
        if (asker != null) {
            asker.close();
        }
        answerer.close();
    }

    private Buffer callAs(@Nullable RpcTlsOptions tls, RpcIdentity identity) {
        asker = new TestNode(vertx, TestNode.options(0, tls), identity).start();
        return TestNode.await(asker.peers.call(answerer.peer(), Service.RING, Buffer.buffer("hello"), PATIENCE_MILLIS));
    }

    private void assertRefused(@Nullable RpcTlsOptions tls, RpcIdentity identity, Closing why) {
        assertThatThrownBy(() -> callAs(tls, identity)).isInstanceOf(PeerUnreachableException.class);
        Await.until(
                why + " " + answerer.observed.closings,
                Duration.ofSeconds(30),
                () -> answerer.observed.closed(why) > 0);
        assertThat(recorder.taken).hasValue(0);
    }

    /** Its own files say otherwise, so that it gets as far as the listener. */
    private static TlsMaterial unchecked(RpcTlsOptions tls) throws TlsFilesException {
        return TlsMaterial.load(
                vertx, tls.files(), Instant.now().minus(Duration.ofMinutes(90)).toEpochMilli());
    }

    @Test
    void nodes_ofOneAuthorityAndSecret_talk() {
        assertThat(callAs(first, TestNode.identity(1))).hasToString("hello");
    }

    @Test
    void node_withoutTls_isRefused() {
        assertRefused(null, TestNode.identity(1), Closing.TLS_FAILED);
    }

    @Test
    void node_ofAnotherAuthority_isRefusedAlthoughItTrustsUs() {
        RpcTlsOptions mixed = new RpcTlsOptions(
                foreign.certificatePath(), foreign.keyPath(), first.authorityPath(), RpcTlsOptions.DEFAULT_NAME);

        assertRefused(mixed, TestNode.identity(1), Closing.TLS_FAILED);
    }

    @Test
    void listener_ofAnotherAuthority_isNotSpokenTo() {
        RpcTlsOptions mixed = new RpcTlsOptions(
                first.certificatePath(), first.keyPath(), foreign.authorityPath(), RpcTlsOptions.DEFAULT_NAME);

        assertRefused(mixed, TestNode.identity(1), Closing.TLS_FAILED);
    }

    @Test
    void node_withACertificateButAnotherSecret_isRefused() {
        RpcIdentity other = new RpcIdentity(
                TestNode.CLUSTER, TestNode.id(1), ClusterSecret.of("another secret, 0123456789abcdefgh"));

        assertRefused(first, other, Closing.WRONG_SECRET);
    }

    @Test
    void largeMessages_overTls_comeThrough() {
        Buffer large = Buffer.buffer(new byte[Service.RING.bytesMax()]);
        callAs(first, TestNode.identity(1));

        Buffer answer = TestNode.await(
                Objects.requireNonNull(asker).peers.call(answerer.peer(), Service.RING, large, PATIENCE_MILLIS));

        assertThat(answer).isEqualTo(large);
    }

    @Test
    void node_withACertificateForAnotherName_isRefusedBeforeItsHello() {
        RpcTlsOptions other =
                authority.issue("other-cluster", List.of("other.chordata", "localhost"), TestCertificates.now());

        assertRefused(other, TestNode.identity(1), Closing.WRONG_NAME);
    }

    @Test
    void listener_withACertificateForAnotherName_isNotSpokenTo() {
        RpcTlsOptions picky =
                new RpcTlsOptions(first.certificatePath(), first.keyPath(), first.authorityPath(), "another.name");

        assertThatThrownBy(() -> callAs(picky, TestNode.identity(1))).isInstanceOf(PeerUnreachableException.class);
        assertThat(Objects.requireNonNull(asker).observed.closed(Closing.WRONG_NAME))
                .isPositive();
        assertThat(recorder.taken).hasValue(0);
    }

    @Test
    void node_withAnExpiredCertificate_isRefused() throws TlsFilesException {
        RpcTlsOptions expired =
                authority.issue("expired", List.of(RpcTlsOptions.DEFAULT_NAME), TestCertificates.past());
        TestNode late = new TestNode(vertx, TestNode.options(0, first), TestNode.identity(1)).start();
        asker = late;
        TestNode.await(late.peers.renew(unchecked(expired)));

        assertThatThrownBy(() -> TestNode.await(
                        late.peers.call(answerer.peer(), Service.RING, Buffer.buffer("hello"), PATIENCE_MILLIS)))
                .isInstanceOf(PeerUnreachableException.class);
        Await.until("refusal", PATIENCE, () -> answerer.observed.closed(Closing.TLS_FAILED) > 0);
        assertThat(recorder.taken).hasValue(0);
    }

    /** Each in each way: no certificate, one of another authority, one of another cluster of the same authority. */
    @Test
    void services_askedByStrangers_hearNothing() {
        RpcTlsOptions mixed = new RpcTlsOptions(
                foreign.certificatePath(), foreign.keyPath(), first.authorityPath(), RpcTlsOptions.DEFAULT_NAME);
        RpcTlsOptions other = authority.issue("other", List.of("other.chordata"), TestCertificates.now());
        for (RpcTlsOptions tls : Arrays.asList(null, mixed, other)) {
            for (Service service : Service.values()) {
                try (TestNode stranger = new TestNode(vertx, TestNode.options(0, tls), TestNode.identity(1)).start()) {
                    stranger.peers.send(answerer.peer(), service, Buffer.buffer("message"));
                    assertThatThrownBy(() -> TestNode.await(stranger.peers.call(
                                    answerer.peer(), service, Buffer.buffer("request"), PATIENCE_MILLIS)))
                            .as("%s as %s", service, tls)
                            .isInstanceOf(PeerUnreachableException.class);
                }
            }
        }
        assertThat(recorder.taken).hasValue(0);
        assertThat(answerer.observed.opened).hasValue(0);
        assertThat(answerer.observed.closed(Closing.TLS_FAILED)).isPositive();
        assertThat(answerer.observed.closed(Closing.WRONG_NAME)).isPositive();
    }

    @Test
    void certificates_renewedWhileNodesTalk_interruptNothing() throws TlsFilesException {
        TestNode talking = new TestNode(vertx, TestNode.options(0, first), TestNode.identity(1)).start();
        asker = talking;
        callByEachLoop(talking);
        TestNode.await(answerer.peers.renew(load(foreign)));

        callByEachLoop(talking);
        assertThat(answerer.observed.opened).hasValue(TestNode.LOOPS);
        assertThat(answerer.observed.closed()).isZero();
        try (TestNode late = new TestNode(vertx, TestNode.options(0, first), TestNode.identity(3)).start()) {
            assertThatThrownBy(() -> TestNode.await(
                            late.peers.call(answerer.peer(), Service.RING, Buffer.buffer("old"), PATIENCE_MILLIS)))
                    .isInstanceOf(PeerUnreachableException.class);
            TestNode.await(late.peers.renew(load(foreign)));
            Await.until(
                    "a call under the new authority",
                    PATIENCE,
                    () -> late.peers
                            .call(answerer.peer(), Service.RING, Buffer.buffer("new"), PATIENCE_MILLIS)
                            .map(answer -> answer.toString().equals("new"))
                            .otherwise(false)
                            .await());
        }
    }

    /** They take turns. */
    private void callByEachLoop(TestNode talking) {
        for (int i = 0; i < TestNode.LOOPS; i++) {
            assertThat(TestNode.await(
                            talking.peers.call(answerer.peer(), Service.RING, Buffer.buffer("on"), PATIENCE_MILLIS)))
                    .hasToString("on");
        }
    }

    private static TlsMaterial load(RpcTlsOptions tls) throws TlsFilesException {
        return TlsMaterial.load(vertx, tls.files(), System.currentTimeMillis());
    }
}

package io.chordata.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.process.Await;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static RpcTlsOptions first;
    private static RpcTlsOptions second;
    private static RpcTlsOptions foreign;

    private TestNode answerer;
    private @Nullable TestNode asker;
    private final Recorder recorder = Recorder.echo();

    @BeforeAll
    static void makeCertificates() throws IOException {
        TestCertificates authority = new TestCertificates(Files.createDirectory(folder.resolve("ours")));
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
        answerer.peers.serve(Service.RING, recorder);
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
        RpcTlsOptions mixed = new RpcTlsOptions(foreign.certificatePath(), foreign.keyPath(), first.authorityPath());

        assertRefused(mixed, TestNode.identity(1), Closing.TLS_FAILED);
    }

    @Test
    void listener_ofAnotherAuthority_isNotSpokenTo() {
        RpcTlsOptions mixed = new RpcTlsOptions(first.certificatePath(), first.keyPath(), foreign.authorityPath());

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
}

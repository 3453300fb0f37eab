package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.ChordataProcess.Launch;
import io.chordata.node.rpc.RpcTlsOptions;
import io.chordata.node.rpc.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that speak TLS with each other, as the flags of the program say, and to nobody else. */
class InternalTlsIT {
    @TempDir
    private static Path folder;

    private static RpcTlsOptions first;
    private static RpcTlsOptions second;
    private static RpcTlsOptions foreign;

    private final List<ChordataProcess> started = new ArrayList<>();
    private NodeSite founder;
    private ChordataProcess founding;

    @BeforeAll
    static void makeCertificates() throws IOException {
        TestCertificates ours = authority("ours");
        first = ours.issue("first");
        second = ours.issue("second");
        foreign = authority("theirs").issue("foreign");
    }

    @BeforeEach
    void found() {
        founder = NodeSite.in(folder, "founder");
        founding = begin(founder, first, "--init", "--certificate-check", "500ms");
        founding.awaitReady();
    }

    @AfterEach
    void endAll() {
        started.forEach(ChordataProcess::close);
        for (ChordataProcess process : started) {
            assertThat(process.log())
                    .content()
                    .doesNotContain(ChordataProcess.SECRET_KEY, ChordataProcess.CLUSTER_SECRET);
        }
        ChordataServer.deleteTree(founder.data());
    }

    private static TestCertificates authority(String name) throws IOException {
        return new TestCertificates(Files.createDirectory(folder.resolve(name)));
    }

    private ChordataProcess begin(NodeSite site, RpcTlsOptions tls, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of(
                "--internal-certificate",
                tls.certificatePath(),
                "--internal-key",
                tls.keyPath(),
                "--internal-authority",
                tls.authorityPath()));
        return begin(site.launch(List.of(founder), arguments.toArray(String[]::new)));
    }

    private ChordataProcess begin(Launch launch) {
        ChordataProcess process = launch.begin();
        started.add(process);
        return process;
    }

    private void assertRefused(NodeSite site, ChordataProcess process) {
        process.awaitAdmin("/v1/cluster", "seed " + founder.ports().internalAddress() + " gave no answer");
        founding.awaitAdmin("/metrics", "reason=\"tls_failed\",side=\"accepted\"");
        assertThat(founding.logTail()).contains("it has no certificate that is trusted here, or speaks no TLS");
        assertThat(process.adminGet("/health/ready")).contains("false");
        assertThat(founding.adminGet("/v1/cluster")).contains("\"nodes\":1");
        assertThat(process.stop()).isZero();
        assertThat(site.data().resolve("identity")).doesNotExist();
    }

    @Test
    void nodes_withCertificatesOfOneAuthority_areOneRing() {
        NodeSite joined = NodeSite.in(folder, "joined");
        ChordataProcess joining = begin(joined, second);
        joining.awaitReady();

        joining.awaitAdmin("/health/startup", "true");
        assertThat(joined.identity("cluster")).isEqualTo(founder.identity("cluster"));
        for (ChordataProcess process : List.of(founding, joining)) {
            process.awaitAdmin("/v1/cluster", "\"nodes\":2");
            assertThat(process.awaitAdmin("/v1/ring", "\"unanswered\":[]"))
                    .contains(founder.identity("node"), joined.identity("node"));
            assertThat(process.adminGet("/metrics")).doesNotContain("tls_failed");
        }
    }

    @Test
    void node_ofAnotherAuthority_isRefusedThoughItTrustsTheOthersAndKnowsTheSecret() throws IOException {
        NodeSite stranger = NodeSite.in(folder, "stranger");
        Path both = folder.resolve("both.pem");
        Files.writeString(
                both,
                Files.readString(Path.of(foreign.authorityPath())) + Files.readString(Path.of(second.authorityPath())));
        RpcTlsOptions mixed =
                new RpcTlsOptions(foreign.certificatePath(), foreign.keyPath(), both.toString(), second.name());

        assertRefused(stranger, begin(stranger, mixed));
    }

    @Test
    void node_withoutTls_isRefusedThoughItKnowsTheSecret() {
        NodeSite plain = NodeSite.in(folder, "plain");

        assertRefused(plain, begin(plain.launch(List.of(founder))));
    }

    /** New certificates and a second authority, by files alone; who is signed by that one can join then. */
    @Test
    void authority_addedWhileNodesRun_letsItsNodesIn() throws IOException {
        NodeSite second = NodeSite.in(folder, "second");
        ChordataProcess joining = begin(second, InternalTlsIT.second, "--certificate-check", "500ms");
        joining.awaitReady();
        TestCertificates next = authority("next");
        RpcTlsOptions newer = next.issue("newer");
        String both =
                Files.readString(Path.of(first.authorityPath())) + Files.readString(Path.of(newer.authorityPath()));
        for (RpcTlsOptions each : List.of(first, newer)) {
            Files.writeString(Path.of(each.authorityPath()), both);
        }
        for (ChordataProcess process : List.of(founding, joining)) {
            process.awaitAdmin(
                    "/metrics", "chordata_certificate_changes_total{port=\"internal\",result=\"taken\"} 1.0");
        }

        NodeSite third = NodeSite.in(folder, "third");
        ChordataProcess late = begin(third, newer);
        late.awaitReady();
        late.awaitAdmin("/v1/cluster", "\"nodes\":3");
        for (ChordataProcess process : List.of(founding, joining, late)) {
            assertThat(process.awaitAdmin("/v1/ring", "\"unanswered\":[]")).contains(third.identity("node"));
        }
    }
}

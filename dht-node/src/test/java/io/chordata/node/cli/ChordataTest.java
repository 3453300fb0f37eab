package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.rpc.TestCertificates;
import io.chordata.node.tls.CertificateAuthority;
import io.chordata.node.tls.Issued;
import io.chordata.node.tls.TlsMaterial;
import io.chordata.node.tls.TlsOptions;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChordataTest {
    private static final String SECRET = "canary-0123456789";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new TreeMap<>();

    @TempDir
    private Path folder;

    @Test
    void help_ofTheProgram_listsCommandsExamplesAndExitCodes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("demo", "node", "config", "init", "drain", "decommission", "bench", "generate-completion")
                .contains("Examples:", "chordata demo")
                .contains("Exit codes:", "3   another process uses the data directory", "4   an address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "node", "config"})
    void help_ofACommand_hasExamplesFlagsAndEnvironmentNames(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString())
                .contains("Examples:", "Exit codes:")
                .contains("--data=PATH", "CHORDATA_DATA", "--s3-port=NUMBER", "--seeds=HOST:PORT", "--init");
    }

    @Test
    void program_withoutACommand_showsItsUsageAndRefuses() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: chordata");
    }

    @ParameterizedTest
    @CsvSource({"frobnicate,frobnicate", "node --dta,--dta", "demo --nodes,--nodes"})
    void word_thatIsUnknownOrUnfinished_isRefusedShortly(String words, String named) {
        assertThat(run(words.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(named).contains("--help");
        assertThat(err.toString().lines().count()).isBetween(2L, 4L);
    }

    @Test
    void node_withoutCredentials_isRefusedWithWhatToSet() {
        assertThat(run("node", "--data", folder.toString(), "--init")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("chordata: 'accessKey' is needed: give it as CHORDATA_ACCESS_KEY or as "
                        + "CHORDATA_ACCESS_KEY_FILE (a file that holds it)");
    }

    @Test
    void node_withAShortSecret_isRefusedWithoutShowingIt() {
        environment.put("CHORDATA_ACCESS_KEY", "root");
        environment.put("CHORDATA_SECRET_KEY", "canary");

        assertThat(run("node", "--data", folder.toString(), "--init")).isEqualTo(2);
        assertThat(err.toString())
                .contains("'secretKey' must have 16 to 256 characters")
                .doesNotContain("canary");
    }

    @Test
    void node_withoutData_isRefused() {
        withKeys();

        assertThat(run("node", "--init")).isEqualTo(2);
        assertThat(err.toString()).contains("'data' is needed: give it as --data or as CHORDATA_DATA");
    }

    @Test
    void node_withSeedsButNoClusterSecret_isRefusedAndToldHowToMakeOne() {
        withKeys();

        assertThat(run("node", "--data", folder.toString(), "--seeds", "10.0.0.1:7000"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("needs a cluster secret").contains("CHORDATA_CLUSTER_SECRET");
    }

    @Test
    void node_withATooShortClusterSecret_isRefusedWithItsLength() {
        withKeys();
        environment.put("CHORDATA_CLUSTER_SECRET", "canary-0123456789");

        assertThat(run("node", "--data", folder.toString(), "--init")).isEqualTo(2);
        assertThat(err.toString()).contains("it has 17").doesNotContain("canary");
    }

    @Test
    void node_askedForSeveral_isRefusedWithWhatIsMeantForThat() {
        withKeys();

        assertThat(run("node", "--data", folder.toString(), "--nodes", "3")).isEqualTo(2);
        assertThat(err.toString()).contains("'--nodes' is for 'demo'").contains("--seeds");
    }

    @Test
    void demo_withHalfAKeyPair_isRefused() {
        environment.put("CHORDATA_ACCESS_KEY", "root");

        assertThat(run("demo")).isEqualTo(2);
        assertThat(err.toString()).contains("both keys");
    }

    @Test
    void secret_asAFlag_isUnknown() {
        assertThat(run("node", "--secret-key", SECRET)).isEqualTo(2);
        assertThat(err.toString()).contains("Unknown option");
    }

    @Test
    void options_thatDoNotFitTogether_areRefused() {
        withKeys();

        assertThat(run("node", "--data", folder.toString(), "--records-stop-permille", "100"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("blocksStopPermille");
    }

    @Test
    void config_shown_hasEffectiveValuesAndNoSecret() {
        withKeys();

        assertThat(run("config", "--show", "--s3-port", "9100")).isZero();
        assertThat(out.toString())
                .contains("s3: '127.0.0.1:9100'  # default")
                .contains("s3Port: '9100'  # --s3-port")
                .doesNotContain(SECRET);
    }

    @Test
    void config_listed_namesFlagAndVariable() {
        assertThat(run("config")).isZero();
        assertThat(out.toString()).contains("stopGrace: DURATION", "--stop-grace, CHORDATA_STOP_GRACE");
    }

    @Test
    void completion_asked_printsAScript() {
        assertThat(run("generate-completion")).isZero();
        assertThat(out.toString()).contains("complete -F", "--s3-port");
    }

    @Test
    void exitCodes_asATable_areDistinctAndBeginAtZero() {
        assertThat(ExitCode.table().keySet()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8");
    }

    @Test
    void flag_thatIsMisspelt_isRefusedWithTheNearest() {
        withKeys();

        assertThat(run("node", "--data", folder.toString(), "--seed", "10.0.0.1:7000"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--seed").contains("--seeds");
    }

    @Test
    void certs_ofAnAuthorityAndANode_areFilesThatFitAndOnlyTheOwnerReadsKeys() throws Exception {
        String certs = folder.resolve("certs").toString();

        assertThat(run("certs", "ca", "--out", certs)).isZero();
        assertThat(run("certs", "node", "node-1", "--ca", certs, "--out", certs, "--host", "10.0.0.1"))
                .isZero();

        assertThat(out.toString()).contains("node-1.pem", "node-1.key").doesNotContain("PRIVATE");
        for (String name : List.of("ca", "node-1")) {
            Path key = folder.resolve("certs").resolve(name + ".key");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
            assertThat(key).content().startsWith("-----BEGIN PRIVATE KEY-----");
        }
        TlsOptions made = new TlsOptions(certs + "/node-1.pem", certs + "/node-1.key", certs + "/ca.pem");
        assertThat(TlsMaterial.load(Vertx.vertx(), made, System.currentTimeMillis())
                        .toString())
                .contains("CN=node-1");
    }

    @Test
    void certs_thatExist_areNeverReplaced() throws Exception {
        String certs = folder.toString();
        assertThat(run("certs", "ca", "--out", certs)).isZero();
        String before = Files.readString(folder.resolve("ca.key"));

        assertThat(run("certs", "ca", "--out", certs)).isEqualTo(2);
        assertThat(err.toString()).contains("ca.pem exists");
        assertThat(folder.resolve("ca.key")).hasContent(before);
    }

    @ParameterizedTest
    @CsvSource({
        "certs node node-1 --ca %s --out %s,no authority in",
        "certs node ../up --ca %s --out %s,no name for a file",
        "certs node n --host a/b --ca %s --out %s,neither a DNS name nor an address",
        "certs node n --host 999.1.1.1 --ca %s --out %s,neither a DNS name nor an address",
        "certs node n --host s3:9000 --ca %s --out %s,neither a DNS name nor an address",
        "certs ca --days 0 --out %s%s,--days must be",
        "certs,ca or node?"
    })
    void certs_thatCannotBeMade_areRefusedWithTheReason(String words, String reason) {
        String path = folder.toString();

        assertThat(run(words.formatted(path, path).split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(reason);
    }

    @Test
    void certs_underAnAuthorityThatEndsSooner_endWithItAndSaySo() {
        String certs = folder.toString();
        assertThat(run("certs", "ca", "--out", certs, "--days", "30")).isZero();

        assertThat(run("certs", "node", "node-1", "--ca", certs, "--out", certs, "--days", "365"))
                .isZero();

        assertThat(err.toString()).contains("as the authority does, it ends at");
    }

    @Test
    void certs_underAnAuthorityThatIsOver_areNotMade() throws Exception {
        Issued over =
                CertificateAuthority.create("over", TestCertificates.past()).own();
        Files.writeString(folder.resolve("ca.pem"), over.certificatePem());
        Files.writeString(folder.resolve("ca.key"), over.keyPem());

        assertThat(run("certs", "node", "n", "--ca", folder.toString(), "--out", folder.toString()))
                .isEqualTo(2);

        assertThat(err.toString()).contains("the authority expired at");
        assertThat(folder.resolve("n.pem")).doesNotExist();
    }

    private void withKeys() {
        environment.put("CHORDATA_ACCESS_KEY", "root");
        environment.put("CHORDATA_SECRET_KEY", SECRET);
    }

    private int run(String... words) {
        Terminal terminal = new Terminal(environment, new PrintWriter(out, true), new PrintWriter(err, true));
        return new Chordata(terminal, new Lifecycle()).run(words);
    }
}

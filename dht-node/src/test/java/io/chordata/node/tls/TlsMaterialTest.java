package io.chordata.node.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.rpc.TestCertificates;
import io.chordata.node.tls.CertificateAuthority.Life;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsMaterialTest {
    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static TestCertificates authority;
    private static TlsOptions good;

    @BeforeAll
    static void make() {
        vertx = Vertx.vertx();
        authority = new TestCertificates(folder);
        good = authority.issue("good").files();
    }

    @AfterAll
    static void close() throws Exception {
        vertx.close().await();
    }

    private static TlsMaterial load(TlsOptions options) throws TlsFilesException {
        return TlsMaterial.load(vertx, options, System.currentTimeMillis());
    }

    private static void assertRefused(TlsOptions options, String... reasons) {
        assertThatThrownBy(() -> load(options))
                .isInstanceOf(TlsFilesException.class)
                .hasMessageContainingAll(reasons);
    }

    private static String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void files_thatFit_areTaken() throws TlsFilesException {
        TlsMaterial material = load(good);

        assertThat(material.notAfter()).isAfter(Instant.now());
        assertThat(material.server().getEnabledSecureTransportProtocols()).containsOnly("TLSv1.2", "TLSv1.3");
        assertThat(material.client().getEnabledSecureTransportProtocols()).containsOnly("TLSv1.2", "TLSv1.3");
        assertThat(material.server().getClientAuth()).hasToString("REQUIRED");
        assertThat(load(new TlsOptions(good.certificatePath(), good.keyPath(), null))
                        .server()
                        .getClientAuth())
                .hasToString("NONE");
        assertThat(material.toString()).contains("CN=good").doesNotContain("PRIVATE");
    }

    @Test
    void key_ofAnotherCertificate_isRefused() {
        String otherKey = authority.issue("other").keyPath();

        assertRefused(
                new TlsOptions(good.certificatePath(), otherKey, null),
                otherKey,
                "is not the key",
                good.certificatePath());
    }

    @Test
    void certificate_thatIsOver_isRefused() {
        TlsOptions expired = authority
                .issue("expired", List.of("node.chordata"), TestCertificates.past())
                .files();

        assertRefused(expired, "expired.pem", "expired at");
    }

    @Test
    void certificate_thatBeginsLater_isRefused() {
        Instant later = Instant.now().plus(Duration.ofMinutes(30));
        TlsOptions early = authority
                .issue("early", List.of("node.chordata"), new Life(later, later.plusSeconds(9)))
                .files();

        assertRefused(early, "early.pem", "not valid before");
    }

    @Test
    void files_thatAreMissing_areNamed() {
        String absent = folder.resolve("absent").toString();

        assertRefused(new TlsOptions(absent, good.keyPath(), null), absent, "does not exist");
        assertRefused(new TlsOptions(good.certificatePath(), absent, null), absent, "does not exist");
        assertRefused(new TlsOptions(good.certificatePath(), good.keyPath(), absent), absent, "does not exist");
        assertRefused(new TlsOptions(folder.toString(), good.keyPath(), null), folder.toString(), "cannot be read");
    }

    @Test
    void files_ofOtherThings_areRefusedWithoutQuotingThem() throws IOException {
        String text = write("text", "canary-of-a-secret\n");
        String half = write("half", "-----BEGIN PRIVATE KEY-----\ncanaryOfASecret\n-----END PRIVATE KEY-----\n");

        assertRefused(new TlsOptions(text, good.keyPath(), null), text, "certificate");
        for (String key : List.of(text, half, good.certificatePath())) {
            TlsOptions options = new TlsOptions(good.certificatePath(), key, null);
            assertRefused(options, key, "holds no RSA or EC private key");
            assertThatThrownBy(() -> load(options)).hasMessageNotContainingAny("canary");
        }
        assertRefused(new TlsOptions(good.certificatePath(), good.keyPath(), text), text, "certificate");
        assertRefused(new TlsOptions(write("empty", ""), good.keyPath(), null), "holds no certificate");
    }

    @Test
    void certificate_forAnotherName_isRefused() {
        TlsOptions other = authority
                .issue("other-cluster", List.of("other.chordata", "*.chordata"), TestCertificates.now())
                .files();

        assertRefused(other, "other-cluster.pem", "not for 'node.chordata'");
    }

    @Test
    void certificate_ofAnotherAuthority_isRefused() throws IOException {
        TlsOptions foreign = new TestCertificates(Files.createDirectory(folder.resolve("theirs")))
                .issue("foreign")
                .files();
        String authorityPath = Objects.requireNonNull(good.authorityPath());

        assertRefused(
                new TlsOptions(foreign.certificatePath(), foreign.keyPath(), authorityPath, "node.chordata"),
                "foreign.pem would be refused",
                authorityPath);
    }

    @Test
    void authorities_oldAndNewInOneFile_takeCertificatesOfBoth() throws IOException, TlsFilesException {
        TestCertificates next = new TestCertificates(Files.createDirectory(folder.resolve("next")));
        TlsOptions newer = next.issue("newer").files();
        String both = write(
                "both.pem",
                Files.readString(Path.of(Objects.requireNonNull(good.authorityPath())))
                        + Files.readString(Path.of(Objects.requireNonNull(newer.authorityPath()))));

        for (TlsOptions each : List.of(good, newer)) {
            assertThat(load(new TlsOptions(each.certificatePath(), each.keyPath(), both, "node.chordata"))
                            .notAfter())
                    .isAfter(Instant.now());
        }
    }

    /** One of the two usages becomes that of e-mail. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void certificate_forServersOrClientsAlone_isRefused(int lost) throws Exception {
        CertificateAuthority signer = CertificateAuthority.create("authority", TestCertificates.now());
        Issued both = signer.issue("half", List.of("node.chordata"), TestCertificates.now());
        byte[] body = certificate(both.certificatePem()).getTBSCertificate();
        body[indexOf(body, usage(lost)) + 9] = 4;
        String name = "half-" + lost;
        TlsOptions half = new TlsOptions(
                write(name + ".pem", pem("CERTIFICATE", signed(body, signer.own()))),
                write(name + ".key", both.keyPem()),
                write(name + ".authority", signer.own().certificatePem()),
                "node.chordata");

        assertRefused(half, name + ".pem would be refused", "xtended key usage");
    }

    /** As it is written in a certificate. */
    private static byte[] usage(int number) {
        return Der.oid("1.3.6.1.5.5.7.3." + number);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not there");
    }

    private static byte[] signed(byte[] body, Issued by) throws GeneralSecurityException {
        String key = by.keyPem().replaceAll("-----[A-Z ]+-----", "");
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key))));
        signature.update(body);
        return Der.sequence(body, Der.sequence(Der.oid("1.2.840.10045.4.3.2")), Der.bits(signature.sign()));
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }

    private static X509Certificate certificate(String pem) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Be it shown with the certificate or known to the node: others break with it. */
    @Test
    void authority_thatEndsSooner_isTheEnd() throws Exception {
        Life life = TestCertificates.now();
        CertificateAuthority signer = CertificateAuthority.create("signer", life);
        Issued node = signer.issue("node", List.of("node.chordata"), life);
        Instant sooner = life.until().minusSeconds(600).truncatedTo(ChronoUnit.SECONDS);
        byte[] body = certificate(signer.own().certificatePem()).getTBSCertificate();
        byte[] time = Der.time(sooner);
        System.arraycopy(time, 0, body, indexOf(body, Der.time(life.until())), time.length);
        String ending = pem("CERTIFICATE", signed(body, signer.own()));
        String alone = write("alone.pem", node.certificatePem());
        String shown = write("shown.pem", node.certificatePem() + ending);
        String key = write("node.key", node.keyPem());
        String known = write("ending.pem", ending);

        assertThat(load(new TlsOptions(alone, key, null)).notAfter()).isAfter(sooner);
        assertThat(load(new TlsOptions(shown, key, null)).notAfter()).isEqualTo(sooner);
        assertThat(load(new TlsOptions(alone, key, known))).satisfies(material -> {
            assertThat(material.notAfter()).isEqualTo(sooner);
            assertThat(material.endingPath()).isEqualTo(known);
        });
    }

    @Test
    void name_ofACertificate_isFoundAmongItsNamesAlone() throws Exception {
        try (InputStream pem = Files.newInputStream(Path.of(good.certificatePath()))) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            assertThat(TlsMaterial.isFor(certificate, "Node.Chordata")).isTrue();
            assertThat(TlsMaterial.isFor(certificate, "good")).isFalse();
            assertThat(TlsMaterial.isFor(certificate, "chordata")).isFalse();
        }
    }
}

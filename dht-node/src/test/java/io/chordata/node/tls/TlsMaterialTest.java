package io.chordata.node.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.rpc.TestCertificates;
import io.chordata.node.tls.CertificateAuthority.Life;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        Instant later = Instant.now().plus(Duration.ofHours(1));
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
    void name_ofACertificate_isFoundAmongItsNamesAlone() throws Exception {
        try (InputStream pem = Files.newInputStream(Path.of(good.certificatePath()))) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            assertThat(TlsMaterial.isFor(certificate, "Node.Chordata")).isTrue();
            assertThat(TlsMaterial.isFor(certificate, "good")).isFalse();
            assertThat(TlsMaterial.isFor(certificate, "chordata")).isFalse();
        }
    }
}

package io.chordata.node.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.rpc.TestCertificates;
import io.chordata.node.tls.CertificateAuthority.Life;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the program makes, as the JDK reads it. */
class CertificateAuthorityTest {
    private static final Life NOW = TestCertificates.now();

    private final CertificateAuthority authority = CertificateAuthority.create("a cluster's own", NOW);

    private static X509Certificate read(Issued issued) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(issued.certificatePem().getBytes(StandardCharsets.US_ASCII)));
    }

    private static void validate(Issued leaf, CertificateAuthority by) throws Exception {
        PKIXParameters trusted = new PKIXParameters(Set.of(new TrustAnchor(read(by.own()), null)));
        trusted.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(read(leaf))), trusted);
    }

    @Test
    void certificate_ofAnAuthority_isValidUnderItAlone() throws Exception {
        Issued leaf = authority.issue("node-1", List.of("node.chordata"), NOW);
        CertificateAuthority other = CertificateAuthority.create("a cluster's own", NOW);

        validate(leaf, authority);
        assertThatThrownBy(() -> validate(leaf, other)).isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void certificate_ofANode_saysWhatItIsFor() throws Exception {
        X509Certificate leaf =
                read(authority.issue("node-1", List.of("node.chordata", "s3.example.org", "10.0.0.1", "::1"), NOW));

        assertThat(leaf.getSubjectAlternativeNames())
                .extracting(entry -> entry.get(0) + " " + entry.get(1))
                .containsExactlyInAnyOrder("2 node.chordata", "2 s3.example.org", "7 10.0.0.1", "7 0:0:0:0:0:0:0:1");
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(leaf.getKeyUsage()).startsWith(true, false);
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=node-1");
        assertThat(leaf.getNotAfter().toInstant().getEpochSecond())
                .isEqualTo(NOW.until().getEpochSecond());
    }

    @Test
    void certificate_ofANode_signsNoOthers() throws Exception {
        Issued node = authority.issue("node-1", List.of("node.chordata"), NOW);

        assertThat(read(authority.own()).getBasicConstraints()).isZero();
        assertThatThrownBy(() -> CertificateAuthority.of(node)).isInstanceOf(TlsFilesException.class);
    }

    @Test
    void certificate_intoTheFarFuture_keepsItsTime() throws Exception {
        Life life = new Life(NOW.from(), Instant.parse("2077-05-04T03:02:01Z"));
        CertificateAuthority lasting = CertificateAuthority.create("lasting", life);

        assertThat(read(lasting.issue("late", List.of("node.chordata"), life)).getNotAfter())
                .isEqualTo("2077-05-04T03:02:01Z");
    }

    @Test
    void certificate_forLongerThanItsAuthority_endsWithIt() throws Exception {
        Life longer = new Life(NOW.from(), NOW.until().plusSeconds(999));

        assertThat(read(authority.issue("longer", List.of("node.chordata"), longer))
                        .getNotAfter()
                        .toInstant())
                .isEqualTo(authority.until());
    }

    @Test
    void authority_readAgain_signsAsBefore() throws Exception {
        CertificateAuthority again = CertificateAuthority.of(authority.own());

        validate(again.issue("node-2", List.of("node.chordata"), NOW), authority);
    }

    @Test
    void authority_withTheKeyOfAnother_isRefused() {
        Issued mixed = new Issued(
                authority.own().certificatePem(),
                CertificateAuthority.create("other", NOW).own().keyPem());

        assertThatThrownBy(() -> CertificateAuthority.of(mixed)).isInstanceOf(TlsFilesException.class);
        assertThatThrownBy(() -> CertificateAuthority.of(new Issued("nonsense", "nonsense")))
                .isInstanceOf(TlsFilesException.class);
    }

    @Test
    void issued_printed_showsNoKey() {
        assertThat(authority.own().toString()).doesNotContain("PRIVATE").contains("CERTIFICATE");
    }
}

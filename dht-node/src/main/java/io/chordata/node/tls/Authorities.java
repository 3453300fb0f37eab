package io.chordata.node.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Who may sign the certificates of the other side: the certificates in a file. */
record Authorities(String path, List<X509Certificate> certificates) {
    /** What a server's certificate is asked for where the cipher suite does not say it, as in TLS 1.3. */
    private static final String ANY_KEY_EXCHANGE = "UNKNOWN";

    Authorities {
        certificates = List.copyOf(certificates);
    }

    /** Takes a chain only if the other side would that trusts the same: by the same code, as a server's and as a client's. */
    void requireTrusts(String chainPath, List<X509Certificate> chain, Instant now) throws TlsFilesException {
        X509Certificate[] shown = chain.toArray(X509Certificate[]::new);
        try {
            X509TrustManager manager = trustManager(now);
            manager.checkServerTrusted(shown, ANY_KEY_EXCHANGE);
            manager.checkClientTrusted(shown, ANY_KEY_EXCHANGE);
        } catch (CertificateException e) {
            throw new TlsFilesException(
                    chainPath + " would be refused by others that trust " + path + ", too: " + e.getMessage());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform validates certificates", e);
        }
    }

    private X509TrustManager trustManager(Instant now) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("" + i, certificates.get(i));
        }
        PKIXBuilderParameters trusted = new PKIXBuilderParameters(store, new X509CertSelector());
        trusted.setRevocationEnabled(false);
        trusted.setDate(Date.from(now));
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(trusted));
        return Stream.of(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** The one that signed the last of a chain, or is it; of several the one that counts longest. */
    Optional<X509Certificate> signerOf(List<X509Certificate> chain) {
        X509Certificate last = chain.get(chain.size() - 1);
        return certificates.stream()
                .filter(authority -> authority.equals(last) || isSigned(last, authority.getPublicKey()))
                .max((one, other) -> one.getNotAfter().compareTo(other.getNotAfter()));
    }

    private static boolean isSigned(X509Certificate certificate, PublicKey by) {
        try {
            certificate.verify(by);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}

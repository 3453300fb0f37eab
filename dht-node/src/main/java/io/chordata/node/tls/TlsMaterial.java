package io.chordata.node.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its key, and whom it trusts, as they were found to be usable: the key is the certificate's, today is
 * within its time, and others that trust the same would take it. Immutable, in memory, so that nobody reads the files again at
 * another moment.
 */
public final class TlsMaterial {
    private static final Set<String> VERSIONS = new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2"));
    private static final byte[] PROBE = {1, 2, 3};
    /** How Java numbers the kinds of names, after RFC 5280. */
    private static final Integer DNS_NAME = 2;

    private final PemFiles files;
    private final X509Certificate certificate;
    private final Ending ending;

    private TlsMaterial(PemFiles files, X509Certificate certificate, Ending ending) {
        this.files = files;
        this.certificate = certificate;
        this.ending = ending;
    }

    /** Which of the certificates ceases to be valid first: that of a file. */
    record Ending(String path, Instant at) {
        Ending orSooner(Ending other) {
            return other.at.isBefore(at) ? other : this;
        }
    }

    /** Reads and checks. Blocks. */
    public static TlsMaterial load(Vertx vertx, TlsOptions options, long wallMillis) throws TlsFilesException {
        return of(vertx, options, PemFiles.read(options), wallMillis);
    }

    static TlsMaterial of(Vertx vertx, TlsOptions options, PemFiles files, long wallMillis) throws TlsFilesException {
        String path = options.certificatePath();
        List<X509Certificate> chain = certificates(path, files.certificate());
        X509Certificate certificate = chain.get(0);
        Instant now = Instant.ofEpochMilli(wallMillis);
        requireInTime(path, certificate, now);
        requireKeyOf(vertx, options, files, certificate);
        Authorities authorities = authorities(options, files);
        String name = options.name();
        if (name != null) {
            authorities.requireTrusts(path, chain, now);
            requireFor(path, certificate, name);
        }
        return new TlsMaterial(files, certificate, ending(path, chain, authorities));
    }

    private static Authorities authorities(TlsOptions options, PemFiles files) throws TlsFilesException {
        String path = String.valueOf(options.authorityPath());
        Buffer pem = files.authority();
        return new Authorities(path, pem == null ? List.of() : certificates(path, pem));
    }

    private static Ending ending(String path, List<X509Certificate> chain, Authorities authorities) {
        Ending ending = chain.stream()
                .map(certificate -> new Ending(path, end(certificate)))
                .reduce(Ending::orSooner)
                .orElseThrow();
        return authorities
                .signerOf(chain)
                .map(authority -> ending.orSooner(new Ending(authorities.path(), end(authority))))
                .orElse(ending);
    }

    private static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    private static void requireFor(String path, X509Certificate certificate, String name) throws TlsFilesException {
        if (!isFor(certificate, name)) {
            throw new TlsFilesException(path + " is not for '" + name + "', the DNS name that others look for in it");
        }
    }

    private static List<X509Certificate> certificates(String path, Buffer pem) throws TlsFilesException {
        try {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem.getBytes()))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw new TlsFilesException(path + " holds no certificate");
            }
            return certificates;
        } catch (GeneralSecurityException e) {
            throw new TlsFilesException(path + " holds what is no certificate: " + e.getMessage());
        }
    }

    private static void requireInTime(String path, X509Certificate certificate, Instant now) throws TlsFilesException {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isAfter(until)) {
            throw new TlsFilesException(path + " expired at " + until);
        }
        if (now.isBefore(from)) {
            throw new TlsFilesException(path + " is not valid before " + from);
        }
    }

    private static void requireKeyOf(Vertx vertx, TlsOptions options, PemFiles files, X509Certificate certificate)
            throws TlsFilesException {
        PrivateKey key = keyOf(vertx, options, files, certificate);
        if (!isPair(key, certificate)) {
            throw new TlsFilesException(
                    options.keyPath() + " is not the key of the certificate in " + options.certificatePath());
        }
    }

    /** As TLS will read it. What fails here may quote the file, so it is not told on. */
    private static PrivateKey keyOf(Vertx vertx, TlsOptions options, PemFiles files, X509Certificate certificate)
            throws TlsFilesException {
        PrivateKey key = null;
        try {
            for (KeyManager manager :
                    files.keyCertificate().getKeyManagerFactory(vertx).getKeyManagers()) {
                key = manager instanceof X509KeyManager keys ? keyIn(keys, certificate) : key;
            }
        } catch (Exception e) {
            throw new TlsFilesException(
                    options.keyPath() + " holds no RSA or EC private key in PEM without a password");
        }
        if (key == null) {
            throw new TlsFilesException(options.keyPath() + " is not a key of the certificate's kind, "
                    + certificate.getPublicKey().getAlgorithm());
        }
        return key;
    }

    private static @Nullable PrivateKey keyIn(X509KeyManager keys, X509Certificate certificate) {
        String[] names = keys.getServerAliases(certificate.getPublicKey().getAlgorithm(), null);
        return names == null ? null : keys.getPrivateKey(names[0]);
    }

    static boolean isPair(PrivateKey key, X509Certificate certificate) {
        try {
            Signature signature = Signature.getInstance(signatureBy(key.getAlgorithm()));
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String signatureBy(String algorithm) {
        return switch (algorithm) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> algorithm;
        };
    }

    /** For a server: TLS 1.3 and 1.2 only; whoever connects needs a certificate if there is an authority. */
    public ServerSSLOptions server() {
        ServerSSLOptions options = new ServerSSLOptions();
        fill(options);
        if (files.authority() != null) {
            options.setClientAuth(ClientAuth.REQUIRED);
        }
        return options;
    }

    /** The same for what Netty makes connections of. Blocks. */
    public SslContext serverContext(Vertx vertx) {
        try {
            return SslContextBuilder.forServer(files.keyCertificate().getKeyManagerFactory(vertx))
                    .sslProvider(SslProvider.JDK)
                    .protocols(VERSIONS)
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException("what was checked cannot be used", e);
        }
    }

    /** For a client that knows by itself whom it has reached: the name in the other's certificate is not looked at. */
    public ClientSSLOptions client() {
        ClientSSLOptions options = new ClientSSLOptions().setHostnameVerificationAlgorithm("");
        fill(options);
        return options;
    }

    private void fill(SSLOptions options) {
        options.setKeyCertOptions(files.keyCertificate()).setEnabledSecureTransportProtocols(VERSIONS);
        Buffer authority = files.authority();
        if (authority != null) {
            options.setTrustOptions(new PemTrustOptions().addCertValue(authority));
        }
    }

    boolean isOf(PemFiles other) {
        return files.equals(other);
    }

    /** When it begins to be valid. */
    public Instant notBefore() {
        return certificate.getNotBefore().toInstant();
    }

    /** When it ceases to be valid, be it that one between it and its authority does so, or that one, as far as it is known. */
    public Instant notAfter() {
        return ending.at();
    }

    /** The file in which the certificate is that ceases to be valid first. */
    String endingPath() {
        return ending.path();
    }

    /** Whether a certificate is for a DNS name: for it as it is, as nobody needs wildcards here. */
    public static boolean isFor(Certificate certificate, String name) {
        try {
            return certificate instanceof X509Certificate x509
                    && x509.getSubjectAlternativeNames() != null
                    && x509.getSubjectAlternativeNames().stream()
                            .anyMatch(entry -> entry.get(0).equals(DNS_NAME)
                                    && entry.get(1).toString().equalsIgnoreCase(name));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "TlsMaterial[" + certificate.getSubjectX500Principal() + " until " + notAfter() + "]";
    }
}

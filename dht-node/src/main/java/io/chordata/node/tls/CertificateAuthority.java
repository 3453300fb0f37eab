package io.chordata.node.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Signs the certificates of a cluster's nodes: X.509 version 3 (RFC 5280), keys on the curve P-256. The JDK reads
 * certificates but has no public way to make them, and a library that has is a tenth of the program, so the dozen values of
 * one are written here; whoever uses them, the JDK or another, checks every one of them.
 */
public final class CertificateAuthority {
    private static final String CURVE = "secp256r1";
    private static final String SIGNATURE = "SHA256withECDSA";
    private static final int SERIAL_BITS = 127;
    private static final int KEY_ID_BYTES = 20;
    private static final int PEM_LINE = 64;
    private static final byte[] ALGORITHM = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
    private static final String KEY_LABEL = "PRIVATE KEY";

    /** digitalSignature; keyCertSign and cRLSign. */
    private static final byte[] SIGNS_DATA = Der.flags(0x80, 7);

    private static final byte[] SIGNS_CERTIFICATES = Der.flags(0x06, 1);
    private static final byte[] FOR_SERVERS = Der.oid("1.3.6.1.5.5.7.3.1");
    private static final byte[] FOR_CLIENTS = Der.oid("1.3.6.1.5.5.7.3.2");
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final Issued own;
    private final X509Certificate certificate;
    private final PrivateKey key;

    private CertificateAuthority(Issued own) throws GeneralSecurityException {
        this.own = own;
        this.certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(own.certificatePem().getBytes(StandardCharsets.US_ASCII)));
        this.key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(unpem(own.keyPem())));
    }

    /** From when until when a certificate counts. */
    public record Life(Instant from, Instant until) {}

    /** A new one that signs itself. */
    public static CertificateAuthority create(String name, Life life) {
        try {
            KeyPair pair = newPair();
            byte[] distinguished = distinguished(name);
            byte[] extensions = Der.sequence(
                    extension("2.5.29.19", true, Der.sequence(Der.TRUE, Der.integer(BigInteger.ZERO))),
                    extension("2.5.29.15", true, SIGNS_CERTIFICATES),
                    extension("2.5.29.14", false, Der.octets(keyId(pair.getPublic()))));
            byte[] body = body(distinguished, distinguished, life, pair.getPublic(), extensions);
            return new CertificateAuthority(issued(body, pair.getPrivate(), pair.getPrivate()));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /**
     * One that was made before.
     *
     * @throws TlsFilesException if that is not what the texts hold
     */
    public static CertificateAuthority of(Issued own) throws TlsFilesException {
        try {
            CertificateAuthority authority = new CertificateAuthority(own);
            if (authority.certificate.getBasicConstraints() >= 0
                    && TlsMaterial.isPair(authority.key, authority.certificate)) {
                return authority;
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw noAuthority();
        }
        throw noAuthority();
    }

    private static TlsFilesException noAuthority() {
        return new TlsFilesException(
                "these are not the certificate and key of an authority made by 'chordata certs ca'");
    }

    /** Its certificate, which others trust, and its key. */
    public Issued own() {
        return own;
    }

    /** When it ceases to count, and with it all that it signed. */
    public Instant until() {
        return certificate.getNotAfter().toInstant();
    }

    /**
     * A certificate for servers and clients.
     *
     * @param name whose it is, for people
     * @param hosts DNS names and IP addresses that it is for, as {@link HostNames} knows them
     * @param wanted how long it counts, if the authority does
     */
    public Issued issue(String name, List<String> hosts, Life wanted) {
        Life life = wanted.until.isAfter(until()) ? new Life(wanted.from, until()) : wanted;
        try {
            KeyPair pair = newPair();
            byte[] extensions = Der.sequence(
                    extension("2.5.29.19", true, Der.sequence()),
                    extension("2.5.29.15", true, SIGNS_DATA),
                    extension("2.5.29.37", false, Der.sequence(FOR_SERVERS, FOR_CLIENTS)),
                    extension("2.5.29.17", false, alternativeNames(hosts)),
                    extension("2.5.29.14", false, Der.octets(keyId(pair.getPublic()))),
                    extension("2.5.29.35", false, Der.sequence(Der.implicit(0, keyId(certificate.getPublicKey())))));
            byte[] issuer = certificate.getSubjectX500Principal().getEncoded();
            byte[] body = body(issuer, distinguished(name), life, pair.getPublic(), extensions);
            return issued(body, key, pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static KeyPair newPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(CURVE));
        return generator.generateKeyPair();
    }

    /** TBSCertificate, RFC 5280, 4.1. */
    private static byte[] body(byte[] issuer, byte[] subject, Life life, PublicKey publicKey, byte[] extensions) {
        return Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE)),
                ALGORITHM,
                issuer,
                Der.sequence(Der.time(life.from), Der.time(life.until)),
                subject,
                publicKey.getEncoded(),
                Der.explicit(3, extensions));
    }

    private static byte[] distinguished(String commonName) {
        return Der.sequence(Der.setOf(Der.sequence(Der.oid("2.5.4.3"), Der.utf8(commonName))));
    }

    private static byte[] extension(String oid, boolean isCritical, byte[] value) {
        byte[] wrapped = Der.octets(value);
        return isCritical ? Der.sequence(Der.oid(oid), Der.TRUE, wrapped) : Der.sequence(Der.oid(oid), wrapped);
    }

    private static byte[] alternativeNames(List<String> hosts) {
        return Der.sequence(
                hosts.stream().map(CertificateAuthority::alternativeName).toArray(byte[][]::new));
    }

    private static byte[] alternativeName(String host) {
        byte[] address = HostNames.addressOf(host);
        return address == null
                ? Der.implicit(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII))
                : Der.implicit(IP_ADDRESS, address);
    }

    private static byte[] keyId(PublicKey publicKey) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKey.getEncoded());
        return Arrays.copyOf(digest, KEY_ID_BYTES);
    }

    private static Issued issued(byte[] body, PrivateKey signer, PrivateKey owned) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(SIGNATURE);
        signature.initSign(signer);
        signature.update(body);
        byte[] whole = Der.sequence(body, ALGORITHM, Der.bits(signature.sign()));
        return new Issued(pem("CERTIFICATE", whole), pem(KEY_LABEL, owned.getEncoded()));
    }

    private static String pem(String label, byte[] bytes) {
        String text = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }

    private static byte[] unpem(String pem) {
        return Base64.getMimeDecoder()
                .decode(pem.replace("-----BEGIN " + KEY_LABEL + "-----", "")
                        .replace("-----END " + KEY_LABEL + "-----", ""));
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("every Java platform has P-256 and SHA-256", e);
    }
}

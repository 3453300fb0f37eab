package io.chordata.client.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import org.jspecify.annotations.Nullable;

/** Trust in those who sign the certificates of nodes, and in nobody else. */
public final class TrustedAuthority {
    private static final long BYTES_MAX = 1 << 20;

    private TrustedAuthority() {}

    /**
     * Reads certificates. Blocks.
     *
     * @param file of certificates, PEM
     * @throws IllegalArgumentException if it holds none
     */
    public static TrustOptions read(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw refused(file, "it is too long", null);
            }
            byte[] pem = Files.readAllBytes(file);
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .isEmpty()) {
                throw refused(file, "it is empty", null);
            }
            return new PemTrustOptions().addCertValue(Buffer.buffer(pem));
        } catch (IOException | CertificateException e) {
            throw refused(file, e.toString(), e);
        }
    }

    private static IllegalArgumentException refused(Path file, String why, @Nullable Throwable cause) {
        return new IllegalArgumentException(file + " holds no certificates to trust: " + why, cause);
    }
}

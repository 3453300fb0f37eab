package io.chordata.node.tls;

import org.jspecify.annotations.Nullable;

/**
 * The files of one port's certificate.
 *
 * @param certificatePath the certificate and those between it and its authority, PEM
 * @param keyPath its private key, PEM (PKCS #8)
 * @param authorityPath the certificates of who may sign those of the other side, PEM; null if it needs none
 */
public record TlsOptions(
        String certificatePath, String keyPath, @Nullable String authorityPath) {
    public TlsOptions {
        require("certificatePath", certificatePath);
        require("keyPath", keyPath);
        if (authorityPath != null) {
            require("authorityPath", authorityPath);
        }
    }

    private static void require(String name, String path) {
        if (path.isBlank()) {
            throw new IllegalArgumentException(name + " must name a file");
        }
    }
}

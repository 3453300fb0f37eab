package io.chordata.node.tls;

import org.jspecify.annotations.Nullable;

/**
 * The files of one port's certificate.
 *
 * @param certificatePath the certificate and those between it and its authority, PEM
 * @param keyPath its private key, PEM (PKCS #8)
 * @param authorityPath the certificates of who may sign those of the other side, PEM; null if it needs none
 * @param name DNS name that others look for in this certificate, who trust the same authorities; null if there are no such
 */
public record TlsOptions(
        String certificatePath,
        String keyPath,
        @Nullable String authorityPath,
        @Nullable String name) {
    public TlsOptions {
        require("certificatePath", certificatePath);
        require("keyPath", keyPath);
        if (authorityPath != null) {
            require("authorityPath", authorityPath);
        }
        if (name != null && (name.isBlank() || authorityPath == null)) {
            throw new IllegalArgumentException("name must be a DNS name, with authorities");
        }
    }

    /** Of a port whose certificate is nothing that this node could check by what it trusts itself. */
    public TlsOptions(String certificatePath, String keyPath, @Nullable String authorityPath) {
        this(certificatePath, keyPath, authorityPath, null);
    }

    private static void require(String name, String path) {
        if (path.isBlank()) {
            throw new IllegalArgumentException(name + " must name a file");
        }
    }
}

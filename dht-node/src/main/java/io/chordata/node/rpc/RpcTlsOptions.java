package io.chordata.node.rpc;

/**
 * Mutual TLS between nodes: each shows a certificate that the cluster's authority signed. Names in certificates are not
 * compared with addresses, as a node is known by its id, which the handshake within TLS proves.
 *
 * @param certificatePath the node's certificate chain, PEM
 * @param keyPath its private key, PEM (PKCS #8)
 * @param authorityPath the certificates of who may sign those of peers, PEM
 */
public record RpcTlsOptions(String certificatePath, String keyPath, String authorityPath) {
    public RpcTlsOptions {
        require("certificatePath", certificatePath);
        require("keyPath", keyPath);
        require("authorityPath", authorityPath);
    }

    private static void require(String name, String path) {
        if (path.isBlank()) {
            throw new IllegalArgumentException(name + " must name a file");
        }
    }
}

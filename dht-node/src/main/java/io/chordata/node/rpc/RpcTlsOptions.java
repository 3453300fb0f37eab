package io.chordata.node.rpc;

import io.chordata.node.tls.TlsOptions;

/**
 * Mutual TLS between nodes: each shows a certificate that the cluster's authority signed and that is for the cluster's name.
 * That name, not an address, is what both sides look for: addresses change, and a node is known by its id, which the handshake
 * within TLS proves. So an authority may sign for other purposes, and for other clusters, as well.
 *
 * @param certificatePath the node's certificate chain, PEM
 * @param keyPath its private key, PEM (PKCS #8)
 * @param authorityPath the certificates of who may sign those of peers, PEM
 * @param name DNS name that each node's certificate has among its alternative names
 */
public record RpcTlsOptions(String certificatePath, String keyPath, String authorityPath, String name) {
    public static final String DEFAULT_NAME = "node.chordata";

    public RpcTlsOptions {
        new TlsOptions(certificatePath, keyPath, authorityPath);
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must be a DNS name");
        }
    }

    /** All nodes have the same authorities and look for the same name, so each can tell whether others would take its own. */
    public TlsOptions files() {
        return new TlsOptions(certificatePath, keyPath, authorityPath, name);
    }
}

package io.chordata.node.tls;

/**
 * A certificate that was made, and its key.
 *
 * @param certificatePem for everybody
 * @param keyPem for nobody but its owner; never printed
 */
public record Issued(String certificatePem, String keyPem) {
    @Override
    public String toString() {
        return "Issued[" + certificatePem + "]";
    }
}

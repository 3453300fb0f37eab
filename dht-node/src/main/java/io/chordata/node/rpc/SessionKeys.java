package io.chordata.node.rpc;

import io.chordata.node.core.ClusterSecret;

/**
 * What both sides of a connection derive from the cluster secret and the two hellos, that is from cluster, node ids,
 * versions offered, and both nonces. A proof or a record made for one connection, or by one side, is worth nothing on
 * another, or from the other side.
 */
final class SessionKeys {
    static final int PROOF_BYTES = 32;

    private final ClusterSecret.Keys keys;
    private final byte[] transcript;

    SessionKeys(ClusterSecret secret, byte[] dialerHello, byte[] listenerHello) {
        transcript = new byte[dialerHello.length + listenerHello.length];
        System.arraycopy(dialerHello, 0, transcript, 0, dialerHello.length);
        System.arraycopy(listenerHello, 0, transcript, dialerHello.length, listenerHello.length);
        keys = secret.keysFor(transcript);
    }

    byte[] dialerProof() {
        return proof("chordata rpc dialer proof");
    }

    byte[] listenerProof() {
        return proof("chordata rpc listener proof");
    }

    /** Of the records that the dialer sends. */
    RecordKey dialerRecords() {
        return new RecordKey(keys.key("chordata rpc dialer records"));
    }

    RecordKey listenerRecords() {
        return new RecordKey(keys.key("chordata rpc listener records"));
    }

    private byte[] proof(String label) {
        return ClusterSecret.hmac(keys.key(label), transcript);
    }
}

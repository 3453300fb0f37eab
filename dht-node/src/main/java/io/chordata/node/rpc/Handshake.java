package io.chordata.node.rpc;

import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RandomSource;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * One side of the handshake, without socket and clock: takes messages of fixed sizes, gives replies, ends with a
 * {@link Session} or a refusal.
 *
 * <pre>
 *   dialer                                listener
 *     hello, 128 bytes  ───────────────▶    checks magic, version, cluster, who is meant
 *     checks the same   ◀───────────────  hello, 128 bytes
 *     proof, 32 bytes   ───────────────▶    checks the proof, then whether the id is its own
 *     checks the proof  ◀───────────────  proof, 32 bytes
 *     records           ◀──────────────▶  records
 * </pre>
 *
 * The dialer proves itself first: who merely connects learns nothing that depends on the secret. A refused dialer still gets
 * the hello, so that both sides can log what is wrong. Each proof covers both hellos, so none can be replayed, reflected, or
 * used under other ids or versions.
 *
 * <p>A node that has no cluster yet says {@link io.chordata.node.core.ClusterId#NONE}, and may talk to nodes of any cluster
 * that has its secret.
 */
final class Handshake {
    static final int VERSION_MIN = 1;
    static final int VERSION_MAX = 1;

    private static final byte[] NOTHING = {};

    private enum State {
        AWAITS_HELLO,
        AWAITS_PROOF,
        ENDED
    }

    /**
     * @param reply to send, before anything else happens
     * @param session not null: the handshake is over, records follow
     * @param refusal not null: close once the reply is sent
     */
    record Step(
            byte[] reply,
            @Nullable Session session,
            @Nullable Closing refusal) {}

    /**
     * Who the peer is, as proved, and the keys of both directions.
     *
     * @param newcomer whether one or both have no cluster yet
     */
    record Session(NodeId peer, boolean newcomer, RecordKey incoming, RecordKey outgoing) {}

    private final ClusterSecret secret;
    private final boolean dials;
    private final Hello own;
    private State state = State.AWAITS_HELLO;
    private @Nullable Hello theirs;
    private @Nullable SessionKeys keys;

    private Handshake(ClusterSecret secret, boolean dials, Hello own) {
        this.secret = secret;
        this.dials = dials;
        this.own = own;
    }

    static Handshake dialing(RpcNode self, ClusterSecret secret, @Nullable NodeId expected, RandomSource random) {
        return new Handshake(secret, true, new Hello(VERSION_MIN, VERSION_MAX, self, expected, nonce(random)));
    }

    static Handshake listening(RpcNode self, ClusterSecret secret, RandomSource random) {
        return new Handshake(secret, false, new Hello(VERSION_MIN, VERSION_MAX, self, null, nonce(random)));
    }

    private static byte[] nonce(RandomSource random) {
        byte[] nonce = new byte[Hello.NONCE_BYTES];
        random.nextUint128().writeTo(nonce, 0);
        random.nextUint128().writeTo(nonce, Hello.NONCE_BYTES / 2);
        return nonce;
    }

    /** What to send before anything came. */
    byte[] opening() {
        return dials ? own.encode() : NOTHING;
    }

    /** The size of the message that must come next. */
    int expectedBytes() {
        return state == State.AWAITS_HELLO ? Hello.BYTES : SessionKeys.PROOF_BYTES;
    }

    Step on(byte[] message) {
        return switch (state) {
            case AWAITS_HELLO -> onHello(message);
            case AWAITS_PROOF -> onProof(message);
            case ENDED -> throw new IllegalStateException("the handshake is over");
        };
    }

    private Step onHello(byte[] message) {
        Hello hello = Hello.decode(message);
        if (hello == null) {
            return end(NOTHING, Closing.STRANGER);
        }
        byte[] reply = dials ? NOTHING : own.encode();
        Closing refusal = refusalOf(hello);
        if (refusal != null) {
            return end(reply, refusal);
        }
        theirs = hello;
        keys = dials ? new SessionKeys(secret, own.encode(), message) : new SessionKeys(secret, message, own.encode());
        state = State.AWAITS_PROOF;
        return new Step(dials ? keys.dialerProof() : reply, null, null);
    }

    private @Nullable Closing refusalOf(Hello hello) {
        if (Math.min(own.versionMax(), hello.versionMax()) < Math.max(own.versionMin(), hello.versionMin())) {
            return Closing.INCOMPATIBLE_VERSION;
        }
        if (!isNewcomer(hello) && !hello.sender().cluster().equals(own.sender().cluster())) {
            return Closing.OTHER_CLUSTER;
        }
        NodeId meant = dials ? own.expected() : hello.expected();
        NodeId found = dials ? hello.sender().node() : own.sender().node();
        return meant == null || meant.equals(found) ? null : Closing.WRONG_NODE;
    }

    private boolean isNewcomer(Hello hello) {
        return own.sender().cluster().isNone() || hello.sender().cluster().isNone();
    }

    /** Whether this side has proved itself, and the other has yet to answer that. */
    boolean isProofUnanswered() {
        return dials && state == State.AWAITS_PROOF;
    }

    private Step onProof(byte[] proof) {
        if (theirs == null || keys == null) {
            throw new IllegalStateException("a proof before the hello");
        }
        byte[] expected = dials ? keys.listenerProof() : keys.dialerProof();
        if (!MessageDigest.isEqual(expected, proof)) {
            return end(NOTHING, Closing.WRONG_SECRET);
        }
        byte[] reply = dials ? NOTHING : keys.listenerProof();
        NodeId peer = theirs.sender().node();
        if (theirs.sender().equals(own.sender())) {
            return end(reply, Closing.OWN_ADDRESS);
        }
        if (peer.equals(own.sender().node())) {
            return end(reply, Closing.CLONED_NODE);
        }
        state = State.ENDED;
        boolean newcomer = isNewcomer(theirs);
        Session session = dials
                ? new Session(peer, newcomer, keys.listenerRecords(), keys.dialerRecords())
                : new Session(peer, newcomer, keys.dialerRecords(), keys.listenerRecords());
        return new Step(reply, session, null);
    }

    private Step end(byte[] reply, Closing why) {
        state = State.ENDED;
        return new Step(reply, null, why);
    }
}

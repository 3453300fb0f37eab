package io.chordata.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.rpc.Handshake.Session;
import io.chordata.node.rpc.Handshake.Step;
import io.chordata.node.runtime.SecureRandomSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final ClusterSecret SECRET = TestNode.SECRET;
    private static final ClusterSecret OTHER_SECRET = ClusterSecret.of("another secret, 0123456789abcdefgh");
    private static final RpcNode DIALER = node(1, 1, 1);
    private static final RpcNode LISTENER = node(1, 2, 2);
    private final SecureRandomSource random = new SecureRandomSource();

    private static RpcNode node(int cluster, int node, int process) {
        return new RpcNode(
                new ClusterId(new Uint128(0, cluster)), new NodeId(new Uint128(0, node)), new Uint128(0, process));
    }

    /** How both sides end. */
    private record Outcome(Step dialer, Step listener) {
        @Nullable
        Closing dialerRefuses() {
            return dialer.refusal();
        }

        @Nullable
        Closing listenerRefuses() {
            return listener == null ? null : listener.refusal();
        }
    }

    private static Outcome run(Handshake dialer, Handshake listener) {
        Step listenerHello = listener.on(dialer.opening());
        if (listenerHello.reply().length == 0) {
            return new Outcome(new Step(new byte[0], null, null), listenerHello);
        }
        Step dialerProof = dialer.on(listenerHello.reply());
        if (dialerProof.refusal() != null || listenerHello.refusal() != null) {
            return new Outcome(dialerProof, listenerHello);
        }
        Step listenerProof = listener.on(dialerProof.reply());
        if (listenerProof.reply().length == 0) {
            return new Outcome(dialerProof, listenerProof);
        }
        return new Outcome(dialer.on(listenerProof.reply()), listenerProof);
    }

    private Handshake dialing(RpcNode self, ClusterSecret secret, @Nullable NodeId expected) {
        return Handshake.dialing(self, secret, expected, random);
    }

    private Handshake listening(RpcNode self, ClusterSecret secret) {
        return Handshake.listening(self, secret, random);
    }

    private static Session sessionOf(Step step) {
        return Objects.requireNonNull(step.session(), () -> "refused: " + step.refusal());
    }

    @Test
    void nodes_ofOneCluster_knowEachOther() throws Exception {
        Outcome outcome = run(dialing(DIALER, SECRET, LISTENER.node()), listening(LISTENER, SECRET));

        Session dialer = sessionOf(outcome.dialer());
        Session listener = sessionOf(outcome.listener());
        assertThat(dialer.peer()).isEqualTo(LISTENER.node());
        assertThat(listener.peer()).isEqualTo(DIALER.node());
        byte[] record = new byte[RecordKey.sealedBytes(3)];
        dialer.outgoing().seal(new byte[] {1, 2, 3}, 0, 3, record, 0);
        assertThat(listener.incoming().open(record, 4, record.length - 4)).containsExactly(1, 2, 3);
        listener.outgoing().seal(new byte[] {4, 5, 6}, 0, 3, record, 0);
        assertThat(dialer.incoming().open(record, 4, record.length - 4)).containsExactly(4, 5, 6);
    }

    @Test
    void seed_ofUnknownId_isKnownAfterwards() {
        Outcome outcome = run(dialing(DIALER, SECRET, null), listening(LISTENER, SECRET));

        assertThat(sessionOf(outcome.dialer()).peer()).isEqualTo(LISTENER.node());
    }

    @Test
    void dialer_withAnotherSecret_isRefusedByItsProof() {
        Outcome outcome = run(dialing(DIALER, OTHER_SECRET, null), listening(LISTENER, SECRET));

        assertThat(outcome.listenerRefuses()).isEqualTo(Closing.WRONG_SECRET);
        assertThat(outcome.listener().reply())
                .as("nothing that depends on the secret")
                .isEmpty();
    }

    @Test
    void listener_thatOnlyPretends_isRefusedByItsProof() {
        Handshake dialer = dialing(DIALER, SECRET, LISTENER.node());
        dialer.on(listening(LISTENER, OTHER_SECRET).on(dialer.opening()).reply());

        assertThat(dialer.on(new byte[SessionKeys.PROOF_BYTES]).refusal()).isEqualTo(Closing.WRONG_SECRET);
    }

    @Test
    void proof_reflected_isRefused() {
        Handshake dialer = dialing(DIALER, SECRET, LISTENER.node());
        Step proof =
                dialer.on(listening(LISTENER, OTHER_SECRET).on(dialer.opening()).reply());

        assertThat(dialer.on(proof.reply()).refusal()).isEqualTo(Closing.WRONG_SECRET);
    }

    @Test
    void handshake_replayed_isRefused() {
        Handshake dialer = dialing(DIALER, SECRET, LISTENER.node());
        byte[] hello = dialer.opening();
        byte[] proof = dialer.on(listening(LISTENER, SECRET).on(hello).reply()).reply();
        Handshake again = listening(LISTENER, SECRET);
        again.on(hello);

        assertThat(again.on(proof).refusal()).isEqualTo(Closing.WRONG_SECRET);
    }

    @Test
    void hello_changedOnTheWay_isRefusedWhereverItWasChanged() {
        for (int position = 0; position < Hello.BYTES; position++) {
            Handshake dialer = dialing(DIALER, SECRET, LISTENER.node());
            byte[] changed = dialer.opening();
            changed[position] ^= 1;
            Handshake listener = listening(LISTENER, SECRET);
            Step first = listener.on(changed);
            if (first.refusal() == null) {
                Step proof = dialer.on(first.reply());
                assertThat(listener.on(proof.reply()).refusal())
                        .as("position %d", position)
                        .isEqualTo(Closing.WRONG_SECRET);
            }
        }
    }

    @Test
    void stranger_withoutTheMagicWord_getsNoWord() {
        Step step = listening(LISTENER, SECRET).on(new byte[Hello.BYTES]);

        assertThat(step.refusal()).isEqualTo(Closing.STRANGER);
        assertThat(step.reply()).isEmpty();
    }

    @Test
    void cluster_other_isRefusedByBoth() {
        Outcome outcome = run(dialing(node(9, 1, 1), SECRET, null), listening(LISTENER, SECRET));

        assertThat(outcome.dialerRefuses()).isEqualTo(Closing.OTHER_CLUSTER);
        assertThat(outcome.listenerRefuses()).isEqualTo(Closing.OTHER_CLUSTER);
    }

    @Test
    void node_withoutACluster_isANewcomerToAnyNodeAndKnownAsSuchByBoth() {
        List<RpcNode> dialers = List.of(node(0, 1, 1), node(0, 1, 1), node(5, 1, 1));
        List<RpcNode> listeners = List.of(node(0, 2, 2), node(5, 2, 2), node(0, 2, 2));
        for (int i = 0; i < dialers.size(); i++) {
            Outcome outcome =
                    run(dialing(dialers.get(i), SECRET, listeners.get(i).node()), listening(listeners.get(i), SECRET));

            assertThat(sessionOf(outcome.dialer()).newcomer()).isTrue();
            assertThat(sessionOf(outcome.listener()).newcomer()).isTrue();
        }
    }

    @Test
    void nodes_ofOneCluster_areNoNewcomersToEachOther() {
        Outcome outcome = run(dialing(DIALER, SECRET, null), listening(LISTENER, SECRET));

        assertThat(sessionOf(outcome.dialer()).newcomer()).isFalse();
        assertThat(sessionOf(outcome.listener()).newcomer()).isFalse();
    }

    @Test
    void newcomer_withAnotherSecret_isRefusedByItsProof() {
        Outcome outcome = run(dialing(node(0, 1, 1), OTHER_SECRET, null), listening(LISTENER, SECRET));

        assertThat(outcome.listenerRefuses()).isEqualTo(Closing.WRONG_SECRET);
        assertThat(outcome.listener().reply()).isEmpty();
    }

    @Test
    void newcomer_thatDialsItself_orACloneOfIt_isToldSo() {
        RpcNode newcomer = node(0, 1, 1);

        assertThat(run(dialing(newcomer, SECRET, null), listening(newcomer, SECRET))
                        .dialerRefuses())
                .isEqualTo(Closing.OWN_ADDRESS);
        assertThat(run(dialing(newcomer, SECRET, null), listening(node(0, 1, 2), SECRET))
                        .dialerRefuses())
                .isEqualTo(Closing.CLONED_NODE);
    }

    @Test
    void proof_ofTheDialer_isUnansweredUntilTheListenersCame() {
        Handshake dialer = dialing(DIALER, SECRET, null);
        Handshake listener = listening(LISTENER, SECRET);
        assertThat(dialer.isProofUnanswered()).isFalse();

        Step proof = dialer.on(listener.on(dialer.opening()).reply());
        assertThat(dialer.isProofUnanswered()).isTrue();
        assertThat(listener.isProofUnanswered()).isFalse();

        dialer.on(listener.on(proof.reply()).reply());
        assertThat(dialer.isProofUnanswered()).isFalse();
    }

    @Test
    void node_otherThanMeant_isRefusedByBoth() {
        Outcome outcome = run(dialing(DIALER, SECRET, node(1, 9, 9).node()), listening(LISTENER, SECRET));

        assertThat(outcome.dialerRefuses()).isEqualTo(Closing.WRONG_NODE);
        assertThat(outcome.listenerRefuses()).isEqualTo(Closing.WRONG_NODE);
    }

    @Test
    void node_onACopyOfTheDisk_isRefusedByBothOnceItIsProved() {
        Outcome outcome = run(dialing(DIALER, SECRET, null), listening(node(1, 1, 9), SECRET));

        assertThat(outcome.dialerRefuses()).isEqualTo(Closing.CLONED_NODE);
        assertThat(outcome.listenerRefuses()).isEqualTo(Closing.CLONED_NODE);
    }

    @Test
    void claim_toBeThisNode_withoutTheSecret_isNoClone() {
        Outcome outcome = run(dialing(node(1, 2, 9), OTHER_SECRET, null), listening(LISTENER, SECRET));

        assertThat(outcome.listenerRefuses()).isEqualTo(Closing.WRONG_SECRET);
    }

    @Test
    void node_thatDialsItself_isToldApartFromAClone() {
        Outcome outcome = run(dialing(DIALER, SECRET, null), listening(DIALER, SECRET));

        assertThat(outcome.dialerRefuses()).isEqualTo(Closing.OWN_ADDRESS);
        assertThat(outcome.listenerRefuses()).isEqualTo(Closing.OWN_ADDRESS);
    }

    /** Whoever echoes what it hears would otherwise pass for this node itself. */
    @Test
    void echo_ofTheDialersOwnWords_isNotTakenForItself() {
        Handshake dialer = dialing(DIALER, SECRET, null);
        Step proof = dialer.on(dialer.opening());

        assertThat(proof.refusal()).isNull();
        assertThat(dialer.on(proof.reply()).refusal()).isEqualTo(Closing.WRONG_SECRET);
    }

    @Test
    void versions_withoutACommonOne_areRefusedByBoth() {
        Hello future = new Hello(2, 5, LISTENER, null, new byte[Hello.NONCE_BYTES]);

        assertThat(listening(DIALER, SECRET).on(future.encode()).refusal()).isEqualTo(Closing.INCOMPATIBLE_VERSION);
        assertThat(dialing(DIALER, SECRET, null).on(future.encode()).refusal()).isEqualTo(Closing.INCOMPATIBLE_VERSION);
    }

    @Test
    void versions_thatReachBackToThisOne_areAccepted() {
        Hello newer = new Hello(1, 5, LISTENER, null, new byte[Hello.NONCE_BYTES]);

        assertThat(listening(DIALER, SECRET).on(newer.encode()).refusal()).isNull();
    }
}

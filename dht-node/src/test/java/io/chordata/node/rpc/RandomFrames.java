package io.chordata.node.rpc;

import com.google.protobuf.ByteString;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.rpc.RpcProtos.Envelope;
import io.chordata.node.runtime.SecureRandomSource;
import java.util.Arrays;
import java.util.Random;

/** A node of the cluster that has lost its mind: it proves itself, then says anything to any service, and reads no answer. */
public final class RandomFrames {
    private static final int FRAMES_EACH = 50;
    private static final int RECORDS_EACH = 20;
    private static final int PAYLOAD_MAX = 200;
    /** Of a message that may well be one: a few fields. */
    private static final int SHORT = 12;

    private RandomFrames() {}

    /** @param payload of whatever service it is for */
    static Envelope of(Random random, byte[] payload) {
        return Envelope.newBuilder()
                .setKindValue(random.nextInt(7))
                .setService(random.nextInt(16))
                .setRequest(random.nextInt(20) == 0 ? random.nextInt(100) : random.nextLong())
                .setTimeoutMillis(random.nextInt())
                .setPayload(ByteString.copyFrom(payload))
                .build();
    }

    /** On one connection after the other, as one that has heard enough ends it. */
    public static void send(
            NodeAddress to, ClusterId cluster, NodeId self, ClusterSecret secret, Random random, int count) {
        for (int sent = 0; sent < count; sent += RECORDS_EACH * FRAMES_EACH) {
            RpcNode node = new RpcNode(cluster, self, new SecureRandomSource().nextUint128());
            try (RawPeer peer = RawPeer.proved(to, node, secret)) {
                for (int i = 0; i < RECORDS_EACH; i++) {
                    Envelope[] frames = new Envelope[FRAMES_EACH];
                    Arrays.setAll(frames, each -> of(random, payload(random)));
                    peer.write(frames);
                }
            }
        }
    }

    /** Short and empty ones are often messages, with fields that say nothing. */
    private static byte[] payload(Random random) {
        byte[] payload = new byte[random.nextInt(random.nextBoolean() ? SHORT : PAYLOAD_MAX)];
        random.nextBytes(payload);
        return payload;
    }
}

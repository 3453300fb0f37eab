package io.chordata.node.rpc;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The first thing that either side says, in clear, of a size that never changes: 128 bytes, big-endian, of which the last
 * 20 are zero and not looked at. It claims, the proof that follows proves.
 *
 * @param versionMin oldest version of the protocol that the sender speaks
 * @param versionMax newest one
 * @param sender who says so
 * @param expected whom the dialer means to reach; null if it does not know, and from the listener
 * @param nonce 32 random bytes, never used before
 */
record Hello(
        int versionMin,
        int versionMax,
        RpcNode sender,
        @Nullable NodeId expected,
        byte[] nonce) {
    static final int BYTES = 128;
    static final int NONCE_BYTES = 32;

    private static final byte[] MAGIC = "CHORDATA".getBytes(StandardCharsets.US_ASCII);

    byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .put(MAGIC)
                .putShort((short) versionMin)
                .putShort((short) versionMax)
                .put(sender.cluster().value().toBytes())
                .put(sender.node().value().toBytes())
                .put((expected == null ? Uint128.ZERO : expected.value()).toBytes())
                .put(sender.process().toBytes())
                .put(nonce)
                .array();
    }

    /** Null if whoever sent this does not speak the protocol. */
    static @Nullable Hello decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (!Arrays.equals(MAGIC, take(buffer, MAGIC.length))) {
            return null;
        }
        int versionMin = Short.toUnsignedInt(buffer.getShort());
        int versionMax = Short.toUnsignedInt(buffer.getShort());
        ClusterId cluster = new ClusterId(takeId(buffer));
        NodeId node = new NodeId(takeId(buffer));
        Uint128 expected = takeId(buffer);
        RpcNode sender = new RpcNode(cluster, node, takeId(buffer));
        return new Hello(
                versionMin,
                versionMax,
                sender,
                expected.equals(Uint128.ZERO) ? null : new NodeId(expected),
                take(buffer, NONCE_BYTES));
    }

    private static Uint128 takeId(ByteBuffer buffer) {
        return Uint128.fromBytes(take(buffer, Uint128.BYTES), 0);
    }

    private static byte[] take(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}

package io.chordata.node.ring;

import com.google.protobuf.InvalidProtocolBufferException;

/** Messages as bytes ({@code ring.proto}). What decodes is possible in itself; whether it can be true, the node knows. */
public final class RingCodec {
    /** A larger message is nonsense. */
    static final int MESSAGE_BYTES_MAX = 1 << 20;

    private RingCodec() {}

    public static byte[] encode(RingMessage message) {
        return new MessageEncoder(message.from()).encode(message).toByteArray();
    }

    /** @throws MalformedException if it is none, or says what cannot be */
    public static RingMessage decode(byte[] bytes) throws MalformedException {
        if (bytes.length > MESSAGE_BYTES_MAX) {
            throw new MalformedException(bytes.length + " bytes, at most " + MESSAGE_BYTES_MAX);
        }
        try {
            RingProtos.Message message = RingProtos.Message.parseFrom(bytes);
            return new MessageDecoder(message.getContactsList()).decode(message);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new MalformedException("no message: " + e.getMessage());
        }
    }
}

package io.chordata.node.block.replica;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.vertx.core.buffer.Buffer;

/**
 * How a message is put into a frame: length of the header in 4 bytes, big-endian; the header; raw bytes, which may be none.
 *
 * @param bytes a view
 */
record BlockFrame<H extends Message>(H header, Buffer bytes) {
    private static final Buffer NONE = Buffer.buffer();

    static Buffer encode(Message header) {
        return encode(header, NONE);
    }

    static Buffer encode(Message header, Buffer bytes) {
        byte[] head = header.toByteArray();
        return Buffer.buffer(Integer.BYTES + head.length + bytes.length())
                .appendInt(head.length)
                .appendBytes(head)
                .appendBuffer(bytes);
    }

    /** @throws InvalidProtocolBufferException if that is no such frame */
    static <H extends Message> BlockFrame<H> decode(Parser<H> parser, Buffer frame)
            throws InvalidProtocolBufferException {
        int length = frame.length() < Integer.BYTES ? -1 : frame.getInt(0);
        if (length < 0 || length > frame.length() - Integer.BYTES) {
            throw new InvalidProtocolBufferException("a frame of " + frame.length() + " bytes has no header");
        }
        H header = parser.parseFrom(frame.getBytes(Integer.BYTES, Integer.BYTES + length));
        return new BlockFrame<>(header, frame.slice(Integer.BYTES + length, frame.length()));
    }
}

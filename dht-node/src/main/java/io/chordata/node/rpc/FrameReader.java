package io.chordata.node.rpc;

import com.google.protobuf.CodedInputStream;
import io.chordata.node.rpc.RpcProtos.Envelope;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Puts frames together from what records hold. Keeps at most one that is not complete. */
final class FrameReader {
    private final ByteQueue bytes = new ByteQueue();

    void add(byte[] record) {
        bytes.add(record);
    }

    /**
     * The next frame, null if it is not complete.
     *
     * @throws IOException if what came is no frame
     */
    @Nullable
    Envelope next() throws IOException {
        if (bytes.size() < Frames.LENGTH_BYTES) {
            return null;
        }
        int length = bytes.peekInt();
        if (length < 0 || length > Frames.FRAME_BYTES_MAX) {
            throw new IOException("a frame of " + length + " bytes");
        }
        if (bytes.size() < Frames.LENGTH_BYTES + length) {
            return null;
        }
        Envelope frame = Envelope.parseFrom(
                CodedInputStream.newInstance(bytes.array(), bytes.offset() + Frames.LENGTH_BYTES, length));
        bytes.skip(Frames.LENGTH_BYTES + length);
        return frame;
    }
}

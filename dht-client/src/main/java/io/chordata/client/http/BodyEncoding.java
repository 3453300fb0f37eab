package io.chordata.client.http;

import io.chordata.client.model.ChordataException;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A body on its way into what goes over the wire, held to the length that it promised. For one thread at a time. */
final class BodyEncoding {
    private final @Nullable AwsChunkedEncoder encoder;
    private Buffer last = Buffer.buffer();
    private long rest;

    /** @param encoder null if bytes go as they are */
    BodyEncoding(long length, @Nullable AwsChunkedEncoder encoder) {
        this.rest = length;
        this.encoder = encoder;
    }

    /**
     * What can be sent now; may be empty.
     *
     * @throws ChordataException if it is too long
     */
    Buffer update(Buffer piece) {
        rest -= piece.length();
        if (rest < 0) {
            throw ChordataException.of(ChordataException.CONTENT_FAILED, "the content is longer than it said");
        }
        return encoder == null ? held(piece) : encoder.update(piece);
    }

    /** What was held back before: the last piece goes out when the source has said that it was the last. */
    private Buffer held(Buffer piece) {
        if (piece.length() == 0) {
            return piece;
        }
        Buffer before = last;
        last = piece;
        return before;
    }

    /**
     * The rest.
     *
     * @throws ChordataException if there was too little
     */
    Buffer end() {
        if (rest > 0) {
            throw ChordataException.of(
                    ChordataException.CONTENT_FAILED, "the content ended " + rest + " bytes before the length it said");
        }
        return encoder == null ? last : encoder.end();
    }
}

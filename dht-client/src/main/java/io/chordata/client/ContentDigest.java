package io.chordata.client;

import io.chordata.client.checksum.BufferBytes;
import io.chordata.client.checksum.ChecksumAlgorithm;
import io.chordata.client.checksum.RunningChecksum;
import io.chordata.client.model.BufferContent;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Content;
import io.chordata.client.model.PartSummary;
import io.chordata.client.model.WorkerReads;
import io.chordata.client.sigv4.Hex;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.function.Consumer;

/** Whether a part that an endpoint has is of the bytes that we have. */
final class ContentDigest {
    private ContentDigest() {}

    /** By a checksum if the endpoint tells one, else by the MD5 that ETags of parts usually are. */
    static Future<Boolean> isSame(Vertx vertx, Content content, PartSummary part) {
        for (Map.Entry<ChecksumAlgorithm, String> known : part.checksums().entrySet()) {
            RunningChecksum running = known.getKey().start();
            return read(vertx, content, running::update)
                    .map(read -> running.text().equals(known.getValue()));
        }
        MessageDigest md5 = md5();
        return read(vertx, content, piece -> BufferBytes.update(md5, piece))
                .map(read -> Hex.of(md5.digest()).equals(part.eTag()));
    }

    private static Future<Void> read(Vertx vertx, Content content, Consumer<Buffer> reader) {
        if (content instanceof BufferContent memory) {
            reader.accept(memory.bytes());
            return Future.succeededFuture();
        }
        return content.open(vertx)
                .compose(stream -> drain(stream, reader).eventually(() -> Content.close(stream)))
                .recover(failure -> Future.failedFuture(ChordataException.of(
                        ChordataException.CONTENT_FAILED, "the content could not be read: " + failure, failure)));
    }

    private static Future<Void> drain(ReadStream<Buffer> stream, Consumer<Buffer> reader) {
        Promise<Void> end = Promise.promise();
        stream.exceptionHandler(end::tryFail);
        stream.endHandler(end::tryComplete);
        if (stream instanceof WorkerReads reads) {
            reads.stage(piece -> {
                reader.accept(piece);
                return piece;
            });
            stream.handler(piece -> {});
        } else {
            stream.handler(reader::accept);
        }
        stream.resume();
        return end.future();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}

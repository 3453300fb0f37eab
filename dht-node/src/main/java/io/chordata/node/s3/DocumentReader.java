package io.chordata.node.s3;

import io.chordata.node.block.Digester;
import io.chordata.node.s3.auth.SignedPayload;
import io.chordata.node.s3.xml.DocumentParser;
import io.chordata.node.s3.xml.DocumentShape;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** Feeds a body to a parser as it arrives, and gives up at the first byte that is wrong. */
final class DocumentReader<T> {
    private final SignedPayload payload;
    private final ReadStream<Buffer> stream;
    private final DocumentParser<T> parser;
    private final Digester digester;
    private final Promise<T> promise = Promise.promise();

    DocumentReader(DocumentShape<T> shape, SignedPayload payload) {
        this.payload = payload;
        this.stream = payload.stream();
        this.parser = new DocumentParser<>(shape);
        this.digester = new Digester(payload.checksums());
    }

    /** @return the document once it is whole, well-formed and what its sender promised */
    Future<T> read() {
        stream.exceptionHandler(this::fail);
        stream.endHandler(end -> finish());
        stream.handler(this::feed);
        stream.resume();
        return promise.future();
    }

    private void feed(Buffer bytes) {
        try {
            digester.update(bytes);
            parser.feed(bytes);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void finish() {
        try {
            payload.verify(digester.finish());
            promise.tryComplete(parser.finish());
        } catch (RuntimeException e) {
            promise.tryFail(e);
        }
    }

    private void fail(Throwable failure) {
        stream.pause();
        stream.handler(null);
        promise.tryFail(failure);
    }
}

package io.chordata.client.admin;

import io.chordata.client.admin.AdminException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** Reads an answer as a whole, and no more of it than was agreed to. */
final class BoundedBody {
    private BoundedBody() {}

    static Future<String> read(HttpClientResponse answer, int bytesMax) {
        Promise<String> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        answer.handler(piece -> {
                    if (body.length() + (long) piece.length() > bytesMax) {
                        whole.tryFail(new AdminException(
                                Kind.NOT_UNDERSTOOD, "the answer has more than " + bytesMax + " bytes"));
                        answer.request().connection().close();
                    } else {
                        body.appendBuffer(piece);
                    }
                })
                .exceptionHandler(whole::tryFail)
                .endHandler(ended -> whole.tryComplete(body.toString()));
        return whole.future();
    }
}

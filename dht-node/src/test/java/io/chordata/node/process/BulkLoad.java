package io.chordata.node.process;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Many small objects, fast: for tests that need them there, not for those that test putting them. */
final class BulkLoad {
    private static final int CONNECTIONS = 64;
    private static final Buffer BODY = Buffer.buffer("x");

    private BulkLoad() {}

    /** Fails if any is refused. */
    static void put(ChordataProcess server, String bucket, Iterable<String> keys) {
        Vertx vertx = Vertx.vertx();
        try {
            HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
            Iterator<String> rest = keys.iterator();
            List<Future<Void>> chains = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                chains.add(next(client, new SignedHttp(server), server, bucket, rest));
            }
            Future.all(chains).await();
        } finally {
            vertx.close().await();
        }
    }

    private static Future<Void> next(
            HttpClient client, SignedHttp signer, ChordataProcess server, String bucket, Iterator<String> rest) {
        String key;
        synchronized (rest) {
            if (!rest.hasNext()) {
                return Future.succeededFuture();
            }
            key = rest.next();
        }
        String uri = signer.presigned("PUT", SignedHttp.path(bucket, key), "");
        return client.request(HttpMethod.PUT, server.endpoint().getPort(), "127.0.0.1", uri)
                .compose(request -> request.send(BODY))
                .compose(response -> response.statusCode() == 200
                        ? response.end()
                        : response.body()
                                .compose(text -> Future.failedFuture(key + ": " + response.statusCode() + text)))
                .compose(done -> next(client, signer, server, bucket, rest));
    }
}

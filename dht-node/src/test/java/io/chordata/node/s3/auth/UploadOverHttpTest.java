package io.chordata.node.s3.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.sigv4.PayloadHash;
import io.chordata.client.sigv4.RequestSigner;
import io.chordata.node.block.Blocks;
import io.chordata.node.block.Bodies;
import io.chordata.node.block.BodyOptions;
import io.chordata.node.block.WrittenBody;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Uint128;
import io.chordata.node.runtime.SecureRandomSource;
import io.chordata.node.runtime.SystemClock;
import io.chordata.node.runtime.VertxLoops;
import io.chordata.node.s3.auth.Authentication.ChecksumHeaders;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way in, from a real socket to the block store's port: what Vert.x does must be what we count on. */
class UploadOverHttpTest {
    private static final int BLOCK = 64 << 10;
    private static final int BUFFERED = 4 * BLOCK;
    private static final BlockOwner OWNER = new BlockOwner(new BucketId(Uint128.ZERO), new byte[] {1}, null, 0, 0);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final SlowBlocks store = new SlowBlocks();
    private final Bodies bodies = new Bodies(
            new BodyOptions(BLOCK, 2, BUFFERED, BLOCK, 1, BLOCK),
            Partitioning.DEFAULT,
            Blocks.of(store),
            new VertxLoops(vertx, 2),
            new SecureRandomSource());
    private final Authenticator authenticator = new Authenticator(Authentications.all("secret"), new SystemClock());
    private final RequestSigner signer = new RequestSigner("KEY", "secret", "us-east-1", "s3");
    private final BlockingQueue<Future<WrittenBody>> outcomes = new LinkedBlockingQueue<>();
    private int port;

    @BeforeEach
    void serve() throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(this::put)
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private void put(HttpServerRequest request) {
        request.pause();
        Authentication sender = Authentications.now(authenticator.authenticate(
                new SignedRequest(request.method().name(), request.path(), "", request.headers())));
        Future<WrittenBody> written =
                bodies.write(OWNER, sender.payload(request, ChecksumHeaders.OF_THE_BODY, null), 1000);
        written.onComplete(outcome -> {
            outcomes.add(written);
            request.response().setStatusCode(outcome.succeeded() ? 200 : 400).end();
        });
    }

    @Test
    void uploads_thatAreMany_shareASmallBufferAndAllArrive() throws Exception {
        HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(64));
        byte[] body = new byte[5 * BLOCK + 7];
        new Random(3).nextBytes(body);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            answers.add(upload(client, body));
        }
        Future.all(answers).await(60, TimeUnit.SECONDS);
        assertThat(answers).allMatch(answer -> answer.result() == 200);
        assertThat(store.blocks).hasSize(64 * 6);
        assertThat(store.mostBytes).isLessThanOrEqualTo(BUFFERED);
        assertThat(bodies.freeWriteBytes()).isEqualTo(BUFFERED);
    }

    @Test
    void client_thatDisconnectsInMidUpload_leavesNothing() throws Exception {
        for (int sent : new int[] {0, 1, BLOCK, 3 * BLOCK + 5}) {
            NetSocket socket =
                    vertx.createNetClient().connect(port, "127.0.0.1").await(10, TimeUnit.SECONDS);
            MultiMap headers = headers(10 * BLOCK);
            StringBuilder head = new StringBuilder("PUT /b/k HTTP/1.1\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            socket.write(Buffer.buffer(head + "\r\n").appendBytes(new byte[sent]))
                    .await(10, TimeUnit.SECONDS);
            socket.close().await(10, TimeUnit.SECONDS);
            Future<WrittenBody> outcome = outcomes.poll(10, TimeUnit.SECONDS);
            assertThat(outcome).isNotNull();
            assertThat(outcome.cause())
                    .isInstanceOfSatisfying(
                            AuthException.class,
                            refusal -> assertThat(refusal.error()).isEqualTo(AuthError.INCOMPLETE_BODY));
            assertThat(store.blocks).isEmpty();
            assertThat(bodies.freeWriteBytes()).isEqualTo(BUFFERED);
        }
    }

    private Future<Integer> upload(HttpClient client, byte[] body) {
        return client.request(HttpMethod.PUT, port, "127.0.0.1", "/b/k").compose(request -> {
            request.headers().setAll(headers(body.length));
            return request.send(Buffer.buffer(body)).map(response -> response.statusCode());
        });
    }

    private MultiMap headers(int length) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .set("Host", "127.0.0.1:" + port)
                .set("Content-Length", Integer.toString(length));
        signer.sign("PUT", "/b/k", "", headers, PayloadHash.UNSIGNED, System.currentTimeMillis());
        return headers;
    }

    /** Blocks in memory that take a few milliseconds to write. */
    private final class SlowBlocks implements BlockStore {
        final Map<BlockRef, Buffer> blocks = new ConcurrentHashMap<>();
        private long bytes;
        long mostBytes;

        private synchronized void count(long more) {
            bytes += more;
            mostBytes = Math.max(mostBytes, bytes);
        }

        @Override
        public Future<Void> write(BlockRef block, BlockOwner owner, Buffer body) {
            count(body.length());
            return vertx.timer(2, TimeUnit.MILLISECONDS).map(fired -> {
                count(-body.length());
                blocks.put(block, body);
                return null;
            });
        }

        @Override
        public Future<Buffer> read(BlockRef block, int offset, int length) {
            throw new UnsupportedOperationException("not read here");
        }

        @Override
        public Future<Void> drop(PartitionId partition, BodyId body) {
            blocks.keySet()
                    .removeIf(block ->
                            block.partition().equals(partition) && block.body().equals(body));
            return Future.succeededFuture();
        }

        @Override
        public Future<List<StoredBlock>> list(@Nullable BlockRef after, int max) {
            throw new UnsupportedOperationException("not listed here");
        }

        @Override
        public Future<List<BlockRef>> listSetAside(@Nullable BlockRef after, int max) {
            throw new UnsupportedOperationException("not listed here");
        }

        @Override
        public Stats stats() {
            throw new UnsupportedOperationException("not counted here");
        }

        @Override
        public void close() {}
    }
}

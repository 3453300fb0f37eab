package io.chordata.client.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Just enough of an S3 endpoint to measure: keeps bodies by path, checks no signature, refuses when told. */
final class MemoryEndpoint implements AutoCloseable {
    private final Map<String, Buffer> objects = new ConcurrentSkipListMap<>();
    private static final Pattern REGION = Pattern.compile("Credential=[^/]+/\\d+/([^/]+)/s3/");

    private final List<Buffer> created = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger linked = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger servedFirst = new AtomicInteger();
    private volatile HttpMethod refusedMethod = HttpMethod.GET;
    private final AtomicInteger answers = new AtomicInteger(Integer.MAX_VALUE);
    private final Set<String> scopes = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    MemoryEndpoint(Vertx vertx) {
        server = vertx.createHttpServer().requestHandler(this::answer);
        server.listen(0, "127.0.0.1").await();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    Map<String, Buffer> objects() {
        return objects;
    }

    /** Those that came by a presigned link. */
    int linked() {
        return linked.get();
    }

    int requests() {
        return requests.get();
    }

    /** What buckets were made with. */
    List<Buffer> created() {
        return created;
    }

    /** Regions that signatures named. */
    Set<String> regions() {
        return scopes;
    }

    /** Of the next requests for objects by that method some are served, then as many refused with 503 SlowDown. */
    void refuse(HttpMethod method, int served, int count) {
        refusedMethod = method;
        refusals.set(count);
        servedFirst.set(served);
    }

    private boolean isRefused(HttpServerRequest request) {
        return request.method().equals(refusedMethod)
                && servedFirst.getAndUpdate(left -> Math.max(0, left - 1)) == 0
                && refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    /** Of the next requests only so many are answered; the others are read, and nothing comes of them. */
    void answer(int count) {
        answers.set(count);
    }

    @Override
    public void close() {
        server.close().await();
    }

    private void answer(HttpServerRequest request) {
        requests.incrementAndGet();
        String authorization = String.valueOf(request.getHeader("Authorization"));
        Matcher scope = REGION.matcher(authorization);
        if (scope.find()) {
            scopes.add(scope.group(1));
        }
        boolean isLinked = String.valueOf(request.query()).startsWith("X-Amz-Algorithm=AWS4-HMAC-SHA256&")
                && request.getHeader("Authorization") == null;
        linked.addAndGet(isLinked ? 1 : 0);
        if (answers.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            return;
        }
        boolean isObject = request.path().indexOf('/', 1) > 0;
        if (!isLinked && !authorization.startsWith("AWS4-HMAC-SHA256 Credential=AKID/")) {
            request.response().setStatusCode(403).end("<Error><Code>AccessDenied</Code></Error>");
        } else if (isObject && isRefused(request)) {
            request.response().setStatusCode(503).end("<Error><Code>SlowDown</Code></Error>");
        } else {
            switch (request.method().name()) {
                case "PUT" ->
                    request.body().onSuccess(body -> {
                        if (isObject) {
                            objects.put(request.path(), body);
                        } else {
                            created.add(body);
                        }
                        request.response().end();
                    });
                case "DELETE" ->
                    request.response()
                            .setStatusCode(objects.remove(request.path()) == null ? 404 : 204)
                            .end();
                default -> request.response().end(objects.getOrDefault(request.path(), Buffer.buffer("<List/>")));
            }
        }
    }
}

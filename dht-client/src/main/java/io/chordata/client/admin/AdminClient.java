package io.chordata.client.admin;

import io.chordata.client.admin.AdminException.Kind;
import io.chordata.client.http.Openings;
import io.chordata.client.sigv4.RequestSigner;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the admin ports of a cluster. Any node answers for all of it; where one does not answer, or cannot tell, the next of the
 * options is asked. Futures fail with {@link AdminException}. Safe for use by many threads.
 *
 * <pre>{@code
 * AdminOptions options = AdminOptions.of(AdminOptions.parse("127.0.0.1:9001,127.0.0.1:9011"), null);
 * }</pre>
 *
 * <pre>{@code
 * AdminClient admin = AdminClient.create(vertx, options);
 * admin.cluster()
 *         .onSuccess(cluster -> show(cluster.state()))
 *         .onComplete(done -> admin.close());
 * }</pre>
 */
public final class AdminClient {
    static final String SERVICE = "chordata";

    private static final String REGION = "us-east-1";
    private static final int KEEP_ALIVE_SECONDS = 20;
    private static final int REFUSED_FROM = 400;
    private static final int REQUESTS_MAX = 8;
    private static final int STREAMS_MAX = 256;

    private final Vertx vertx;
    private final AdminOptions options;
    private final Openings http;
    private final Openings streams;
    private final @Nullable RequestSigner signer;
    private volatile int preferred;

    private AdminClient(Vertx vertx, AdminOptions options) {
        this.vertx = vertx;
        this.options = options;
        AdminOptions.Keys keys = options.keys();
        this.signer = keys == null ? null : new RequestSigner(keys.accessKey(), keys.secretKey(), REGION, SERVICE);
        // shorter than a node keeps a connection on which nothing moves
        HttpClientOptions http = new HttpClientOptions()
                .setConnectTimeout(options.connectMillis())
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setTrustOptions(options.trust());
        this.http = new Openings(vertx.createHttpClient(http, new PoolOptions().setHttp1MaxSize(REQUESTS_MAX)));
        // streams keep their connections, which others would wait for
        this.streams = new Openings(vertx.createHttpClient(http, new PoolOptions().setHttp1MaxSize(STREAMS_MAX)));
    }

    /** Close it in the end; the Vert.x instance stays the caller's. */
    public static AdminClient create(Vertx vertx, AdminOptions options) {
        return new AdminClient(vertx, options);
    }

    public Future<Void> close() {
        return Future.join(http.close(), streams.close()).mapEmpty();
    }

    public Future<Cluster> cluster() {
        return send(AdminRequest.cluster());
    }

    public Future<List<Node>> nodes() {
        return send(AdminRequest.nodes());
    }

    /** In order of their numbers. */
    public Future<List<Partition>> partitions() {
        return send(AdminRequest.partitions());
    }

    public Future<Partition> partition(int number) {
        return send(AdminRequest.partition(number));
    }

    public Future<Ring> ring() {
        return send(AdminRequest.ring());
    }

    /** One node's part of the ring, with its fingers. */
    public Future<Ring> ring(String node) {
        return send(AdminRequest.ring(node));
    }

    public Future<Lookup> lookup(LookupQuery query) {
        return send(AdminRequest.lookup(query));
    }

    public Future<ObjectPlace> locate(String bucket, String key) {
        return send(AdminRequest.locate(bucket, key));
    }

    public Future<List<Key>> keys() {
        return send(AdminRequest.keys());
    }

    public Future<NewKey> createKey(String note) {
        return send(AdminRequest.createKey(note));
    }

    /** Completes with the key that is gone. */
    public Future<String> deleteKey(String accessKey) {
        return send(AdminRequest.deleteKey(accessKey));
    }

    /** Has a node give its partitions away; {@link #nodes} tells when it is drained. */
    public Future<NodeState> drain(String node) {
        return send(AdminRequest.drain(node));
    }

    /** Has it stay after all. */
    public Future<NodeState> undrain(String node) {
        return send(AdminRequest.undrain(node));
    }

    /** Has a node leave for ever; {@link #nodes} tells when it is gone. */
    public Future<NodeState> decommission(String node) {
        return send(AdminRequest.decommission(node));
    }

    /**
     * What could be done for a partition whose majority is gone, or has it done.
     *
     * @param gone ids of nodes that never come back
     */
    public Future<Recovery> recover(int partition, List<String> gone, boolean unsafe) {
        return send(AdminRequest.recover(partition, gone, unsafe));
    }

    /** Has the first node of the options, and never another, found a cluster; ask again while it waits. */
    public Future<Founding> init() {
        return send(AdminRequest.init());
    }

    /** What happens from now on, or from where one was; begins when it gets its handler. */
    public EventStream events(EventStart start) {
        return new EventStream(vertx, this, start);
    }

    public <T> Future<T> send(AdminRequest<T> request) {
        return sendRaw(request).map(request::read);
    }

    /** The answer as the node gave it, in JSON. */
    public Future<String> sendRaw(AdminRequest<?> request) {
        if (request.changes() && signer == null) {
            return Future.failedFuture(
                    new AdminException(Kind.NOT_SIGNED_IN, request + " needs an access key and its secret"));
        }
        return attempt(request, request.isForOneNode() ? 0 : preferred, new ArrayList<>());
    }

    private Future<String> attempt(AdminRequest<?> request, int index, List<AdminException> before) {
        URI node = options.nodes().get(index);
        return exchange(node, request).onSuccess(answer -> preferred = index).recover(failure -> {
            AdminException refusal = refusal(node, failure);
            before.add(refusal);
            return before.size() < options.nodes().size() && mayAskAnother(request, refusal)
                    ? attempt(request, (index + 1) % options.nodes().size(), before)
                    : Future.failedFuture(summary(before));
        });
    }

    private static boolean mayAskAnother(AdminRequest<?> request, AdminException refusal) {
        if (request.isForOneNode()) {
            return false;
        }
        return switch (refusal.kind()) {
            case UNREACHABLE -> true;
            case UNKNOWN_OUTCOME, UNAVAILABLE -> request.isRepeatable();
            default -> false;
        };
    }

    /**
     * The last says what the outcome is, the others why it came to that; but a change that one node may have made is not undone
     * by what the next one says.
     */
    private static AdminException summary(List<AdminException> failures) {
        AdminException last = failures.get(failures.size() - 1);
        if (failures.size() == 1) {
            return last;
        }
        StringBuilder text = new StringBuilder();
        failures.forEach(failure -> text.append(text.isEmpty() ? "" : "; ").append(failure.getMessage()));
        boolean unknown = failures.stream().anyMatch(failure -> failure.kind() == Kind.UNKNOWN_OUTCOME);
        return new AdminException(unknown ? Kind.UNKNOWN_OUTCOME : last.kind(), text.toString());
    }

    private static AdminException refusal(URI node, Throwable failure) {
        return failure instanceof AdminException refusal ? refusal : unreachable(node, failure);
    }

    private static AdminException unreachable(URI node, Throwable failure) {
        return new AdminException(Kind.UNREACHABLE, "no answer from " + node + " (" + reason(failure) + ')');
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private Future<String> exchange(URI node, AdminRequest<?> request) {
        Buffer body = Buffer.buffer(request.body());
        return open(http, node, request, options.answerMillis(), MultiMap.caseInsensitiveMultiMap())
                .compose(open -> open.send(body)
                        .compose(answer -> read(answer, request))
                        .recover(failure -> Future.failedFuture(lost(node, request, failure))));
    }

    /** A question can be asked again, so that nobody answered is all that there is to say. */
    private static Throwable lost(URI node, AdminRequest<?> request, Throwable failure) {
        if (failure instanceof AdminException || !request.changes()) {
            return failure;
        }
        return new AdminException(
                Kind.UNKNOWN_OUTCOME,
                "no answer from " + node + " (" + reason(failure) + "), so whether it was done is unknown");
    }

    /** A connection that stays open, with the signed head of the request; nothing is sent yet. */
    Future<HttpClientRequest> openStream(URI node, AdminRequest<?> request, int idleMillis, MultiMap headers) {
        return open(streams, node, request, idleMillis, headers);
    }

    private Future<HttpClientRequest> open(
            Openings client, URI node, AdminRequest<?> request, int idleMillis, MultiMap headers) {
        headers.set("Host", node.getRawAuthority());
        if (!request.body().isEmpty()) {
            headers.set("Content-Type", "application/json");
        }
        if (signer != null) {
            signer.sign(
                    request.method().name(),
                    request.path(),
                    request.query(),
                    headers,
                    BodyHash.of(request.body()),
                    System.currentTimeMillis());
        }
        String uri = request.path() + (request.query().isEmpty() ? "" : '?' + request.query());
        return client.open(new RequestOptions()
                .setMethod(request.method())
                .setHost(host(node))
                .setPort(node.getPort())
                .setSsl("https".equals(node.getScheme()))
                .setURI(uri)
                .setIdleTimeout(idleMillis)
                .setConnectTimeout(options.answerMillis())
                .setHeaders(headers));
    }

    /** An IPv6 address without its brackets. */
    private static String host(URI node) {
        String host = node.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private Future<String> read(HttpClientResponse answer, AdminRequest<?> request) {
        return BoundedBody.read(answer, options.answerBytesMax())
                .compose(text -> answer.statusCode() < REFUSED_FROM
                        ? Future.succeededFuture(text)
                        : Future.failedFuture(Problems.of(answer.statusCode(), text, request.changes())));
    }

    AdminOptions options() {
        return options;
    }

    int preferred() {
        return preferred;
    }
}

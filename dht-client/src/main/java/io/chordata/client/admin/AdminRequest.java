package io.chordata.client.admin;

import io.chordata.client.sigv4.UriEncoding;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/**
 * Something that can be asked of a node, and what becomes of the answer.
 *
 * @param <T> what the answer says
 */
public final class AdminRequest<T> {
    private static final String INIT = "/v1/init";

    private final HttpMethod method;
    private final String path;
    private final String query;
    private final String body;
    private final Function<String, T> shape;

    private AdminRequest(HttpMethod method, String path, String query, String body, Function<String, T> shape) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.body = body;
        this.shape = shape;
    }

    private static <T> AdminRequest<T> get(String path, String query, Function<String, T> shape) {
        return new AdminRequest<>(HttpMethod.GET, path, query, "", shape);
    }

    private static <T> Function<String, T> object(Function<Fields, T> shape) {
        return text -> shape.apply(Fields.of(text));
    }

    private static <T> Function<String, List<T>> list(Function<Fields, T> shape) {
        return text -> Fields.array(text, shape);
    }

    public static AdminRequest<Cluster> cluster() {
        return get("/v1/cluster", "", object(Cluster::of));
    }

    public static AdminRequest<List<Node>> nodes() {
        return get("/v1/nodes", "", list(Node::of));
    }

    public static AdminRequest<List<Partition>> partitions() {
        return get("/v1/partitions", "", list(Partition::of));
    }

    public static AdminRequest<Partition> partition(int number) {
        return get("/v1/partitions/" + number, "", object(Partition::of));
    }

    public static AdminRequest<Ring> ring() {
        return get("/v1/ring", "", object(Ring::of));
    }

    public static AdminRequest<Ring> ring(String node) {
        return get("/v1/ring", "node=" + UriEncoding.encode(node), object(Ring::of));
    }

    public static AdminRequest<Lookup> lookup(LookupQuery query) {
        String from = query.from();
        return get(
                "/v1/lookup",
                (query.isId() ? "id=" : "key=")
                        + UriEncoding.encode(query.text())
                        + (from == null ? "" : "&from=" + UriEncoding.encode(from))
                        + (query.viaFingers() ? "&via=fingers" : ""),
                object(Lookup::of));
    }

    public static AdminRequest<ObjectPlace> locate(String bucket, String key) {
        return get(
                "/v1/objects/locate",
                "bucket=" + UriEncoding.encode(bucket) + "&key=" + UriEncoding.encode(key),
                object(ObjectPlace::of));
    }

    public static AdminRequest<List<Key>> keys() {
        return get("/v1/keys", "", list(Key::of));
    }

    public static AdminRequest<NewKey> createKey(String note) {
        String body = new JsonObject().put("note", note).encode();
        return new AdminRequest<>(HttpMethod.POST, "/v1/keys", "", body, object(NewKey::of));
    }

    public static AdminRequest<String> deleteKey(String accessKey) {
        return new AdminRequest<>(
                HttpMethod.DELETE,
                "/v1/keys/" + UriEncoding.encode(accessKey),
                "",
                "",
                object(fields -> fields.text("accessKey")));
    }

    /** Has a node give its partitions away. */
    public static AdminRequest<NodeState> drain(String node) {
        return departure(HttpMethod.POST, node, "drain");
    }

    /** Has it stay after all. */
    public static AdminRequest<NodeState> undrain(String node) {
        return departure(HttpMethod.DELETE, node, "drain");
    }

    /** Has a node leave for ever. */
    public static AdminRequest<NodeState> decommission(String node) {
        return departure(HttpMethod.POST, node, "decommission");
    }

    /**
     * What could be done for a partition whose majority is gone, or has it done.
     *
     * @param gone ids of nodes that never come back
     */
    public static AdminRequest<Recovery> recover(int partition, List<String> gone, boolean unsafe) {
        String body = new JsonObject()
                .put("gone", new JsonArray(List.copyOf(gone)))
                .put("unsafe", unsafe)
                .encode();
        return new AdminRequest<>(
                HttpMethod.POST, "/v1/partitions/" + partition + "/recover", "", body, object(Recovery::of));
    }

    private static AdminRequest<NodeState> departure(HttpMethod method, String node, String what) {
        return new AdminRequest<>(
                method,
                "/v1/nodes/" + UriEncoding.encode(node) + '/' + what,
                "",
                "",
                object(fields -> fields.constant("state", NodeState.class, NodeState.OTHER)));
    }

    /** Has the node that is asked found a cluster. */
    public static AdminRequest<Founding> init() {
        return new AdminRequest<>(HttpMethod.POST, INIT, "", "", object(Founding::of));
    }

    /** Without an end: for a stream only. */
    static AdminRequest<String> events(boolean past) {
        return get("/v1/events", past ? "past" : "", text -> text);
    }

    HttpMethod method() {
        return method;
    }

    String path() {
        return path;
    }

    String query() {
        return query;
    }

    String body() {
        return body;
    }

    boolean changes() {
        return !method.equals(HttpMethod.GET);
    }

    /** Whether it may be done twice. Only a key made twice are two keys, and one deleted twice is not found. */
    boolean isRepeatable() {
        return !path.startsWith("/v1/keys") || !changes();
    }

    /** Whether it means the first node that was named. If two are to found, which of them does is open. */
    boolean isForOneNode() {
        return path.equals(INIT);
    }

    T read(String answer) {
        return shape.apply(answer);
    }

    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query);
    }
}

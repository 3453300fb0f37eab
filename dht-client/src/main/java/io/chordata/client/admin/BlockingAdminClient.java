package io.chordata.client.admin;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.function.Supplier;

/**
 * Asks the admin ports of a cluster, and waits for the answers; not to be used on an event loop. Whatever fails throws
 * {@link AdminException}.
 *
 * <pre>{@code
 * try (BlockingAdminClient admin = BlockingAdminClient.open(options)) {
 *     admin.nodes().forEach(node -> show(node.state()));
 * }
 * }</pre>
 */
public final class BlockingAdminClient implements AutoCloseable {
    private final Vertx vertx;
    private final AdminClient client;

    private BlockingAdminClient(Vertx vertx, AdminOptions options) {
        this.vertx = vertx;
        this.client = AdminClient.create(vertx, options);
    }

    /** With an event loop of its own. */
    public static BlockingAdminClient open(AdminOptions options) {
        VertxOptions small =
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1);
        return new BlockingAdminClient(Vertx.vertx(small), options);
    }

    @Override
    public void close() {
        await(vertx::close);
    }

    /** The same client, for those who do not wait. */
    public AdminClient async() {
        return client;
    }

    public Cluster cluster() {
        return await(() -> client.cluster());
    }

    public List<Node> nodes() {
        return await(() -> client.nodes());
    }

    public List<Partition> partitions() {
        return await(() -> client.partitions());
    }

    public Partition partition(int number) {
        return await(() -> client.partition(number));
    }

    public Ring ring() {
        return await(() -> client.ring());
    }

    /** One node's part of the ring, with its fingers. */
    public Ring ring(String node) {
        return await(() -> client.ring(node));
    }

    public Lookup lookup(LookupQuery query) {
        return await(() -> client.lookup(query));
    }

    public ObjectPlace locate(String bucket, String key) {
        return await(() -> client.locate(bucket, key));
    }

    public List<Key> keys() {
        return await(() -> client.keys());
    }

    public NewKey createKey(String note) {
        return await(() -> client.createKey(note));
    }

    public String deleteKey(String accessKey) {
        return await(() -> client.deleteKey(accessKey));
    }

    public NodeState drain(String node) {
        return await(() -> client.drain(node));
    }

    public NodeState undrain(String node) {
        return await(() -> client.undrain(node));
    }

    public Recovery recover(int partition, List<String> gone, boolean unsafe) {
        return await(() -> client.recover(partition, gone, unsafe));
    }

    public NodeState decommission(String node) {
        return await(() -> client.decommission(node));
    }

    /** See {@link AdminClient#init}. */
    public Founding init() {
        return await(() -> client.init());
    }

    /** What happens from there on; close it in the end. */
    public EventReader events(EventStart start) {
        return new EventReader(client.events(start));
    }

    public <T> T send(AdminRequest<T> request) {
        return await(() -> client.send(request));
    }

    /** The answer as the node gave it, in JSON. */
    public String sendRaw(AdminRequest<?> request) {
        return await(() -> client.sendRaw(request));
    }

    /** @param call not begun by a thread that must not wait */
    private static <T> T await(Supplier<Future<T>> call) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("an event loop must not wait; use the client that answers with futures");
        }
        return call.get().await();
    }
}

package io.chordata.client.cli;

import io.chordata.client.admin.AdminClient;
import io.chordata.client.admin.AdminEvent;
import io.chordata.client.admin.AdminEvent.Traffic;
import io.chordata.client.admin.AdminException;
import io.chordata.client.admin.AdminOptions;
import io.chordata.client.admin.Cluster;
import io.chordata.client.admin.EventStart;
import io.chordata.client.admin.EventStream;
import io.chordata.client.admin.Node;
import io.chordata.client.admin.NodeState;
import io.chordata.client.admin.Partition;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a cluster again and again, and listens to its events in between: to those of one node for the news, and to those of
 * each for its traffic, as nodes tell their own only. Once it knows the nodes it asks another where one is gone. For one thread.
 */
final class ClusterWatcher implements AutoCloseable {
    /** To listen costs each node a look at all partitions every second. */
    private static final int LISTENED_MAX = 16;

    private static final int ASKED_MAX = 16;

    private final AdminOptions given;
    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    private final TrafficRates rates = new TrafficRates();
    private final News news = new News();
    private final Map<String, Listener> listeners = new HashMap<>();
    private AdminClient client;
    private List<URI> asked;
    private @Nullable Listener main;
    private @Nullable WatchPicture last;

    private record Listener(AdminClient client, EventStream stream) {}

    ClusterWatcher(AdminOptions given) {
        this.given = given;
        this.asked = given.nodes();
        this.client = AdminClient.create(vertx, given);
    }

    /**
     * How the cluster is now; as it was, with the reason, where nobody tells.
     *
     * @throws AdminException if nobody told before
     */
    WatchPicture look() {
        try {
            Cluster cluster = client.cluster().await();
            WatchPicture before = last;
            if (before != null && !before.cluster().clusterId().equals(cluster.clusterId())) {
                return before.withTrouble("another cluster answers now: " + cluster.clusterId());
            }
            List<Node> nodes = client.nodes().await();
            List<Partition> partitions = client.partitions().await();
            listen(nodes);
            ask(nodes);
            last = picture(cluster, nodes, partitions);
            return last;
        } catch (AdminException e) {
            if (last == null) {
                throw e;
            }
            return last.withTrouble(String.valueOf(e.getMessage()));
        }
    }

    private WatchPicture picture(Cluster cluster, List<Node> nodes, List<Partition> partitions) {
        Map<String, TrafficRates.Rate> known = rates.at(System.nanoTime());
        known.keySet().retainAll(nodes.stream().map(Node::id).toList());
        return new WatchPicture(System.currentTimeMillis(), cluster, nodes, partitions, known, news.latest(), null);
    }

    private void listen(List<Node> nodes) {
        if (main == null) {
            main = listener(given.nodes(), true);
        }
        Set<String> wanted = new LinkedHashSet<>();
        for (Node node : nodes) {
            if (isUp(node) && !addresses(node).isEmpty() && wanted.size() < LISTENED_MAX) {
                wanted.add(node.id());
                listeners.computeIfAbsent(node.id(), id -> listener(addresses(node), false));
            }
        }
        listeners.entrySet().removeIf(entry -> {
            boolean isGone = !wanted.contains(entry.getKey());
            if (isGone) {
                close(entry.getValue());
            }
            return isGone;
        });
    }

    private List<URI> addresses(Node node) {
        try {
            return AdminOptions.parse(node.admin(), given.isSecure());
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static boolean isUp(Node node) {
        return node.state() != NodeState.DOWN && node.state() != NodeState.DECOMMISSIONED;
    }

    private Listener listener(List<URI> nodes, boolean forNews) {
        AdminClient own = AdminClient.create(vertx, given.asking(nodes));
        EventStream stream = own.events(EventStart.now());
        stream.handler(event -> note(event, forNews));
        return new Listener(own, stream);
    }

    private void note(AdminEvent event, boolean forNews) {
        if (event instanceof Traffic traffic) {
            rates.note(traffic, System.nanoTime());
        } else if (forNews) {
            news.note(event);
        }
    }

    private static void close(Listener listener) {
        listener.stream.close().eventually(() -> listener.client.close());
    }

    /** From now on, also those that are known now. */
    private void ask(List<Node> nodes) {
        Set<URI> all = new LinkedHashSet<>(given.nodes());
        nodes.stream().filter(ClusterWatcher::isUp).forEach(node -> all.addAll(addresses(node)));
        List<URI> now = new ArrayList<>(all);
        now = now.subList(0, Math.min(now.size(), ASKED_MAX));
        if (!now.equals(asked)) {
            asked = List.copyOf(now);
            AdminClient before = client;
            client = AdminClient.create(vertx, given.asking(asked));
            before.close();
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}

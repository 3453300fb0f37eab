package io.chordata.node.s3;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which node a client had best send its requests to; every other node answers them, too. */
public interface Routing {
    /** Rises with whatever this node hears of nodes, members and leaders, also over restarts. Of other nodes it says nothing. */
    long version();

    /** As the nodes themselves say now. Fails with {@link io.chordata.node.object.ObjectException} where nobody can tell. */
    Future<Table> table();

    /** @param partitions in order of their points */
    record Table(List<Node> nodes, List<Partition> partitions) {}

    /** @param s3 HOST:PORT */
    record Node(String id, String s3) {}

    /**
     * @param point where it begins, in 32 hex digits
     * @param members ids of nodes that hold it
     * @param leader the one of them that answers at once, if there is one
     */
    record Partition(
            String point, List<String> members, @Nullable String leader) {}
}

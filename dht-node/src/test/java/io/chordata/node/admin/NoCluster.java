package io.chordata.node.admin;

import io.vertx.core.Future;
import java.util.List;

/** For tests in which nobody asks for the cluster. */
final class NoCluster implements ClusterStatus {
    @Override
    public Future<ClusterView> cluster() {
        return Future.failedFuture("nobody asks");
    }

    @Override
    public Future<Boolean> isServed() {
        return Future.failedFuture("nobody asks");
    }

    @Override
    public Future<List<NodeView>> nodes() {
        return Future.failedFuture("nobody asks");
    }

    @Override
    public Future<List<PartitionView>> partitions() {
        return Future.failedFuture("nobody asks");
    }

    @Override
    public Future<ObjectPlaceView> locate(String bucket, String key) {
        return Future.failedFuture("nobody asks");
    }
}

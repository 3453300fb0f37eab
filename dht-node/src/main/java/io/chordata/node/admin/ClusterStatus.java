package io.chordata.node.admin;

import io.vertx.core.Future;
import java.util.List;

/**
 * What the admin port shows of the cluster. Answers are snapshots; futures complete on the caller's loop and fail with
 * {@link ProblemException} where the question itself was wrong.
 */
public interface ClusterStatus {
    Future<ClusterView> cluster();

    /**
     * Whether every partition can be written. Answered within a tenth of a second, if need be from what was known up to ten
     * seconds before; no where that is nothing.
     */
    Future<Boolean> isServed();

    Future<List<NodeView>> nodes();

    /** In order of their numbers. */
    Future<List<PartitionView>> partitions();

    Future<ObjectPlaceView> locate(String bucket, String key);
}

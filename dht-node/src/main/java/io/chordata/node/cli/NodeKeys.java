package io.chordata.node.cli;

import io.chordata.node.access.CachedKeys;
import io.chordata.node.access.KeyAdmin;
import io.chordata.node.access.KeySeal;
import io.chordata.node.admin.ProblemException;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.RandomSource;
import io.chordata.node.object.KeyRecords;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The access keys of the cluster, from when this node can read them. */
final class NodeKeys {
    private static final ProblemException STARTING = new ProblemException(503, "Not serving", NodeStatus.STARTING);

    private final CachedKeys cache;
    private final RandomSource random;
    private volatile Future<KeyAdmin> admin = Future.failedFuture(STARTING);

    NodeKeys(CachedKeys cache, RandomSource random) {
        this.cache = cache;
        this.random = random;
    }

    /** Without a cluster secret nothing could seal the secrets of keys. */
    void serving(@Nullable ClusterSecret secret, ClusterId cluster, KeyRecords records) {
        KeySeal seal = secret == null ? null : new KeySeal(secret, cluster);
        cache.serve(seal, records::find);
        admin = seal == null ? withoutSecret() : Future.succeededFuture(new KeyAdmin(records, seal, cache, random));
    }

    private static Future<KeyAdmin> withoutSecret() {
        return Future.failedFuture(new ProblemException(
                409,
                "No cluster secret",
                "access keys are kept encrypted under the cluster secret, and this node has none: give it one as "
                        + OptionCatalogue.CLUSTER_SECRET.environmentName()));
    }

    Future<KeyAdmin> admin() {
        return admin;
    }
}

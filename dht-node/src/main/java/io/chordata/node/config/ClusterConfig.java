package io.chordata.node.config;

import io.chordata.node.core.ClusterSecret;
import io.chordata.node.partition.move.MoveOptions;
import io.chordata.node.ring.RingOptions;
import io.chordata.node.ring.directory.DirectoryOptions;
import io.chordata.node.ring.view.PlacementOptions;
import io.chordata.node.rpc.RpcOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a node needs to know about other nodes.
 *
 * @param secret null: the node is alone, and its internal port stays closed
 * @param seeds whom to ask for the cluster; itself may be among them
 * @param advertise where other nodes reach this one
 * @param expect nodes that a cluster founded here is to have before it takes anything
 * @param rpc with the internal address that is bound, for connections in both directions
 */
public record ClusterConfig(
        @Nullable ClusterSecret secret,
        List<HostPort> seeds,
        int expect,
        HostPort advertise,
        RpcOptions rpc,
        RingOptions ring,
        DirectoryOptions directory,
        PlacementOptions placement,
        MoveOptions moves) {
    private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    public ClusterConfig {
        seeds = List.copyOf(seeds);
    }

    /** @throws ConfigException if the settings do not fit together */
    static ClusterConfig of(Settings settings) {
        ClusterSecret secret = secret(settings);
        List<HostPort> seeds = settings.get(OptionCatalogue.SEEDS);
        HostPort advertise = settings.get(OptionCatalogue.ADVERTISE);
        if (secret == null && !seeds.isEmpty()) {
            throw new ConfigException("'" + OptionCatalogue.SEEDS.name() + "' needs a cluster secret, the same at all"
                    + " nodes: make one with 'head -c 32 /dev/urandom | base64' and give it as "
                    + OptionCatalogue.CLUSTER_SECRET.environmentName() + ", or in a file that "
                    + OptionCatalogue.CLUSTER_SECRET_FILE.flag() + " names");
        }
        if (secret != null && ANY_ADDRESS.contains(advertise.host())) {
            throw new ConfigException("no node can reach this one at " + advertise + ": name with '"
                    + OptionCatalogue.ADVERTISE.flag() + "' the address at which others do");
        }
        requireReachable(seeds);
        return new ClusterConfig(
                secret,
                seeds,
                settings.get(OptionCatalogue.EXPECT),
                advertise,
                RpcCatalogue.rpc(settings),
                RingCatalogue.ring(settings),
                RingCatalogue.directory(settings),
                RingCatalogue.placement(settings),
                RingCatalogue.moves(settings));
    }

    /** Where others reach what listens at this address: one that stands for all of the machine's is none that they can dial. */
    public HostPort reachable(HostPort bound) {
        return secret != null && ANY_ADDRESS.contains(bound.host())
                ? new HostPort(advertise.host(), bound.port())
                : bound;
    }

    private static void requireReachable(List<HostPort> seeds) {
        for (HostPort seed : seeds) {
            if (seed.port() == 0 || ANY_ADDRESS.contains(seed.host())) {
                throw new ConfigException("'" + OptionCatalogue.SEEDS.name() + "': nobody can be reached at " + seed);
            }
        }
    }

    private static @Nullable ClusterSecret secret(Settings settings) {
        Optional<String> text = settings.find(OptionCatalogue.CLUSTER_SECRET);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return ClusterSecret.of(text.get());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("'" + OptionCatalogue.CLUSTER_SECRET.name() + "': " + e.getMessage());
        }
    }
}

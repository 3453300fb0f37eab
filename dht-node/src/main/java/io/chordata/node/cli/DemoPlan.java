package io.chordata.node.cli;

import io.chordata.node.config.ConfigException;
import io.chordata.node.config.HostPort;
import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.Option;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.config.RootCredentials;
import io.chordata.node.config.Settings;
import io.chordata.node.storage.DataDirectory;
import io.chordata.node.storage.DirectoryRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which nodes a demo consists of. A single one lives in the data directory itself; several have a directory each in it. The
 * first founds the cluster, the others join it. Node i listens ten ports above node i - 1, on all three addresses.
 */
final class DemoPlan {
    private static final int PORT_STEP = 10;
    private static final int PORT_MAX = 65_535;
    private static final String ORIGIN = "demo";
    /** Short enough to watch. */
    private static final Duration REPLACE_AFTER = Duration.ofSeconds(15);

    private static final Duration MOVE_AFTER = Duration.ofSeconds(2);

    private static final int MOVES = 32;

    private final Settings settings;
    private final Path data;
    private final RootCredentials credentials;
    private final int count;

    private DemoPlan(Settings settings, Path data, RootCredentials credentials) {
        this.settings = settings;
        this.data = data;
        this.credentials = credentials;
        this.count = settings.isGiven(OptionCatalogue.NODES) ? settings.get(OptionCatalogue.NODES) : heldOrUsual();
    }

    /**
     * The founder first.
     *
     * @param clusterSecret for several nodes, unless the settings give one
     * @throws ConfigException if what the settings ask for cannot be
     */
    static List<NodeConfig> of(Settings settings, Path data, RootCredentials credentials, String clusterSecret) {
        DemoPlan plan = new DemoPlan(settings, data, credentials);
        return plan.count == 1 ? plan.single() : plan.several(clusterSecret);
    }

    /** As many as there were before on this data. */
    private int heldOrUsual() {
        if (!holdsSeveral()) {
            return holdsOne() ? 1 : settings.get(OptionCatalogue.NODES);
        }
        int held = 1;
        while (Files.isDirectory(directory(held))) {
            held++;
        }
        return held;
    }

    private List<NodeConfig> single() {
        if (holdsSeveral()) {
            throw new ConfigException("'" + data + "' holds a demo of several nodes: leave '"
                    + OptionCatalogue.NODES.flag() + "' away or say how many, or name another directory");
        }
        return List.of(NodeConfig.of(settings, data, true, credentials));
    }

    private List<NodeConfig> several(String clusterSecret) {
        if (!holdsSeveral() && holdsOne()) {
            throw new ConfigException("'" + data + "' holds a demo of one node: leave '" + OptionCatalogue.NODES.flag()
                    + "' away or give 1, or name another directory");
        }
        if (settings.get(OptionCatalogue.INTERNAL).port() == 0) {
            throw new ConfigException("the nodes of a demo must know where the first one is: give '"
                    + OptionCatalogue.INTERNAL_PORT.flag() + "' a port that is free");
        }
        List.of(OptionCatalogue.SEEDS, OptionCatalogue.NAME, OptionCatalogue.ADVERTISE)
                .forEach(this::requireNotGiven);
        Settings common = unlessGiven(settings, OptionCatalogue.CLUSTER_SECRET, clusterSecret);
        common = unlessGiven(common, OptionCatalogue.REPLACE_AFTER, REPLACE_AFTER);
        common = unlessGiven(common, OptionCatalogue.MOVE_AFTER, MOVE_AFTER);
        common = unlessGiven(common, OptionCatalogue.MOVES, MOVES);
        List<NodeConfig> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(NodeConfig.of(node(common, i), directory(i), i == 0, credentials));
        }
        return List.copyOf(nodes);
    }

    private void requireNotGiven(Option<?> option) {
        if (settings.isGiven(option)) {
            throw new ConfigException("leave '" + option.flag() + "' away: a demo of several nodes gives each its own");
        }
    }

    private static <T> Settings unlessGiven(Settings some, Option<T> option, T value) {
        return some.isGiven(option) ? some : some.with(option, value, ORIGIN);
    }

    private boolean holdsSeveral() {
        return Files.isDirectory(directory(0));
    }

    private boolean holdsOne() {
        try {
            return DataDirectory.isFounded(data);
        } catch (DirectoryRefusedException e) {
            throw StartFailure.of(e);
        }
    }

    private Settings node(Settings common, int number) {
        List<HostPort> seeds = number == 0 ? List.of() : List.of(settings.get(OptionCatalogue.INTERNAL));
        HostPort internal = shifted(OptionCatalogue.INTERNAL, number);
        return common.with(OptionCatalogue.NAME, "node-" + number, ORIGIN)
                .with(OptionCatalogue.S3, shifted(OptionCatalogue.S3, number), ORIGIN)
                .with(OptionCatalogue.ADMIN, shifted(OptionCatalogue.ADMIN, number), ORIGIN)
                .with(OptionCatalogue.INTERNAL, internal, ORIGIN)
                .with(OptionCatalogue.ADVERTISE, internal, ORIGIN)
                .with(OptionCatalogue.SEEDS, seeds, ORIGIN);
    }

    /** A free port stays one. */
    private HostPort shifted(Option<HostPort> option, int number) {
        HostPort first = settings.get(option);
        if (first.port() == 0) {
            return first;
        }
        int port = first.port() + PORT_STEP * number;
        if (port > PORT_MAX) {
            throw new ConfigException("'" + option.flag() + "' of node " + number + " of " + count + " would be port "
                    + port + ": begin below " + (PORT_MAX - PORT_STEP * (count - 1) + 1));
        }
        return first.withPort(port);
    }

    private Path directory(int number) {
        return data.resolve("node-" + number);
    }
}

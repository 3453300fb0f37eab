package io.chordata.node.cli;

import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.config.RootCredentials;
import io.chordata.node.config.Settings;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs one node on one data directory until it is asked to stop. */
@Command(
        name = "node",
        description = {
            "Runs one node on one data directory until Ctrl-C or SIGTERM.",
            "The root key pair must come from CHORDATA_ACCESS_KEY and CHORDATA_SECRET_KEY, or from files",
            "that --access-key-file and --secret-key-file name: there are no default credentials.",
            "It is ready when /health/ready at the admin address answers 200."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  chordata node --data /var/lib/chordata --init",
            "  CHORDATA_CLUSTER_SECRET_FILE=/etc/chordata/cluster chordata node --data /var/lib/chordata \\",
            "    --internal 10.0.0.2:7000 --seeds 10.0.0.1:7000,10.0.0.2:7000,10.0.0.3:7000",
            "  chordata node --data /srv/one --s3 0.0.0.0:9000 --s3-domain s3.example.org",
            "  chordata node --config /etc/chordata.yaml --log-level debug"
        })
final class NodeCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Lifecycle lifecycle;

    @Spec
    private @Nullable CommandSpec spec;

    NodeCommand(Terminal terminal, Lifecycle lifecycle) {
        this.terminal = terminal;
        this.lifecycle = lifecycle;
    }

    @Override
    public Integer call() {
        lifecycle.becomeStoppable();
        Settings settings = OptionFlags.load(Objects.requireNonNull(spec), terminal);
        LogSetup.apply(settings);
        requireOneNode(settings);
        RootCredentials credentials =
                new RootCredentials(settings.get(OptionCatalogue.ACCESS_KEY), settings.get(OptionCatalogue.SECRET_KEY));
        NodeConfig config = NodeConfig.of(
                settings, settings.get(OptionCatalogue.DATA), settings.get(OptionCatalogue.INIT), credentials);
        return new NodeRunner(lifecycle).run(List.of(config), nodes -> {}).number();
    }

    private static void requireOneNode(Settings settings) {
        if (settings.isGiven(OptionCatalogue.NODES) && settings.get(OptionCatalogue.NODES) != 1) {
            throw new CommandFailedException(
                    ExitCode.USAGE,
                    "'" + OptionCatalogue.NODES.flag()
                            + "' is for 'demo': this command runs one node, which joins others by '"
                            + OptionCatalogue.SEEDS.flag() + "'");
        }
    }
}

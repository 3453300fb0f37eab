package io.chordata.node.cli;

import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.config.RootCredentials;
import io.chordata.node.config.Settings;
import io.chordata.node.core.RandomSource;
import io.chordata.node.runtime.SecureRandomSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs nodes to try things with: they found a cluster, make its keys, say how to use it, and forget everything at the end. */
@Command(
        name = "demo",
        description = {
            "Starts a store to try, prints how to use it, and removes its data at the end unless --data is given.",
            "A whole cluster runs in this process, of five nodes unless --nodes says otherwise, node i with its ports",
            "10 * i above the first one's. Of five, any one may fail: three keep each thing.",
            "It makes a key pair unless CHORDATA_ACCESS_KEY and CHORDATA_SECRET_KEY give one."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  chordata demo",
            "  chordata demo --nodes 1",
            "  chordata demo --data ./demo-data --s3-port 9100"
        })
final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Lifecycle lifecycle;
    private final RandomSource random = new SecureRandomSource();

    @Spec
    private @Nullable CommandSpec spec;

    DemoCommand(Terminal terminal, Lifecycle lifecycle) {
        this.terminal = terminal;
        this.lifecycle = lifecycle;
    }

    @Override
    public Integer call() {
        lifecycle.becomeStoppable();
        Settings settings = OptionFlags.load(Objects.requireNonNull(spec), terminal);
        LogSetup.apply(settings);
        RootCredentials credentials = credentials(settings, random);
        Optional<Path> data = settings.find(OptionCatalogue.DATA);
        return data.isPresent()
                ? run(settings, data.get(), credentials, true)
                : runOnTemporaryData(settings, credentials);
    }

    private int runOnTemporaryData(Settings settings, RootCredentials credentials) {
        try (TemporaryDirectory temporary = TemporaryDirectory.create()) {
            return run(settings, temporary.path(), credentials, false);
        }
    }

    private int run(Settings settings, Path data, RootCredentials credentials, boolean kept) {
        String clusterSecret = GeneratedKeys.clusterSecret(random);
        List<NodeConfig> configs = DemoPlan.of(settings, data, credentials, clusterSecret);
        boolean generated = !settings.isGiven(OptionCatalogue.SECRET_KEY);
        return new NodeRunner(lifecycle)
                .run(configs, nodes -> {
                    terminal.out().print(new Welcome(configs, nodes, generated, kept ? data : null).text());
                    terminal.out().flush();
                })
                .number();
    }

    private static RootCredentials credentials(Settings settings, RandomSource random) {
        if (settings.isGiven(OptionCatalogue.ACCESS_KEY) != settings.isGiven(OptionCatalogue.SECRET_KEY)) {
            throw new CommandFailedException(
                    ExitCode.USAGE, "give both keys, access key and secret key, or none: then the demo makes a pair");
        }
        return settings.isGiven(OptionCatalogue.SECRET_KEY)
                ? new RootCredentials(
                        settings.get(OptionCatalogue.ACCESS_KEY), settings.get(OptionCatalogue.SECRET_KEY))
                : GeneratedKeys.make(random);
    }
}

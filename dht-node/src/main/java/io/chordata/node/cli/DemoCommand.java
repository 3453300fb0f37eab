package io.chordata.node.cli;

import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.config.RootCredentials;
import io.chordata.node.config.Settings;
import io.chordata.node.core.RandomSource;
import io.chordata.node.runtime.SecureRandomSource;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a node to try things with: founds itself, makes its keys, says how to use it, and forgets everything at its end. */
@Command(
        name = "demo",
        description = {
            "Starts a store to try, prints how to use it, and removes its data at the end unless --data is given.",
            "It makes a key pair unless CHORDATA_ACCESS_KEY and CHORDATA_SECRET_KEY give one."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Examples:", "  chordata demo", "  chordata demo --data ./demo-data --s3-port 9100"})
final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Lifecycle lifecycle;

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
        LogSetup.level(settings.get(OptionCatalogue.LOG_LEVEL));
        RootCredentials credentials = credentials(settings, new SecureRandomSource());
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
        NodeConfig config = NodeConfig.of(settings, data, true, credentials);
        boolean generated = !settings.isGiven(OptionCatalogue.SECRET_KEY);
        return new NodeRunner(lifecycle)
                .run(config, node -> {
                    terminal.out().print(new Welcome(config, node, generated, kept).text());
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

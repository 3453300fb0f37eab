package io.chordata.node.cli;

import io.chordata.node.config.Option;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.config.Settings;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks the configuration and prints it, or lists what can be configured. */
@Command(
        name = "config",
        description = {
            "Checks the configuration; lists all options, or with --show their effective values.",
            "Values come from defaults, the file of --config, the environment and flags; the later win."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Examples:", "  chordata config", "  chordata config --config /etc/chordata.yaml --show"})
final class ConfigCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @CommandLine.Option(names = "--show", description = "Print the effective values and where each came from.")
    private boolean show;

    ConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Settings settings = OptionFlags.load(Objects.requireNonNull(spec), terminal);
        terminal.out().print(show ? settings.show() : options());
        terminal.out().flush();
        return ExitCode.OK.number();
    }

    private static String options() {
        StringBuilder text = new StringBuilder();
        for (Option<?> option : OptionCatalogue.ALL) {
            text.append(option.name())
                    .append(": ")
                    .append(option.label())
                    .append("\n    ")
                    .append(option.help())
                    .append("\n    ")
                    .append(option.isFlagAllowed() ? option.flag() + ", " : "")
                    .append(option.environmentName())
                    .append('\n');
        }
        return text.toString();
    }
}

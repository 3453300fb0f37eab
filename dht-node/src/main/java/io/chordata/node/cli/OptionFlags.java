package io.chordata.node.cli;

import io.chordata.node.config.Option;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.config.Settings;
import io.chordata.node.config.SettingsLoader;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Makes the catalogue's options flags of a command, and reads back which were given. */
final class OptionFlags {
    private OptionFlags() {}

    static void addTo(CommandSpec command) {
        for (Option<?> option : OptionCatalogue.ALL) {
            if (option.isFlagAllowed()) {
                command.addOption(spec(option));
            }
        }
    }

    private static OptionSpec spec(Option<?> option) {
        OptionSpec.Builder spec = OptionSpec.builder(option.flag())
                .type(String.class)
                .paramLabel(option.label())
                .description(escaped(option.help()) + " (" + option.environmentName() + ")");
        return option.isSwitch()
                ? spec.arity("0..1").fallbackValue("true").build()
                : spec.arity("1").build();
    }

    /** picocli reads descriptions as format strings. */
    private static String escaped(String help) {
        return help.replace("%", "%%");
    }

    static Settings load(CommandSpec command, Terminal terminal) {
        ParseResult parsed = command.commandLine().getParseResult();
        Map<Option<?>, String> flags = new LinkedHashMap<>();
        for (Option<?> option : OptionCatalogue.ALL) {
            if (option.isFlagAllowed() && parsed.hasMatchedOption(option.flag())) {
                flags.put(option, parsed.matchedOptionValue(option.flag(), ""));
            }
        }
        return SettingsLoader.load(flags, terminal.environment());
    }
}

package io.chordata.node.cli;

import io.chordata.node.config.Option;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.config.Settings;
import io.chordata.node.config.SettingsLoader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Makes the catalogue's options flags of a command, and reads back which were given. */
final class OptionFlags {
    private OptionFlags() {}

    static void addAll(CommandSpec command) {
        byFlag().values().forEach(option -> command.addOption(spec(option)));
    }

    /**
     * Only those that the words name, as there are many, where that cannot be told from having all: nobody asks for help, and
     * none is misspelt.
     */
    static void addNamed(CommandSpec command, List<String> words) {
        Map<String, Option<?>> all = byFlag();
        Set<String> named = named(words);
        if (all.keySet().containsAll(named)) {
            all.keySet().retainAll(named);
        }
        all.values().forEach(option -> command.addOption(spec(option)));
    }

    private static Map<String, Option<?>> byFlag() {
        Map<String, Option<?>> options = new LinkedHashMap<>();
        for (Option<?> option : OptionCatalogue.ALL) {
            if (option.isFlagAllowed()) {
                options.put(option.flag(), option);
            }
        }
        return options;
    }

    /** Also what is no flag, or leads to some. */
    private static Set<String> named(List<String> words) {
        Set<String> named = new TreeSet<>();
        for (String word : words) {
            if (word.startsWith("-") || word.startsWith("@")) {
                named.add(word.split("=", 2)[0]);
            }
        }
        return named;
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

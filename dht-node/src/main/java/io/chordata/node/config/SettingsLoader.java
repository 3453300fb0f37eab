package io.chordata.node.config;

import io.chordata.node.config.OptionCatalogue.Secret;
import io.chordata.node.config.Settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out the effective settings: defaults are overridden by the file, that by the environment, that by flags. A name
 * that nobody knows is refused wherever it stands, so that a slip of the pen never runs with a default.
 */
public final class SettingsLoader {
    /** Names with our prefix that other programs of the project read. */
    private static final List<String> OTHER_ENVIRONMENT_NAMES =
            List.of("CHORDATA_ENDPOINT", "CHORDATA_AGAINST_ACCESS_KEY", "CHORDATA_AGAINST_SECRET_KEY");

    private static final long MAX_SECRET_BYTES = 4096;

    private final Map<Option<?>, Setting> settings = new LinkedHashMap<>();

    private SettingsLoader() {}

    /**
     * @param flags texts by option
     * @param environment all of the process's
     * @throws ConfigException if anything given cannot be used
     */
    public static Settings load(Map<Option<?>, String> flags, Map<String, String> environment) {
        SettingsLoader loader = new SettingsLoader();
        Map<String, String> sorted = new TreeMap<>(environment);
        Path file = configFile(flags, sorted);
        if (file != null) {
            loader.addFile(file);
        }
        loader.addEnvironment(sorted);
        flags.forEach((option, text) -> loader.add(option, Source.FLAG, option.flag(), text));
        OptionCatalogue.SECRETS.forEach(loader::resolve);
        return new Settings(loader.settings);
    }

    private static @Nullable Path configFile(Map<Option<?>, String> flags, Map<String, String> environment) {
        String flag = flags.get(OptionCatalogue.CONFIG);
        String text = flag != null ? flag : environment.get(OptionCatalogue.CONFIG.environmentName());
        return text == null || text.isBlank() ? null : OptionCatalogue.CONFIG.parse(text);
    }

    private void addFile(Path file) {
        ConfigFile.read(file).forEach((name, text) -> {
            Option<?> option = OptionCatalogue.byName(name)
                    .filter(known -> known.isAllowed(Source.FILE))
                    .orElseThrow(() -> unknown(file + ": unknown option '" + name + "'", name, fileNames()));
            add(option, Source.FILE, file.toString(), text);
        });
    }

    private void addEnvironment(Map<String, String> environment) {
        environment.forEach((name, text) -> {
            if (Option.isEnvironmentName(name) && !OTHER_ENVIRONMENT_NAMES.contains(name)) {
                Option<?> option = OptionCatalogue.byEnvironmentName(name)
                        .orElseThrow(() -> unknown("unknown environment variable " + name, name, environmentNames()));
                add(option, Source.ENVIRONMENT, "environment " + name, text);
            }
        });
    }

    /** What is empty counts as not given: that is how a container unsets a variable. */
    private void add(Option<?> option, Source source, String origin, String text) {
        if (text.isEmpty()) {
            return;
        }
        settings.put(option, new Setting(parse(option, origin, text), source, origin));
    }

    private static Object parse(Option<?> option, String origin, String text) {
        try {
            return Objects.requireNonNull(option.parse(text));
        } catch (IllegalArgumentException e) {
            String detail = option.isSecret() ? "is not usable" : e.getMessage();
            throw new ConfigException("'" + option.name() + "' (" + origin + "): " + detail);
        }
    }

    /** The stronger source of the two wins; both from one source contradict each other. */
    private void resolve(Secret secret) {
        Setting file = settings.get(secret.file());
        Setting value = settings.get(secret.value());
        if (file == null) {
            return;
        }
        if (value != null && value.source() == file.source()) {
            throw new ConfigException("'" + secret.value().name() + "' is given twice: as " + value.origin()
                    + " and as " + file.origin() + "; take one away");
        }
        if (value == null || value.source().compareTo(file.source()) < 0) {
            Path path = (Path) file.value();
            settings.put(secret.value(), new Setting(readSecret(secret, path), file.source(), "file " + path));
        }
    }

    private static String readSecret(Secret secret, Path file) {
        try {
            if (Files.size(file) > MAX_SECRET_BYTES) {
                throw new ConfigException("'" + secret.file().name() + "': " + file + " is too long for a key");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ConfigException("'" + secret.file().name() + "': cannot read " + file + ": " + e);
        }
    }

    private static ConfigException unknown(String complaint, String name, List<String> names) {
        return new ConfigException(complaint
                + EditDistance.nearest(name, names)
                        .map(nearest -> "; did you mean '" + nearest + "'?")
                        .orElse("; 'chordata config' lists all there are"));
    }

    private static List<String> fileNames() {
        return OptionCatalogue.ALL.stream()
                .filter(option -> option.isAllowed(Source.FILE))
                .map(Option::name)
                .toList();
    }

    private static List<String> environmentNames() {
        List<String> names = new ArrayList<>(OTHER_ENVIRONMENT_NAMES);
        OptionCatalogue.ALL.forEach(option -> names.add(option.environmentName()));
        return names;
    }
}

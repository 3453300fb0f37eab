package io.chordata.node.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The effective values, each checked for its form, and where each came from. */
public final class Settings {
    private static final String MASK = "********";

    private final Map<Option<?>, Setting> settings;

    /**
     * @param value of the option's type
     * @param origin as a person would say it: {@code environment CHORDATA_S3}
     */
    record Setting(Object value, Source source, String origin) {}

    Settings(Map<Option<?>, Setting> settings) {
        this.settings = new LinkedHashMap<>(settings);
    }

    /** @throws ConfigException if it has neither a value nor a default */
    public <T> T get(Option<T> option) {
        return find(option).orElseThrow(() -> missing(option));
    }

    long millis(Option<Duration> option) {
        return get(option).toMillis();
    }

    long bytes(Option<DataSize> option) {
        return get(option).bytes();
    }

    /** For what is counted in an int. */
    int intBytes(Option<DataSize> option) {
        DataSize size = get(option);
        if (size.bytes() > Integer.MAX_VALUE) {
            throw new ConfigException("'" + option.name() + "' is too large: " + size);
        }
        return (int) size.bytes();
    }

    public <T> Optional<T> find(Option<T> option) {
        Setting setting = settings.get(option);
        @Nullable T value = setting == null ? option.defaultValue(this) : cast(setting.value());
        return Optional.ofNullable(value);
    }

    @SuppressWarnings("unchecked") // the loader stores what the option itself parsed
    private static <T> T cast(Object value) {
        return (T) value;
    }

    /**
     * The same but for one option.
     *
     * @param origin as a person would say it
     */
    public <T> Settings with(Option<T> option, T value, String origin) {
        Map<Option<?>, Setting> changed = new LinkedHashMap<>(settings);
        changed.put(option, new Setting(value, Source.DEFAULT, origin));
        return new Settings(changed);
    }

    /** Given by file, environment or flag rather than by default. */
    public boolean isGiven(Option<?> option) {
        return settings.containsKey(option);
    }

    private static ConfigException missing(Option<?> option) {
        return new ConfigException(
                "'" + option.name() + "' is needed: give it as " + String.join(" or as ", ways(option)));
    }

    private static List<String> ways(Option<?> option) {
        return option.isSecret()
                ? List.of(option.environmentName(), option.environmentName() + "_FILE (a file that holds it)")
                : List.of(option.flag(), option.environmentName());
    }

    /** All values as YAML, a comment behind each that says where it came from. Secrets are masked. */
    public String show() {
        StringBuilder text = new StringBuilder();
        for (Option<?> option : OptionCatalogue.ALL) {
            text.append(line(option)).append('\n');
        }
        return text.toString();
    }

    private <T> String line(Option<T> option) {
        Setting setting = settings.get(option);
        String origin = setting == null ? "default" : setting.origin();
        return find(option)
                .map(value -> option.name() + ": " + quoted(option.isSecret() ? MASK : option.format(value)) + "  # "
                        + origin)
                .orElse("# " + option.name() + ": not set");
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}

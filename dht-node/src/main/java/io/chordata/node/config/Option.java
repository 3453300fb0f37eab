package io.chordata.node.config;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be configured. Its camel-case name is its key in a configuration file; the names of the flag and
 * of the environment variable follow from it.
 */
public final class Option<T> {
    /** More than anybody means. */
    static final int MANY = 10_000_000;

    private static final String ENVIRONMENT_PREFIX = "CHORDATA_";

    private final String name;
    private final OptionType<T> type;
    private final Function<Settings, @Nullable T> defaultValue;
    private final Set<Source> sources;
    private final String help;
    private final boolean secret;

    private Option(
            String name,
            OptionType<T> type,
            Function<Settings, @Nullable T> defaultValue,
            Set<Source> sources,
            String help,
            boolean secret) {
        this.name = name;
        this.type = type;
        this.defaultValue = defaultValue;
        this.sources = sources;
        this.help = help;
        this.secret = secret;
    }

    static <T> Option<T> of(String name, OptionType<T> type, T defaultValue, String help) {
        return derived(name, type, settings -> defaultValue, help);
    }

    /** How many of something, at least one. */
    static Option<Integer> count(String name, int defaultValue, String help) {
        return of(name, OptionType.number(1, MANY), defaultValue, help);
    }

    static Option<DataSize> size(String name, long defaultBytes, String help) {
        return of(name, OptionType.SIZE, new DataSize(defaultBytes), help);
    }

    static Option<Duration> duration(String name, long defaultMillis, String help) {
        return of(name, OptionType.DURATION, Duration.ofMillis(defaultMillis), help);
    }

    static Option<Boolean> flag(String name, boolean defaultValue, String help) {
        return of(name, OptionType.FLAG, defaultValue, help);
    }

    /** Its default follows from other options. */
    static <T> Option<T> derived(
            String name, OptionType<T> type, Function<Settings, @Nullable T> defaultValue, String help) {
        return new Option<>(name, type, defaultValue, EnumSet.allOf(Source.class), help, false);
    }

    /** May stay unset. */
    static <T> Option<T> optional(String name, OptionType<T> type, String help) {
        return derived(name, type, settings -> null, help);
    }

    /** Never a flag, because command lines can be seen by every user of the machine; never printed. */
    static Option<String> secret(String name, String help) {
        return new Option<>(
                name,
                OptionType.TEXT,
                settings -> null,
                EnumSet.of(Source.DEFAULT, Source.FILE, Source.ENVIRONMENT),
                help,
                true);
    }

    Option<T> except(Source source) {
        Set<Source> fewer = EnumSet.copyOf(sources);
        fewer.remove(source);
        return new Option<>(name, type, defaultValue, fewer, help, secret);
    }

    public String name() {
        return name;
    }

    /** As in {@code --log-level}. */
    public String flag() {
        return "--" + words('-');
    }

    /** As in {@code CHORDATA_LOG_LEVEL}. */
    public String environmentName() {
        return ENVIRONMENT_PREFIX + words('_').toUpperCase(Locale.ROOT);
    }

    static boolean isEnvironmentName(String name) {
        return name.startsWith(ENVIRONMENT_PREFIX);
    }

    private String words(char separator) {
        StringBuilder words = new StringBuilder(name.length() + 4);
        for (char c : name.toCharArray()) {
            if (Character.isUpperCase(c)) {
                words.append(separator);
            }
            words.append(Character.toLowerCase(c));
        }
        return words.toString();
    }

    public String help() {
        return help;
    }

    /** What stands for the value in help texts. */
    public String label() {
        return type.label();
    }

    /** Takes no value on the command line. */
    public boolean isSwitch() {
        return type.equals(OptionType.FLAG);
    }

    public boolean isFlagAllowed() {
        return isAllowed(Source.FLAG);
    }

    boolean isAllowed(Source source) {
        return sources.contains(source);
    }

    boolean isSecret() {
        return secret;
    }

    T parse(String text) {
        return type.parse().apply(text);
    }

    String format(T value) {
        return type.format().apply(value);
    }

    @Nullable
    T defaultValue(Settings settings) {
        return defaultValue.apply(settings);
    }

    @Override
    public String toString() {
        return name;
    }
}

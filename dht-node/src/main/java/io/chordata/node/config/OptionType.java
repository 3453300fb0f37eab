package io.chordata.node.config;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a kind of value is written.
 *
 * @param label stands for the value in help texts
 * @param parse throws IllegalArgumentException with what was expected
 * @param format the inverse of {@code parse}
 */
record OptionType<T>(String label, Function<String, T> parse, Function<T, String> format) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final Pattern ORIGIN_FORM =
            Pattern.compile("(https?)://([a-z0-9.-]+|\\[[0-9a-f:.]+\\])(:[0-9]{1,5})?/?");

    static final OptionType<String> TEXT = new OptionType<>("TEXT", OptionType::text, text -> text);
    static final OptionType<List<String>> TEXTS =
            new OptionType<>("TEXT,…", OptionType::texts, texts -> String.join(",", texts));
    static final OptionType<Path> PATH = new OptionType<>("PATH", text -> Path.of(text(text)), Path::toString);
    static final OptionType<HostPort> ADDRESS = new OptionType<>("HOST:PORT", HostPort::parse, HostPort::toString);
    static final OptionType<List<HostPort>> ADDRESSES =
            new OptionType<>("HOST:PORT,…", OptionType::addresses, OptionType::formatAddresses);
    /** As browsers write it: without a path, and without a port that follows from the scheme. */
    static final OptionType<URI> ORIGIN = new OptionType<>("URL", OptionType::origin, URI::toString);

    static final OptionType<DataSize> SIZE = new OptionType<>("SIZE", DataSize::parse, DataSize::toString);
    static final OptionType<Duration> DURATION = new OptionType<>("DURATION", Durations::parse, Durations::format);
    static final OptionType<Boolean> FLAG = new OptionType<>("true|false", OptionType::flag, String::valueOf);

    static final OptionType<BigDecimal> DECIMAL =
            new OptionType<>("DECIMAL", OptionType::decimal, BigDecimal::toPlainString);

    static OptionType<Integer> number(int least, int most) {
        return new OptionType<>("NUMBER", text -> number(text, least, most), String::valueOf);
    }

    static <E extends Enum<E>> OptionType<E> choice(Class<E> values) {
        String label = Arrays.stream(values.getEnumConstants())
                .map(OptionType::choiceName)
                .collect(Collectors.joining("|"));
        return new OptionType<>(label, text -> choice(values, label, text), OptionType::choiceName);
    }

    private static String text(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("expected a text, got nothing");
        }
        return text.strip();
    }

    private static int number(String text, int least, int most) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below like a number out of range
        }
        throw new IllegalArgumentException(
                "expected a whole number from " + least + " to " + most + ", got '" + text + "'");
    }

    private static BigDecimal decimal(String text) {
        if (!text.strip().matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw new IllegalArgumentException("expected a number such as 1 or 0.5, got '" + text + "'");
        }
        return new BigDecimal(text.strip());
    }

    private static List<String> texts(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static List<HostPort> addresses(String text) {
        return texts(text).stream().map(HostPort::parse).toList();
    }

    private static String formatAddresses(List<HostPort> addresses) {
        return addresses.stream().map(HostPort::toString).collect(Collectors.joining(","));
    }

    private static URI origin(String text) {
        Matcher matcher = ORIGIN_FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected a URL without a path, such as https://s3.example.org, got '" + text + "'");
        }
        String scheme = matcher.group(1);
        String port = matcher.group(3);
        return origin(scheme, HostPort.parse(matcher.group(2) + (port == null ? ":" + usualPort(scheme) : port)));
    }

    static URI origin(String scheme, HostPort at) {
        String written = at.toString().toLowerCase(Locale.ROOT);
        boolean isUsual = at.port() == usualPort(scheme);
        return URI.create(scheme + "://" + (isUsual ? written.substring(0, written.lastIndexOf(':')) : written));
    }

    private static int usualPort(String scheme) {
        return scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
    }

    private static boolean flag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> throw new IllegalArgumentException("expected true or false, got '" + text + "'");
        };
    }

    private static <E extends Enum<E>> E choice(Class<E> values, String label, String text) {
        return Arrays.stream(values.getEnumConstants())
                .filter(value -> choiceName(value).equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected " + label + ", got '" + text + "'"));
    }

    private static String choiceName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

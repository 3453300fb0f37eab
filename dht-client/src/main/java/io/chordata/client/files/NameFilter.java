package io.chordata.client.files;

import java.util.List;
import java.util.function.Predicate;

/**
 * Which names below a folder take part: those that match one of the patterns to include, or any if there are none, and none
 * to exclude. A pattern without a slash is of the last part of a name; one that ends with a slash is of a folder anywhere,
 * with all in it; any other one is of the whole name.
 */
public final class NameFilter implements Predicate<String> {
    public static final NameFilter ALL = new NameFilter(List.of(), List.of());

    private final List<Predicate<String>> include;
    private final List<Predicate<String>> exclude;

    private NameFilter(List<Predicate<String>> include, List<Predicate<String>> exclude) {
        this.include = include;
        this.exclude = exclude;
    }

    /** @throws IllegalArgumentException if one is no pattern */
    public static NameFilter of(List<String> include, List<String> exclude) {
        return new NameFilter(
                include.stream().map(NameFilter::pattern).toList(),
                exclude.stream().map(NameFilter::pattern).toList());
    }

    private static Predicate<String> pattern(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty pattern matches no name");
        }
        if (text.endsWith("/")) {
            Glob everywhere = Glob.of("**/" + text + "**");
            return everywhere::matches;
        }
        Glob glob = Glob.of(text);
        return text.indexOf('/') < 0 ? name -> glob.matches(name.substring(name.lastIndexOf('/') + 1)) : glob::matches;
    }

    @Override
    public boolean test(String name) {
        return (include.isEmpty() || include.stream().anyMatch(pattern -> pattern.test(name)))
                && exclude.stream().noneMatch(pattern -> pattern.test(name));
    }
}

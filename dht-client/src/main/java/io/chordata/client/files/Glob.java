package io.chordata.client.files;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of names: {@code *} is any run without a slash, {@code **} any run, {@code **}{@code /} any folders or none,
 * {@code ?} one character but a slash, {@code [a-z]} one of those, {@code [!a-z]} one of the others. A backslash before one
 * of {@code * ? [ \} takes it as it stands. Takes time in proportion to the name's length times the pattern's.
 */
public final class Glob {
    private static final String SPECIAL = "*?[";
    private static final String ESCAPABLE = "*?[\\";

    private final String pattern;
    private final List<Token> tokens;

    private enum Kind {
        ONE,
        ANY,
        CLASS,
        RUN,
        DEEP_RUN,
        /** Runs that end with a slash, or nothing. */
        FOLDERS
    }

    /** @param set of a class: pairs of first and last */
    private record Token(Kind kind, int character, boolean negated, List<Integer> set) {
        static Token of(Kind kind) {
            return new Token(kind, 0, false, List.of());
        }

        boolean takes(int c) {
            return switch (kind) {
                case ONE -> c == character;
                case ANY -> c != '/';
                case CLASS -> c != '/' && negated != isInSet(c);
                case RUN -> c != '/';
                case DEEP_RUN, FOLDERS -> true;
            };
        }

        private boolean isInSet(int c) {
            for (int i = 0; i < set.size(); i += 2) {
                if (c >= set.get(i) && c <= set.get(i + 1)) {
                    return true;
                }
            }
            return false;
        }

        boolean repeats() {
            return kind == Kind.RUN || kind == Kind.DEEP_RUN || kind == Kind.FOLDERS;
        }
    }

    private Glob(String pattern, List<Token> tokens) {
        this.pattern = pattern;
        this.tokens = tokens;
    }

    /** Whether the text has anything that only a pattern has; one with a bracket that is not closed is none. */
    public static boolean isPattern(String text) {
        if (firstSpecial(text) < 0) {
            return false;
        }
        try {
            of(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What a text that is no pattern names: without the backslashes that protect. */
    public static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            i += isEscape(text, i) ? 1 : 0;
            plain.append(text.charAt(i));
        }
        return plain.toString();
    }

    /** @throws IllegalArgumentException if a bracket is not closed */
    public static Glob of(String pattern) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < pattern.length()) {
            at = parse(pattern, at, tokens);
        }
        return new Glob(pattern, List.copyOf(tokens));
    }

    private static int parse(String text, int at, List<Token> tokens) {
        if (isEscape(text, at)) {
            tokens.add(new Token(Kind.ONE, text.charAt(at + 1), false, List.of()));
            return at + 2;
        }
        if (text.startsWith("**/", at)) {
            tokens.add(Token.of(Kind.FOLDERS));
            return at + 3;
        }
        if (text.startsWith("**", at)) {
            tokens.add(Token.of(Kind.DEEP_RUN));
            return at + 2;
        }
        int c = text.codePointAt(at);
        switch (c) {
            case '*' -> tokens.add(Token.of(Kind.RUN));
            case '?' -> tokens.add(Token.of(Kind.ANY));
            case '[' -> {
                return parseClass(text, at + 1, tokens);
            }
            default -> tokens.add(new Token(Kind.ONE, c, false, List.of()));
        }
        return at + Character.charCount(c);
    }

    /** A closing bracket that comes first is one of the set. */
    private static int parseClass(String text, int begin, List<Token> tokens) {
        boolean negated = text.startsWith("!", begin);
        int first = negated ? begin + 1 : begin;
        int end = text.indexOf(']', first + 1);
        if (end < 0) {
            throw new IllegalArgumentException("'" + text + "' has a [ that is not closed");
        }
        List<Integer> set = new ArrayList<>();
        int at = first;
        while (at < end) {
            int from = text.codePointAt(at);
            at += Character.charCount(from);
            int to = from;
            if (at + 1 < end && text.charAt(at) == '-') {
                to = text.codePointAt(at + 1);
                at += 1 + Character.charCount(to);
            }
            set.add(from);
            set.add(to);
        }
        tokens.add(new Token(Kind.CLASS, 0, negated, set));
        return end + 1;
    }

    private static boolean isEscape(String text, int at) {
        return text.charAt(at) == '\\' && at + 1 < text.length() && ESCAPABLE.indexOf(text.charAt(at + 1)) >= 0;
    }

    private static int firstSpecial(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isEscape(text, i)) {
                i++;
            } else if (SPECIAL.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    public boolean matches(String name) {
        boolean[] now = new boolean[tokens.size() + 1];
        now[0] = true;
        skipEmpty(now, true);
        for (int at = 0; at < name.length(); ) {
            int c = name.codePointAt(at);
            boolean[] then = new boolean[now.length];
            for (int i = 0; i < tokens.size(); i++) {
                if (now[i] && tokens.get(i).takes(c)) {
                    then[tokens.get(i).repeats() ? i : i + 1] = true;
                }
            }
            skipEmpty(then, c == '/');
            now = then;
            at += Character.charCount(c);
        }
        return now[tokens.size()];
    }

    /** @param atFolder whether what is read ends with a slash, or nothing is */
    private void skipEmpty(boolean[] states, boolean atFolder) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (states[i] && token.repeats() && (token.kind() != Kind.FOLDERS || atFolder)) {
                states[i + 1] = true;
            }
        }
    }

    /** What every name that matches begins with. */
    public String prefix() {
        int special = firstSpecial(pattern);
        return plain(special < 0 ? pattern : pattern.substring(0, special));
    }

    /** The folder that all names that match are in: empty, or with a slash at its end. */
    public String folder() {
        String prefix = prefix();
        return prefix.substring(0, prefix.lastIndexOf('/') + 1);
    }

    /** How many folders deep below {@link #folder} a name that matches can be; 1: in it. */
    public int depth() {
        if (pattern.contains("**")) {
            return Integer.MAX_VALUE;
        }
        long slashes = pattern.chars().filter(c -> c == '/').count();
        long before = folder().chars().filter(c -> c == '/').count();
        return (int) (slashes - before) + 1;
    }

    @Override
    public String toString() {
        return pattern;
    }
}

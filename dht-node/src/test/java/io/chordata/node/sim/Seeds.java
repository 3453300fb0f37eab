package io.chordata.node.sim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;

/**
 * Which seeds a build tries: other ones for each commit, so that all builds together see ever more of them, and the same ones
 * each time a commit is built. {@code -Dchordata.seed=N} tries that one alone.
 */
public final class Seeds {
    private static final int DIGITS = 8;

    private Seeds() {}

    public static LongStream ofThisCommit(int count) {
        Long one = Long.getLong("chordata.seed");
        if (one != null) {
            return LongStream.of(one);
        }
        long first = (commit() << 20) & Long.MAX_VALUE;
        return LongStream.range(first, first + count);
    }

    /** Where there is no repository, as in an archive of the sources, it is always the same. */
    private static long commit() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "HEAD").start();
            String id = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return id.length() < DIGITS ? 0 : Long.parseLong(id.substring(0, DIGITS), 16);
        } catch (IOException e) {
            return 0;
        }
    }
}

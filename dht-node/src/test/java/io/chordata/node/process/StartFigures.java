package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an empty node costs from its start until it has nothing more to do, as a figure beside what is aimed at. */
public final class StartFigures {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final long BALLAST_BYTES = 64L << 20;
    /** Half as much again as is aimed at: the figure tells more. */
    private static final long MEMORY_MAX_MEBIBYTES = 300;

    private static final Pattern SERVING = Pattern.compile("event=serving .*startMillis=(\\d+)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private StartFigures() {}

    /**
     * Notes them once the node has settled; fails where it has far more memory than it should.
     *
     * @param how it was started
     * @param process the node's own
     * @param log that it writes
     * @param data its directory
     */
    public static void note(String how, ProcessHandle process, Path log, Path data) {
        Duration untilServing = process.info().totalCpuDuration().orElse(Duration.ZERO);
        Await.until(
                "a ballast, which is the last that a start makes",
                DEADLINE,
                () -> size(data.resolve("ballast")) == BALLAST_BYTES);
        long memory = Long.parseLong(firstGroup(RESIDENT, read(Path.of("/proc", "" + process.pid(), "status")))) >> 10;
        Figures.note("start, " + how + ": an empty node serves after " + firstGroup(SERVING, read(log))
                + " ms (aim 1500), with " + untilServing.toMillis() + " ms of processor time; idle, it has " + memory
                + " MiB of memory (aim 200)");
        assertThat(memory).as("MiB of an idle node").isLessThan(MEMORY_MAX_MEBIBYTES);
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    private static String firstGroup(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches the system calls of a real process: between a request and its 200 lies a sync of what the request brought. */
@RequiresProgram(value = "/usr/bin/strace", debian = "strace")
class SyncTraceIT {
    private static final String CALLS = "trace=read,recvfrom,write,writev,pwrite64,sendto,sendmsg,fsync,fdatasync";
    private static final Pattern WHOLE = Pattern.compile("(\\d+) +(\\w+)\\((\\d+)<(.*?)>[,)](.*)");
    private static final Pattern RESUMED = Pattern.compile("(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)");
    private static final int SMALL = 1_000;
    private static final int LARGE = 3 << 20;

    @TempDir
    Path folder = Path.of("set by JUnit");

    @Test
    void put_ofSmallAndLargeObjects_isSyncedBeforeItIsAnswered() throws IOException {
        Path trace = folder.resolve("trace");
        ChordataProcess.Launch launch = ChordataProcess.Launch.on(folder.resolve("data"))
                .under("/usr/bin/strace", "-f", "-yy", "-s", "4096", "-e", CALLS, "-o", trace.toString());
        try (ChordataProcess server = launch.start()) {
            SignedHttp http = new SignedHttp(server);
            http.makeBucket("traced");
            assertThat(http.put("traced", "small-object", new TestBody(SMALL, 1)))
                    .isEqualTo(200);
            assertThat(http.put("traced", "large-object", new TestBody(LARGE, 2)))
                    .isEqualTo(200);
            Await.until("the trace to be written", Duration.ofSeconds(30), () -> answers(trace) >= 3);
        }

        List<Event> events = events(trace);
        List<String> small = syncedBeforeAnswer(events, "small-object");
        List<String> large = syncedBeforeAnswer(events, "large-object");
        Figures.note("strace: before the 200 of a small object synced " + small + ", of a large one " + large);
        assertThat(small).anyMatch(file -> file.contains("/records/"));
        assertThat(large).anyMatch(file -> file.contains("/blocks/")).anyMatch(file -> file.contains("/records/"));
    }

    /** A call on a file or socket, without its process and descriptor. */
    private record Event(String call, String file, String text) {
        boolean isRequest(String key) {
            return text.contains("PUT /traced/" + key + "?");
        }

        boolean isAnswer() {
            return file.contains("TCP") && text.contains("HTTP/1.1 200");
        }

        boolean isWrite() {
            return call.contains("write") || call.startsWith("send");
        }

        boolean isSync() {
            return call.endsWith("sync") && text.endsWith("= 0");
        }
    }

    private static long answers(Path trace) throws IOException {
        return events(trace).stream().filter(Event::isAnswer).count();
    }

    /** What was synced between the request's arrival and the first answer after it. */
    private static List<String> syncedBeforeAnswer(List<Event> events, String key) {
        List<String> synced = new ArrayList<>();
        boolean arrived = false;
        for (Event event : events) {
            arrived |= event.isRequest(key);
            if (arrived && event.isSync()) {
                synced.add(event.file().replaceAll(".*/data/", "/"));
            } else if (arrived && event.isAnswer()) {
                return synced;
            }
        }
        throw new AssertionError("no answer to the PUT of " + key + " among " + events.size() + " calls");
    }

    /**
     * A call that was interrupted by another thread's stands in two pieces. A sync counts where it ends and a write where
     * it begins: an answer that overtakes its sync is then seen as what it is.
     */
    private static List<Event> events(Path trace) throws IOException {
        Map<String, String> unfinished = new HashMap<>();
        List<Event> events = new ArrayList<>();
        for (String line : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
            Matcher end = RESUMED.matcher(line);
            if (end.matches()) {
                String call = unfinished.getOrDefault(end.group(1), "") + end.group(3);
                add(events, call, event -> !event.isWrite());
            } else if (line.endsWith("<unfinished ...>")) {
                String call = line.substring(0, line.lastIndexOf("<unfinished")).stripTrailing();
                unfinished.put(line.substring(0, line.indexOf(' ')), call);
                add(events, call, Event::isWrite);
            } else {
                add(events, line, event -> true);
            }
        }
        return events;
    }

    private static void add(List<Event> events, String call, Predicate<Event> counts) {
        Matcher matcher = WHOLE.matcher(call);
        if (matcher.matches()) {
            Event event = new Event(matcher.group(2), matcher.group(4), matcher.group(5));
            if (counts.test(event)) {
                events.add(event);
            }
        }
    }
}

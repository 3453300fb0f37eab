package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A node is killed and stays away, so the others take its share, which can be watched. The README's pictures are of this cluster;
 * what they show is awaited before each is taken.
 */
@RequiresProgram(value = ConsoleWorld.CHROMIUM, debian = "chromium")
class ConsoleHealsIT {
    private static final int NODES = 5;
    private static final int KILLED = 4;
    private static final int OBJECTS = 60;
    /** Of a size that makes blocks: what is small moves with its row, and nobody fetches it. */
    private static final int VIDEOS = 20;

    /** Of a picture that everybody who looks at the README is sent. */
    private static final long BYTES_MAX = 300_000;

    @Test
    void node_thatStaysAway_isReplacedWhileThePageLooksOn() throws IOException {
        try (ConsoleWorld world = ConsoleWorld.start(NODES, "--replace-after", "15s", "--moves", "8");
                ConsolePage flows = world.openAt(1, "#/flows");
                ConsolePage console = world.open("#/ring").signIn()) {
            PictureSteps steps = new PictureSteps();
            world.put(console, "photos", texts("2025/%d.txt", OBJECTS, 2_000));
            world.put(console, "photos", texts("2025/%d.mp4", VIDEOS, 60_000));
            console.await(".c.hero:text-is('3 × 256')");
            console.await(".nodes li:nth-child(5) .alive");
            steps.add("Whole: every object has three copies", console.shot(".ringbox"));
            console.go("#/ring?node=node-2");
            console.await(".panel .chain");
            console.await(".finger:not(.unknown)");
            console.pictureForReaders("console");
            console.go("#/ring");

            long whole = System.currentTimeMillis();
            world.cluster().process(KILLED).kill();
            console.await(".nodes .down");
            console.await(".c.top.short");
            console.await(".cells .cell.short");
            console.await(".marks .mark.down");
            console.await(".news p span:text-is('node-4 is down')");
            flows.await(".flow-silent");
            steps.add("node-4 is killed: what it held is a copy short", console.shot(".ringbox"));

            console.await(".moves .thread.flow");
            console.await(".cells .cell.moving");
            steps.add("It stays away: the others copy its share", console.shot(".ringbox"));
            flows.await(".link-thread.movement");
            flows.await(".fetched p:has-text('because partitions moved')");
            flows.picture("flows-healing");

            world.cluster().awaitRedundant();
            console.await(".c.hero:text-is('3 × 256')");
            steps.add("Healed: three copies again, without it", console.shot(".ringbox"));
            assertThat(console.find(".nodes .mark.down").count()).isEqualTo(1);
            assertThat(console.find(".cells :is(.short, .moving, .unavailable)").count())
                    .isZero();
            console.picture("healed");
            assertIsShownAgain(world, whole);
            steps.write(world.browser(), "console-heals");
            for (String name : List.of("console", "console-heals")) {
                assertThat(Files.size(ConsolePage.forReaders(name))).as(name).isLessThan(BYTES_MAX);
            }
            console.assertClean();
            flows.assertClean();
        }
    }

    private static Map<String, String> texts(String name, int count, int words) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(name::formatted, i -> "text ".repeat(words)));
    }

    /** By a page that was opened only now. */
    private static void assertIsShownAgain(ConsoleWorld world, long whole) {
        try (ConsolePage newcomer = world.open("#/ring?at=" + whole)) {
            newcomer.await(".ring-view.past .nodes li:nth-child(5) .alive");
            assertThat(newcomer.find(".marks .mark").count()).isPositive();
            assertThat(newcomer.find(".marks .mark.down").count()).isZero();
            assertThat(newcomer.find(".cells :is(.short, .moving, .unavailable)")
                            .count())
                    .isZero();
            newcomer.find(".track").focus();

            newcomer.press("End");
            newcomer.await(".ring-view:not(.past) .nodes .down");
            newcomer.await(".marks .mark.down");

            newcomer.press("Home");
            newcomer.await(".ring-view.past .ringbox");
            assertThat(newcomer.find(".marks .mark.down").count()).isZero();
            newcomer.assertClean();
        }
    }
}

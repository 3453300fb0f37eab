package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A node that stays away is replaced, which can be watched; the README's pictures are of this cluster. */
@RequiresProgram(value = ConsoleWorld.CHROMIUM, debian = "chromium")
class ConsoleHealsIT {
    private static final int NODES = 5;
    private static final int KILLED = 4;

    @Test
    void node_thatStaysAway_isReplacedWhileThePageLooksOn() throws IOException {
        try (ConsoleWorld world = ConsoleWorld.start(NODES, "--replace-after", "20s", "--moves", "4");
                ConsolePage console = world.open("#/ring").signIn()) {
            PictureSteps steps = new PictureSteps();
            world.put(
                    console,
                    "photos",
                    IntStream.range(0, 40)
                            .boxed()
                            .collect(Collectors.toMap(i -> "2025/" + i + ".txt", i -> "text ".repeat(2_000))));
            console.await(".c.hero:text-is('3 × 256')");
            steps.add("Whole: every object has three copies", console.shot(".ringbox"));
            console.go("#/ring?node=node-1");
            console.await(".panel .chain");
            console.await(".finger:not(.unknown)");
            console.pictureForReaders("console");
            console.go("#/ring");

            world.cluster().process(KILLED).kill();
            console.await(".nodes .down");
            console.await(".c.top.short");
            console.await(".cell.short");
            steps.add("node-4 is killed: what it held is a copy short", console.shot(".ringbox"));
            console.await(".moves .thread.flow");
            console.await(".cell.moving");
            steps.add("It stays away: the others copy its share", console.shot(".ringbox"));
            world.cluster().awaitRedundant();
            console.await(".c.hero:text-is('3 × 256')");
            steps.add("Healed: three copies again, without it", console.shot(".ringbox"));
            assertThat(console.find(".nodes .down").count()).isEqualTo(1);
            steps.write(world.browser(), "console-heals");
            console.assertClean();
        }
    }
}

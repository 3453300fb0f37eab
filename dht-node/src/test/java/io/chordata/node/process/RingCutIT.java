package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.ChordataProcess.Ports;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nine nodes in a network that is cut into five and four: two rings; and one again when it is whole. */
@RequiresNamespace
@RequiresProgram(value = "/usr/bin/curl", debian = "curl")
class RingCutIT {
    private static final int NODES = 9;
    private static final int LEFT = 5;
    private static final Duration CUT = Duration.ofSeconds(60);

    private static final List<Integer> ALL = IntStream.range(0, NODES).boxed().toList();
    private static final List<String> HOSTS =
            ALL.stream().map(number -> "127.0.0." + (number + 1)).toList();

    @Test
    void ring_cutIntoFiveAndFourForAMinute_isOneRingAgain() throws IOException {
        try (Namespace namespace = Namespace.create();
                RingNodes nodes = RingNodes.start(
                        HOSTS.stream()
                                .map(host -> new Ports(host, 9000, 9001, 7000))
                                .toList(),
                        launch -> launch.measured().under(namespace.wrapper()),
                        url -> namespace.get(URI.create(url).getHost(), url))) {
            nodes.awaitWhole();

            long cut = System.nanoTime();
            namespace.cut(HOSTS.subList(0, LEFT), HOSTS.subList(LEFT, NODES));
            List<Integer> left = ALL.subList(0, LEFT);
            List<Integer> right = ALL.subList(LEFT, NODES);
            nodes.awaitOneRing(left);
            nodes.awaitOneRing(right);
            double apart = RingNodes.secondsSince(cut);
            Await.pass(CUT.minusNanos(Math.min(CUT.toNanos(), System.nanoTime() - cut)));
            for (List<Integer> side : List.of(left, right)) {
                assertThat(nodes.ring(side.get(0)).of(nodes.ids(side)).flaws(nodes.ids(side)))
                        .isEmpty();
            }

            namespace.heal();
            long healed = System.nanoTime();
            nodes.awaitOneRing(ALL);
            Figures.note(String.format(
                    "ring of %d processes cut into %d and %d for %.0f s: two rings after %.1f s, one ring %.1f s after the"
                            + " heal",
                    NODES, LEFT, NODES - LEFT, CUT.toMillis() / 1e3, apart, RingNodes.secondsSince(healed)));
        }
    }
}

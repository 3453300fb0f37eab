package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.ChordataProcess.Launch;
import io.chordata.node.process.ChordataProcess.Ports;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Nine nodes as processes on loopback form one ring, and answer for it while three of them fail and return. */
@TestInstance(Lifecycle.PER_CLASS)
class RingIT {
    private static final Logger LOG = LoggerFactory.getLogger(RingIT.class);
    private static final int NODES = 9;
    private static final int FAILING = 3;
    private static final int LOOKUPS = 1_000;
    private static final int PROBES = 20;
    private static final Duration DEADLINE = Duration.ofSeconds(100);

    private static final List<Integer> ALL = IntStream.range(0, NODES).boxed().toList();

    private final long seed = Long.getLong("chordata.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final LookupProbe probe = new LookupProbe();
    private RingNodes nodes;
    private RingPicture whole;

    @BeforeAll
    void formRing() throws IOException {
        LOG.info("seed {}", seed);
        nodes = RingNodes.start(Stream.generate(Ports::free).limit(NODES).toList(), Launch::measured, probe::get);
        try {
            ALL.forEach(number -> nodes.process(number).awaitReady());
            double ready = nodes.secondsSinceStart();
            nodes.awaitWhole();
            Figures.note(String.format(
                    "ring of %d processes: all ready after %.1f s, one ring after %.1f s, JVM starts included",
                    NODES, ready, nodes.secondsSinceStart()));
        } catch (AssertionError | RuntimeException e) {
            nodes.close();
            throw e;
        }
    }

    @AfterAll
    void stopAll() {
        if (nodes != null) {
            nodes.close();
        }
    }

    @BeforeEach
    void awaitWholeRing() {
        whole = nodes.awaitOneRing(ALL);
    }

    @Test
    void lookups_fromEachNode_giveTheAnswerOfTheWholeRing() {
        assertAllRight("");
    }

    @Test
    void lookups_byFingersAlone_giveTheAnswerOfTheWholeRing() {
        assertAllRight("&via=fingers");
    }

    private void assertAllRight(String options) {
        List<String> ids = LookupProbe.randomIds(LOOKUPS, random);
        List<String> wrong = probe.wrongAnswers(nodes, ALL, ids, whole, options);
        assertThat(wrong)
                .as(() -> wrong.size() + " of " + LOOKUPS * NODES + " answers (seed " + seed + "); after them "
                        + nodes.doubts(ALL) + nodes.logs())
                .isEmpty();
    }

    @Test
    void threeNodes_killedAndStartedAgain_theRingAnswersWithoutThemAndWithThem() {
        failAndReturn("kill -9", number -> nodes.process(number).kill(), number -> nodes.restart(number));
    }

    @Test
    @RequiresProgram(value = "/bin/kill", debian = "procps")
    void threeNodes_pausedAndResumed_theRingAnswersWithoutThemAndWithThem() {
        failAndReturn(
                "SIGSTOP",
                number -> nodes.process(number).pause(),
                number -> nodes.process(number).resume());
    }

    private void failAndReturn(String how, IntConsumer fail, IntConsumer giveBack) {
        List<Integer> failing = nodes.choose(FAILING, random);
        List<Integer> living =
                ALL.stream().filter(number -> !failing.contains(number)).toList();
        RingPicture rest = whole.of(nodes.ids(living));

        double without;
        long returned;
        try {
            failing.forEach(fail::accept);
            without = secondsUntilRight(how + " of " + failing, living, rest);
        } finally {
            returned = System.nanoTime();
            failing.forEach(giveBack::accept);
        }
        failing.forEach(number -> nodes.process(number).awaitReady());
        double ready = RingNodes.secondsSince(returned);
        double again = ready + secondsUntilRight("return of " + failing, ALL, whole);
        Figures.note(String.format(
                "%s of %d of %d nodes: every answer right again after %.1f s; after their return %.1f s"
                        + " (%.1f s of it until they were ready)",
                how, FAILING, NODES, without, again, ready));
        assertThat(nodes.ring(0).positionsByNode().keySet()).isEqualTo(new TreeSet<>(nodes.ids(ALL)));
    }

    private double secondsUntilRight(String what, List<Integer> from, RingPicture ring) {
        long begin = System.nanoTime();
        Await.until(
                "right answers after " + what + " (seed " + seed + ")" + nodes.logs(),
                DEADLINE,
                () -> probe.wrongAnswers(nodes, from, LookupProbe.randomIds(PROBES, random), ring, "")
                        .isEmpty());
        return RingNodes.secondsSince(begin);
    }
}

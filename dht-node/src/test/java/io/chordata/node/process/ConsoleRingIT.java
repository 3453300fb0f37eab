package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import io.chordata.node.admin.RingTape;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ring, lookups, flows and the line of time in a real browser, of a real cluster of three. */
@RequiresProgram(value = ConsoleWorld.CHROMIUM, debian = "chromium")
class ConsoleRingIT {
    private static final int SHOWN = 0;
    private static final long SEED = 20261127;
    private static final int CHURNED_NODES = 50;
    private static final int CHURNING = 10;
    private static final int MANY_NODES = 2_000;
    private static final int POSITIONS = 32;
    /** Only told where others use the machine, too. */
    private static final int FRAME_MILLIS = Integer.getInteger("chordata.frameMillis", Integer.MAX_VALUE);
    /** Where a hop came from, as the page says it. */
    private static final Map<String, String> SOURCES =
            Map.of("finger", "finger", "successor", "list", "directory", "directory", "cache", "cache");

    private static @Nullable ConsoleWorld started;

    @BeforeAll
    static void start() throws IOException {
        started = ConsoleWorld.start(3);
    }

    private static ConsoleWorld world() {
        return Objects.requireNonNull(started);
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void ring_ofACluster_showsItsNodesPositionsAndVerdict() {
        try (ConsolePage console = world().open("")) {
            console.await(".nodes a");
            console.await(".c.top.ok");
            int positions = world().json("/v1/ring").getJsonArray("positions").size();

            assertThat(console.texts(".nodes .name")).isEqualTo(world().names());
            assertThat(console.text(".side .sub")).startsWith(positions + " positions");
            assertThat(console.text(".panel h2")).isEqualTo("All data is safe.");
            assertThat(console.find(".ringbox svg[role=img]").getAttribute("aria-label"))
                    .startsWith("All data is safe.");
            console.picture("ring");
            console.assertClean();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&via=fingers"})
    void lookup_ofAKey_showsThePathOfTheAnswer(String via) {
        int asker = notResponsible();
        try (ConsolePage console = world().open("#/health")) {
            Response response = console.page()
                    .waitForResponse(
                            answer -> answer.url().contains("/v1/lookup")
                                    && answer.url().contains("via=fingers") != via.isEmpty(),
                            () -> console.go("#/lookup?key=photos%2Fharbour.jpg&from=node-" + asker + via));
            JsonObject answer = new JsonObject(response.text());
            console.await(".hops tbody tr");

            List<JsonObject> hops = ConsoleWorld.list(answer.getJsonArray("path"))
                    .filter(hop -> !"self".equals(hop.getString("source")))
                    .toList();
            assertThat(console.texts(column(3)))
                    .isEqualTo(told("node-" + asker, hops, hop -> nameOf(hop.getString("node"))));
            assertThat(console.texts(column(4)))
                    .isEqualTo(
                            told("starts", hops, hop -> Objects.requireNonNull(SOURCES.get(hop.getString("source")))));
            assertThat(console.texts(column(5)))
                    .isEqualTo(told("", hops, hop -> millis(hop.getLong("roundTripMicros"))));
            assertThat(console.text(".c.hero")).isEqualTo("" + hops.size());
            assertCurves(console, asker, answer, hops);
            assertThat(console.text(".panel h2")).isEqualTo("photos/harbour.jpg");
            console.picture("lookup" + via.replaceAll("\\W", ""));
            console.assertClean();
        }
    }

    /** A node that has to ask others. */
    private static int notResponsible() {
        String responsible = world().json("/v1/lookup?key=photos%2Fharbour.jpg").getString("node");
        return world().cluster().all().stream()
                .filter(number -> !world().cluster().id(number).equals(responsible))
                .findFirst()
                .orElseThrow();
    }

    private static String column(int number) {
        return ".hops tbody tr:not(.sum) td:nth-child(" + number + ")";
    }

    private static List<String> told(String first, List<JsonObject> hops, Function<JsonObject, String> tell) {
        return Stream.concat(Stream.of(first), hops.stream().map(tell)).toList();
    }

    /** As the page writes it: rounded as the binary number that it is. */
    private static String millis(long micros) {
        return micros < 10
                ? "< 0.01"
                : new BigDecimal(micros / 1_000.0)
                        .setScale(2, RoundingMode.HALF_UP)
                        .toString();
    }

    private static String before(String position, List<JsonObject> ring) {
        return ring.stream()
                .filter(each -> position.equals(each.getString("id")))
                .map(each -> each.getString("predecessor"))
                .findFirst()
                .orElseThrow();
    }

    /** The first begins at one of the asking node's positions, each other where the one before ends: at the position that the API names. */
    private static void assertCurves(ConsolePage console, int asker, JsonObject answer, List<JsonObject> hops) {
        List<Arc> curves = console.find(".extra .hop").all().stream()
                .map(hop -> Arc.of(hop.getAttribute("d")))
                .toList();
        List<String> ends = hops.stream().map(hop -> hop.getString("position")).toList();
        assertThat(curves).hasSameSizeAs(hops);
        List<JsonObject> ring = ConsoleWorld.list(world().json("/v1/ring").getJsonArray("positions"))
                .toList();
        String found = answer.getString("position");
        assertThat(ends)
                .as("positions of the hops: to who answers for the key, or who stands before that")
                .doesNotContainNull()
                .last()
                .isIn(found, before(found, ring));
        String asking = world().cluster().id(asker);
        List<String> own = ring.stream()
                .filter(position -> asking.equals(position.getString("node")))
                .map(position -> position.getString("id"))
                .toList();
        assertThat(own).anyMatch(position -> curves.get(0).beginsAt(position));
        for (int i = 0; i < curves.size(); i++) {
            assertThat(curves.get(i).endsAt(ends.get(i)))
                    .as("end of hop %d: %s, %s", i, curves, ends)
                    .isTrue();
            assertThat(i == 0 || curves.get(i).beginsAt(ends.get(i - 1)))
                    .as("begin of hop %d", i)
                    .isTrue();
        }
    }

    /** A curve of the ring's picture, whose middle is 0, 0. */
    private record Arc(double fromX, double fromY, double toX, double toY) {
        private static final double RADIUS = 332;
        private static final double ROUNDING = 0.2;
        /** Arrows end a little before their position. */
        private static final double GAP = 7;

        static Arc of(String path) {
            double[] numbers = Stream.of(path.split("[MQ ]"))
                    .filter(number -> !number.isEmpty())
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return new Arc(numbers[0], numbers[1], numbers[4], numbers[5]);
        }

        boolean beginsAt(String position) {
            return distance(position, fromX, fromY) < ROUNDING;
        }

        boolean endsAt(String position) {
            return distance(position, toX, toY) < GAP;
        }

        private static double distance(String position, double x, double y) {
            double angle = 2 * Math.PI * new BigInteger(position, 16).doubleValue() / Math.pow(2, 128);
            return Math.hypot(x - RADIUS * Math.sin(angle), y + RADIUS * Math.cos(angle));
        }
    }

    private static String nameOf(String id) {
        return world().cluster().node(SHOWN, id).getString("name");
    }

    @Test
    void name_thatLooksLikeMarkup_isShownAsItIs() {
        String odd = "<img src=x onerror=alert(1)>/%2F&amp; \u202e ü";
        try (ConsolePage console = world().open("#/lookup")) {
            console.find("#lookup-key").fill(odd);
            console.press("Enter");
            console.await(".hops");

            assertThat(console.text(".panel h2")).isEqualTo(odd);
            assertThat(console.find("img").count()).isZero();
            console.page().reload();
            console.await(".hops");
            assertThat(console.text(".panel h2")).isEqualTo(odd);
            console.assertClean();
        }
    }

    @Test
    void keys_alone_reachEverything() {
        try (ConsolePage console = world().open("#/ring")) {
            console.await(".nodes a");
            console.press("/");
            console.page().keyboard().type("node-1");
            console.await("[role=option][aria-selected=true]");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            console.press("Enter");
            console.await(".panel .chain");
            assertThat(console.text(".panel h2")).isEqualTo("node-1");
            console.press("Escape");
            console.await(".panel .facts");

            console.tabTo(".ringbox");
            console.press("Home", "ArrowRight", "ArrowRight", "Enter");
            console.await(".panel .members");
            assertThat(console.text(".panel h2")).isEqualTo("Partition 02");
            console.press("2");
            console.await("#lookup-key");
            console.find("[name=via]").first().focus();
            console.press("5");
            console.await(".verdict h1");
            console.press("/");
            console.await(".ring-view [role=combobox]:focus");
            console.press("Escape", "6");
            console.await(".sim-node");
            console.press("ArrowRight", "c", "s", "r");
            assertThat(console.text(".c.hero")).isEqualTo("63");
            console.press("?");
            console.await("dialog[open]");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            console.press("Escape", "1");
            console.await(".nodes a");
            console.assertClean();
        }
    }

    /** Modules that need no cluster, held to their rules in the browser that runs them. */
    @Test
    void modules_askedForWhatTheyKnow_answerRight() throws IOException {
        try (ConsolePage console = world().open("#/learn")) {
            console.await(".sim-node");
            assertThat(console.page().evaluate(ConsoleWorld.script("modules.js")))
                    .isEqualTo(List.of());
            console.assertClean();
        }
    }

    @Test
    void ring_ofFiftyNodesThatChurn_isDrawnWithinAFrame() throws IOException {
        try (ConsolePage console = world().open("#/learn")) {
            console.await(".sim-node");
            String tape = RingTape.record(SEED, CHURNED_NODES, CHURNING).encode();
            Drawn drawn = draw(console, "ring", tape);
            drawn.note(CHURNED_NODES + " simulated nodes, " + CHURNING + " of them churning");
            console.picture("fifty-nodes");
            assertThat(drawn.count("nodes")).isEqualTo(CHURNED_NODES);
            assertThat(drawn.count("positions")).isGreaterThan(CHURNED_NODES * 30);
            assertThat(drawn.count("down")).isBetween(2, CHURNING);
            assertThat(drawn.count("short")).isPositive();
            assertThat(drawn.count("listed")).isEqualTo(CHURNED_NODES);
            assertThat(drawn.median()).isPositive().isLessThanOrEqualTo(FRAME_MILLIS);
            console.assertClean();
        }
    }

    @Test
    void ring_ofThousandsOfNodes_isDrawnInPart() {
        try (ConsolePage console = world().open("#/learn")) {
            console.await(".sim-node");
            Drawn drawn = draw(console, "ring", Map.of("nodes", MANY_NODES, "positions", POSITIONS));
            drawn.note(MANY_NODES + " made-up nodes, " + MANY_NODES / 200 + " of them down in turn");
            console.picture("two-thousand-nodes");
            assertThat(drawn.count("nodes")).isEqualTo(MANY_NODES);
            assertThat(drawn.count("positions")).isEqualTo(MANY_NODES * POSITIONS);
            assertThat(drawn.count("down")).isEqualTo(MANY_NODES / 200);
            assertThat(drawn.count("short")).isPositive();
            assertThat(drawn.count("listed")).isEqualTo(100);
            assertThat(console.texts(".frames .nodes .name")).contains("node-" + (MANY_NODES - 1));
            assertThat(console.find(".frames .side .sub").allTextContents())
                    .contains("and 1,900 more nodes: / finds any");
            console.assertClean();
        }
    }

    @Test
    void learn_ofSixtyFourNodesThatRun_isDrawnWithinAFrame() {
        try (ConsolePage console = world().open("#/ring")) {
            console.await(".nodes a");
            Drawn drawn = draw(console, "learn", Map.of("nodes", 64));
            drawn.note("64 nodes of Learn, a turn a frame");
            assertThat(drawn.count("nodes")).isBetween(32, 96);
            assertThat(drawn.median()).isPositive().isLessThanOrEqualTo(FRAME_MILLIS);
            console.assertClean();
        }
    }

    private static Drawn draw(ConsolePage console, String kind, Object given) {
        Map<?, ?> drawn = (Map<?, ?>) console.page().evaluate(ConsoleWorld.script("frames.js"), List.of(kind, given));
        return new Drawn(Objects.requireNonNull((Map<?, ?>) drawn.get("seen")), Objects.requireNonNull((Map<?, ?>)
                drawn.get("millis")));
    }

    /** What frames showed at most, and how long the page's thread worked on one. */
    private record Drawn(Map<?, ?> seen, Map<?, ?> millis) {
        int count(String what) {
            return (Integer) Objects.requireNonNull(seen.get(what));
        }

        double median() {
            return Objects.requireNonNull((Number) millis.get("median")).doubleValue();
        }

        void note(String what) {
            Figures.note("console: " + what + ", " + new TreeMap<>(seen) + ", drawn in " + new TreeMap<>(millis)
                    + " ms a frame");
        }
    }

    @Test
    void moment_ofTheLastHour_isShownAgainUntilNow() {
        try (ConsolePage console = world().open("#/ring")) {
            console.await(".c.top.ok");
            console.find(".track").focus();
            console.press("ArrowLeft");
            console.await(".past .c.top.wait");
            assertThat(console.text(".c.top")).startsWith("as it was at ");
            assertThat(console.page().url()).contains("?at=");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            console.press("End");
            console.await(".c.top.ok");
            assertThat(console.page().url()).doesNotContain("at=");
            console.assertClean();
        }
    }

    @Test
    void flows_ofRequestsAtOneNode_areShownByAnother() {
        try (ConsolePage other = world().openAt(1, "#/flows");
                ConsolePage console = world().open("#/flows").signIn()) {
            other.await(".flow-nodes li:first-child .meta");
            world().put(console, "flows", Map.of("a", "1".repeat(100_000), "b", "2", "c", "3"));
            for (ConsolePage page : List.of(other, console)) {
                page.await(".panel td:text-is('PutObject')");
                page.await(".flow-nodes li:first-child .held:not(:text-is('0'))");
                page.await(".client");
                page.await(".link-thread.replication:not([stroke-width='1.5'])");
                assertThat(page.texts(".flow-name")).isEqualTo(world().names());
                assertThat(page.find(".flow-silent").count()).isZero();
            }
            other.picture("flows");
            console.assertClean();
            other.assertClean();
        }
    }

    /** As the centre says what is to worry about, it does not shout of what clients may repeat. */
    @Test
    void request_thatFailed_isSaidWithoutAlarm() {
        try (ConsolePage console = world().open("#/flows").bend("/v1/flows", ConsoleRingIT::withAFailure)) {
            console.await(".c.top.short:text-is('! 1 failed in 10 s')");
            assertThat(console.find(".c.hero.lost").count()).isZero();
            console.picture("flows-failed");
            console.assertClean();
        }
    }

    private static String withAFailure(String answer) {
        JsonObject flows = new JsonObject(answer);
        flows.getJsonArray("nodes").getJsonObject(0).put("failed", 1);
        return flows.encode();
    }
}

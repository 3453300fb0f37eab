package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import io.chordata.node.process.ChordataProcess.Launch;
import io.chordata.node.process.ChordataProcess.Ports;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that die and come, and clusters in bad states, as the console shows them. What kills for good comes last. */
@RequiresProgram(value = ConsoleWorld.CHROMIUM, debian = "chromium")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleFaultsIT {
    private static final int SHOWN = 0;
    private static final int KILLED = 2;
    private static final int JOINED = 3;
    /** The ids of all that the page tells. */
    private static final String NEWS =
            "[...document.querySelectorAll('.news p[data-key]')].map(line => line.dataset.key)";

    private static final Duration PATIENCE = Duration.ofSeconds(120);

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
    @Order(1)
    void ring_inPieces_isTold() {
        try (ConsolePage console = world().open("#/health").bend("/v1/ring", ConsoleFaultsIT::cut)) {
            console.await(".finding h3:text-is('The ring is in 2 pieces')");
            assertThat(console.text(".finding:has-text('2 pieces') p")).startsWith("node-0, node-1 | node-2: ");
            console.picture("split-health");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            console.go("#/ring");
            console.await(".c.more:text-is('the ring is in 2 pieces')");
            console.picture("split-ring");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            console.assertClean();
        }
    }

    /** The ring as it is told while node-2 and the others know only themselves. */
    private static String cut(String answer) {
        JsonObject ring = new JsonObject(answer);
        String alone = world().cluster().id(KILLED);
        for (boolean isAlone : new boolean[] {false, true}) {
            List<JsonObject> piece = ConsoleWorld.list(ring.getJsonArray("positions"))
                    .filter(position -> alone.equals(position.getString("node")) == isAlone)
                    .sorted(Comparator.comparing(position -> position.getString("id")))
                    .toList();
            for (int i = 0; i < piece.size(); i++) {
                int size = piece.size();
                piece.get(i)
                        .put("predecessor", piece.get((i + size - 1) % size).getString("id"))
                        .put(
                                "successors",
                                new JsonArray(List.of(piece.get((i + 1) % size).getString("id"))));
            }
        }
        return ring.encode();
    }

    @Test
    @Order(2)
    void node_ofAnotherVersion_isTold() {
        try (ConsolePage console = world().open("#/health").bend("/v1/nodes", ConsoleFaultsIT::upgraded)) {
            console.await(".finding h3:has-text('Nodes run different programs: ')");
            assertThat(console.text(".finding h3:has-text('different')")).contains("99.1.0");
            assertThat(console.texts(".wide td:last-child")).contains("99.1.0");
            console.picture("other-version");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            console.go("#/ring?node=node-1");
            console.await(".panel .id-line:has-text('99.1.0')");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            console.assertClean();
        }
    }

    private static String upgraded(String answer) {
        JsonArray nodes = new JsonArray(answer);
        ConsoleWorld.list(nodes)
                .filter(node -> "node-1".equals(node.getString("name")))
                .forEach(node -> node.put("version", "99.1.0"));
        return nodes.encode();
    }

    @Test
    @Order(3)
    void node_thatWaitsToBeFounded_saysWhatItWaitsFor(@TempDir Path data) {
        try (ChordataProcess waiting =
                Launch.node(data.resolve("none"), Ports.free()).begin()) {
            Await.until("its admin port answers", PATIENCE, () -> answers(waiting));
            try (ConsolePage console = ConsolePage.open(world().browser(), waiting.admin(), "#/ring")) {
                console.await(".c.top:text-is('not serving yet')");
                console.await(".panel :text('neither --init nor --seeds was given')");
                console.picture("not-founded");
                assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
                console.go("#/health");
                console.await("h1:text-is('This node does not serve yet.')");
                console.assertClean();
            }
        }
    }

    private static boolean answers(ChordataProcess process) {
        try {
            return !process.adminGet("/v1/session").isEmpty();
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    @Test
    @Order(4)
    void node_killed_isSeenThereAndLeftFromHere() {
        String link = "#/ring?node=node-1";
        try (ConsolePage here = world().open(link);
                ConsolePage there = world().openAt(KILLED, link);
                ConsolePage staying = world().openAt(KILLED, "#/ring");
                ConsolePage leaving = world().openByName(KILLED, link)) {
            for (ConsolePage page : List.of(here, there, staying, leaving)) {
                page.await(".c.top.ok");
            }
            here.page().evaluate(ConsoleWorld.script("watch.js"), "node-2");
            world().cluster().process(KILLED).kill();

            leaving.await(".notice .leaving:has-text('This page goes to node-0 in')");
            assertThat(leaving.texts(".notice a.btn")).isEqualTo(List.of("node-0", "node-1"));
            leaving.assertClean();
            there.find(".notice [data-do=stay]").click();
            staying.find(".notice [data-do=stay]").click();
            staying.await(".live.stale:has-text(' s old')");
            there.await(".notice a.btn:focus");
            assertThat(there.find(".notice .leaving").count()).isZero();
            assertThat(there.text(".notice")).startsWith("node-2 does not answer.");
            assertThat(there.texts(".notice a.btn")).isEqualTo(List.of("node-0", "node-1"));
            assertThat(there.find(".notice a.btn").first().getAttribute("href"))
                    .isEqualTo(world().admin(SHOWN) + "/" + link);
            there.picture("node-gone");
            assertThat(ConsoleWorld.seriousFaults(there)).isEmpty();
            there.assertClean();

            here.await(".c.top.short");
            here.await(".nodes .down");
            here.await(".marks .mark.down");
            assertThat(watched(here, "listed")).asInstanceOf(LIST).containsSubsequence("alive", "suspect", "down");
            assertThat(watched(here, "drawn")).asInstanceOf(LIST).containsSubsequence("alive", "suspect", "down");
            assertThat(watched(here, "told"))
                    .asInstanceOf(list(String.class))
                    .anyMatch(text -> text.matches("suspect \\d+ s"));
            assertThat(here.text(".nodes .meta .down")).matches("down \\d+ (s|min)");
            assertThat(watched(here, "elections")).asInstanceOf(INTEGER).isPositive();
            here.await(".cells .cell.short");
            here.await(".news p span:text-is('node-2 is down')");
            here.picture("node-down");
            assertThat(ConsoleWorld.seriousFaults(here)).isEmpty();
            here.go("#/flows");
            here.await(".flow-silent:text-is('does not answer')");
            here.await(".c.more:text-is('without node-2')");
            here.picture("node-down-flows");
            assertThat(ConsoleWorld.seriousFaults(here)).isEmpty();
            here.go("#/health");
            here.await(".finding");
            here.picture("node-down-health");
            assertThat(ConsoleWorld.seriousFaults(here)).isEmpty();
            here.go(link);

            leaving.page().waitForURL(world().admin(SHOWN) + "/" + link);
            there.find(".notice a.btn").first().click();
            for (ConsolePage page : List.of(there, leaving)) {
                page.await(".panel .chain");
                assertThat(page.text(".panel h2")).isEqualTo("node-1");
            }

            staying.await("#app.old");
            Object before = staying.page().evaluate(NEWS);
            world().cluster().restart(KILLED);
            world().cluster().awaitReady(KILLED);
            here.await(".c.top.ok");
            here.await(".nodes li:nth-child(3) .alive");
            here.picture("node-back");
            here.assertClean();
            assertFollowsAgain(staying, before);
        }
    }

    private static Object watched(ConsolePage console, String what) {
        return console.page().evaluate("what => window.watched[what]", what);
    }

    /** A page whose own node is back: nothing of its silence is left, and it hears what happens there now. */
    private static void assertFollowsAgain(ConsolePage page, Object before) {
        page.awaitGone(".notice-in");
        page.awaitGone("#app.old");
        page.await(".live:not(.stale)");
        page.await(".news p span:has-text('The node began anew')");
        String isNews = "before => " + NEWS + ".some(id => !before.includes(id))";
        Await.until("news", PATIENCE, () -> Boolean.TRUE.equals(page.page().evaluate(isNews, before)));
        page.assertClean();
    }

    @Test
    @Order(5)
    void node_thatJoins_isSeenAndGetsItsShare() {
        try (ConsolePage console = world().open("#/ring")) {
            console.await(".c.top.ok");
            console.page().evaluate(ConsoleWorld.script("watch.js"), "node-3");
            int number = world().cluster().add();
            assertThat(number).isEqualTo(JOINED);
            console.await(".nodes .name:text-is('node-" + number + "')");
            console.await(".news p span:text-is('node-" + number + " joined')");
            world().cluster().awaitRedundant();
            console.await(".c.top.ok");
            assertThat(watched(console, "listed")).asInstanceOf(LIST).containsSubsequence("joining", "alive");
            assertThat(watched(console, "drawn")).asInstanceOf(LIST).containsSubsequence("joining", "alive");
            console.go("#/ring?node=node-" + number);
            console.await(".panel .figures");
            console.await(".nodes li:nth-child(4) .alive");
            console.await(".panel .figures div:first-child dd:not(:text-is('0'))");
            assertThat(console.texts(".nodes .name")).isEqualTo(world().names());
            console.picture("node-joined");
            console.assertClean();
        }
    }

    @Test
    @Order(6)
    void node_thatLeaves_isSeenUntilItIsGone() throws IOException {
        String link = "/v1/nodes/" + world().cluster().id(JOINED);
        try (ConsolePage console = world().open("#/ring")) {
            console.await(".nodes li:nth-child(4) .alive");
            console.page().evaluate(ConsoleWorld.script("watch.js"), "node-3");
            assertThat(AdminPost.send(world().cluster().process(SHOWN), link + "/drain")
                            .statusCode())
                    .isEqualTo(200);
            console.await(".nodes .meta .drained");
            assertThat(watched(console, "listed"))
                    .asInstanceOf(LIST)
                    .containsSubsequence("alive", "draining", "drained");
            assertThat(watched(console, "drawn")).asInstanceOf(LIST).containsSubsequence("alive", "draining");
            console.picture("node-drained");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            assertThat(AdminPost.send(world().cluster().process(SHOWN), link + "/decommission")
                            .statusCode())
                    .isEqualTo(200);
            console.await(".news p span:text-is('node-3 left')");
            console.awaitGone(".nodes li:nth-child(4)");
            console.await(".c.hero:text-is('3 × 256')");
            assertThat(console.texts(".nodes .name")).isEqualTo(List.of("node-0", "node-1", "node-2"));
            console.assertClean();
        }
    }

    /** For good: it comes last. */
    @Test
    @Order(7)
    void cluster_withoutMajority_isToldInEveryView() {
        try (ConsolePage console = world().open("#/ring").signIn()) {
            world().put(console, "kept", Map.of("a.txt", "text"));
            console.await(".c.top.ok");
            List.of(1, KILLED)
                    .forEach(number -> world().cluster().process(number).kill());
            console.await(".c.top.lost");
            console.await(".cells .cell.unavailable");
            console.await(".nodes .down");
            console.picture("no-majority-ring");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            console.go("#/health");
            console.await(".verdict h1:has-text('cannot be used')");
            console.await(".finding.lost h3:has-text('no majority')");
            console.await(".finding h3:text-is('Repair waits: the brake is on')");
            console.picture("no-majority-health");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            console.go("#/objects?bucket=kept");
            console.await(".browser .says[role=alert]:has-text('The node could not do it')");
            assertThat(console.find(".browser :text('This bucket is empty.')").count())
                    .isZero();
            console.picture("no-majority-objects");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            console.go("#/flows");
            console.await(".panel .figures");
            console.picture("no-majority-flows");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            console.go("#/lookup?key=a");
            console.await(".panel .unwell span:text-is('no majority')");
            console.picture("no-majority-lookup");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            for (Map.Entry<String, String> view :
                    Map.of("learn", ".sim-node", "access", ".access h1").entrySet()) {
                console.go("#/" + view.getKey());
                console.await(view.getValue());
                assertThat(console.text("#says")).contains("cannot be used");
                assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            }
            console.assertClean();
        }
    }
}

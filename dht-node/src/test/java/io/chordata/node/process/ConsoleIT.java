package io.chordata.node.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console in a real browser, shown by a real cluster of three. What kills a node comes last. */
@RequiresProgram(value = ConsoleIT.CHROMIUM, debian = "chromium")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT {
    static final String CHROMIUM = "/usr/bin/chromium";

    private static final int NODES = 3;
    private static final int SHOWN = 0;
    private static final int KILLED = 2;
    private static final Set<String> BAD_IMPACTS = Set.of("serious", "critical");

    /** It must ask nobody outside, and a build runs as root. */
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static @Nullable ClusterProcesses cluster;
    private static @Nullable Playwright playwright;
    private static @Nullable Browser browser;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(ConsolePage.PICTURES);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(CHROMIUM))
                        .setArgs(ARGUMENTS));
        cluster = ClusterProcesses.start(NODES);
    }

    @AfterAll
    static void stop() {
        Stream.of(browser, playwright, cluster).filter(Objects::nonNull).forEach(ConsoleIT::close);
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ClusterProcesses cluster() {
        return Objects.requireNonNull(cluster);
    }

    private static URI admin(int number) {
        return cluster().process(number).admin();
    }

    private static ConsolePage open(String link) {
        return ConsolePage.open(Objects.requireNonNull(browser), admin(SHOWN), link);
    }

    private static JsonObject json(String path) {
        return new JsonObject(cluster().process(SHOWN).adminGet(path));
    }

    private static Stream<JsonObject> list(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }

    private static List<String> names() {
        return list(new JsonArray(cluster().process(SHOWN).adminGet("/v1/nodes")))
                .map(node -> node.getString("name"))
                .sorted()
                .toList();
    }

    @Test
    @Order(1)
    void ring_ofACluster_showsItsNodesPositionsAndVerdict() {
        try (ConsolePage console = open("")) {
            console.await(".nodes a");
            console.await(".c.top.ok");
            int positions = json("/v1/ring").getJsonArray("positions").size();

            assertThat(console.texts(".nodes .name")).isEqualTo(names());
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
    @Order(2)
    void lookup_ofAKey_showsThePathOfTheAnswer(String via) {
        try (ConsolePage console = open("#/health")) {
            Response response = console.page()
                    .waitForResponse(
                            answer -> answer.url().contains("/v1/lookup")
                                    && answer.url().contains("via=fingers") != via.isEmpty(),
                            () -> console.go("#/lookup?key=photos%2Fharbour.jpg&from=node-1" + via));
            JsonObject answer = new JsonObject(response.text());
            console.await(".hops tbody tr");

            List<String> path = Stream.concat(
                            Stream.of("node-1"),
                            list(answer.getJsonArray("path"))
                                    .filter(hop -> !"self".equals(hop.getString("source")))
                                    .map(hop -> nameOf(hop.getString("node"))))
                    .toList();
            List<String> drawn = console.texts(".hops tbody tr:not(.sum) td:nth-child(3)");
            assertThat(drawn).isEqualTo(path);
            assertThat(console.text(".c.hero")).isEqualTo("" + (path.size() - 1));
            assertThat(console.find(".extra .hop").count()).isEqualTo(path.size() - 1);
            assertThat(console.text(".panel h2")).isEqualTo("photos/harbour.jpg");
            console.picture("lookup" + via.replaceAll("\\W", ""));
            console.assertClean();
        }
    }

    private static String nameOf(String id) {
        return cluster().node(SHOWN, id).getString("name");
    }

    @ParameterizedTest
    @CsvSource({
        "#/ring, Ring, .figures",
        "#/ring?node=node-1, Ring, .panel .chain",
        "#/ring?partition=72, Ring, .panel .members",
        "#/ring?as=table, Ring, .tables tbody tr",
        "#/lookup, Lookup, .form",
        "#/health, , .wide tbody tr",
        "#/learn?nodes=8, Learn, .sim-node",
        "#/nowhere, Ring, .figures"
    })
    @Order(3)
    void link_opened_showsItsView(String link, @Nullable String title, String content) {
        try (ConsolePage console = open(link)) {
            console.await(content);
            console.await(title == null ? ".verdict h1" : "h1:text-is('" + title + "')");
            console.assertClean();
        }
    }

    @Test
    @Order(4)
    void name_thatLooksLikeMarkup_isShownAsItIs() {
        String odd = "<img src=x onerror=alert(1)>/%2F&amp; \u202e ü";
        try (ConsolePage console = open("#/lookup")) {
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
    @Order(5)
    void keys_alone_reachEverything() {
        try (ConsolePage console = open("#/ring")) {
            console.await(".nodes a");
            console.press("/");
            console.page().keyboard().type("node-1");
            console.await("[role=option][aria-selected=true]");
            console.press("Enter");
            console.await(".panel .chain");
            assertThat(console.text(".panel h2")).isEqualTo("node-1");
            console.press("Escape");
            console.await(".panel .facts");

            console.press("Tab");
            while (!console.page().evaluate("document.activeElement.className").equals("ringbox")) {
                console.press("Tab");
            }
            console.press("Home", "ArrowRight", "ArrowRight", "Enter");
            console.await(".panel .members");
            assertThat(console.text(".panel h2")).isEqualTo("Partition 02");
            console.press("2");
            console.await("#lookup-key");
            console.press("5");
            console.await(".verdict h1");
            console.press("6");
            console.await(".sim-node");
            console.press("ArrowRight", "c", "s", "r");
            assertThat(console.text(".c.hero")).isEqualTo("63");
            console.press("?");
            console.await("dialog[open]");
            console.press("Escape", "1");
            console.await(".nodes a");
            console.assertClean();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ring?node=node-0, LIGHT",
        "ring?as=table, DARK",
        "lookup?key=a&via=fingers, DARK",
        "health, LIGHT",
        "learn, LIGHT"
    })
    @Order(6)
    void view_heldAgainstTheRulesOfAccess_hasNothingSerious(String link, ColorScheme scheme) {
        try (ConsolePage console =
                ConsolePage.open(Objects.requireNonNull(browser), admin(SHOWN), "#/" + link, 1_280, 720, scheme)) {
            console.await(link.startsWith("learn") ? ".sim-node" : "tbody tr");
            List<String> serious = new AxeBuilder(console.page())
                    .analyze().getViolations().stream()
                            .filter(rule -> BAD_IMPACTS.contains(rule.getImpact()))
                            .map(rule -> rule.getId() + " at " + rule.getNodes())
                            .toList();
            assertThat(serious).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"1920, 1080, DARK", "390, 844, LIGHT"})
    @Order(7)
    void page_ofAnySize_needsNoScrollingSideways(int width, int height, ColorScheme scheme) {
        for (String view : List.of("ring?node=node-0", "lookup?key=a&via=fingers", "health", "learn")) {
            try (ConsolePage console = ConsolePage.open(
                    Objects.requireNonNull(browser), admin(SHOWN), "#/" + view, width, height, scheme)) {
                console.await(view.startsWith("learn") ? ".sim-node" : "tbody tr");
                console.picture(view.replaceAll("\\W.*", "") + "-" + width);
                assertThat(console.page()
                                .evaluate(
                                        "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                        .as(view)
                        .isEqualTo(0);
            }
        }
    }

    /** Modules that need no cluster, held to their rules in the browser that runs them. */
    @Test
    @Order(8)
    void modules_askedForWhatTheyKnow_answerRight() throws IOException {
        try (ConsolePage console = open("#/learn")) {
            console.await(".sim-node");
            assertThat(console.page().evaluate(script("modules.js"))).isEqualTo(List.of());
        }
    }

    private static String script(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ConsoleIT.class.getResourceAsStream("/console/" + name))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    @Order(9)
    void ring_ofFiftyNodesThatChurn_isDrawnWithinAFrame() throws IOException {
        try (ConsolePage console = open("#/learn")) {
            console.await(".sim-node");
            Map<?, ?> millis = (Map<?, ?>) console.page().evaluate(script("frames.js"));
            Figures.note("console: 50 nodes x 32 positions, 10 of them churning, drawn in " + new TreeMap<>(millis)
                    + " ms a frame");
            assertThat(Objects.requireNonNull((Number) millis.get("median")).doubleValue())
                    .isPositive();
        }
    }

    @Test
    @Order(10)
    void node_killed_isSeenThereAndLeftFromHere() {
        String link = "#/ring?node=node-1";
        try (ConsolePage here = open(link);
                ConsolePage there = ConsolePage.open(Objects.requireNonNull(browser), admin(KILLED), link)) {
            here.await(".c.top.ok");
            there.await(".c.top.ok");
            cluster().process(KILLED).kill();

            there.await(".notice a.btn");
            assertThat(there.text(".notice")).startsWith("node-2 does not answer.");
            assertThat(there.texts(".notice a.btn")).isEqualTo(List.of("node-0", "node-1"));
            assertThat(there.find(".notice a.btn").first().getAttribute("href")).isEqualTo(admin(SHOWN) + "/" + link);
            there.picture("node-gone");

            here.await(".nodes .suspect, .nodes .down");
            here.await(".c.top.short");
            here.await(".nodes .down");
            here.await(".mark.down");
            here.await(".cell.short");
            here.await(".news p span:text-is('node-2 is down')");
            here.picture("node-down");

            there.find(".notice a.btn").first().click();
            there.await(".panel .chain");
            assertThat(there.text(".panel h2")).isEqualTo("node-1");

            cluster().restart(KILLED);
            cluster().awaitReady(KILLED);
            here.await(".c.top.ok");
            here.await(".nodes li:nth-child(3) .alive");
            here.picture("node-back");
            here.assertClean();
        }
    }
}

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
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        "#/flows, Flows, .lanes .plot",
        "#/objects, Sign in, #sign-in-key",
        "#/access, Sign in, #sign-in-key",
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

            console.tabTo(".ringbox");
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
        "learn, LIGHT",
        "flows, DARK",
        "objects?bucket=rules&key=a.txt, LIGHT",
        "objects?bucket=rules, DARK",
        "access, LIGHT"
    })
    @Order(6)
    void view_heldAgainstTheRulesOfAccess_hasNothingSerious(String link, ColorScheme scheme) {
        try (ConsolePage console =
                ConsolePage.open(Objects.requireNonNull(browser), admin(SHOWN), "#/" + link, 1_280, 720, scheme)) {
            console.signIn();
            put(console, "rules", Map.of("a.txt", "text"));
            console.page().reload();
            console.await(sign(link));
            assertThat(seriousFaults(console)).isEmpty();
        }
    }

    @Test
    @Order(6)
    void signIn_heldAgainstTheRulesOfAccess_hasNothingSerious() {
        try (ConsolePage console = open("#/objects")) {
            console.await("#sign-in-key");
            assertThat(seriousFaults(console)).isEmpty();
        }
    }

    private static List<String> seriousFaults(ConsolePage console) {
        return new AxeBuilder(console.page())
                .analyze().getViolations().stream()
                        .filter(rule -> BAD_IMPACTS.contains(rule.getImpact()))
                        .map(rule -> rule.getId() + " at " + rule.getNodes())
                        .toList();
    }

    @ParameterizedTest
    @CsvSource({"1920, 1080, DARK", "390, 844, LIGHT"})
    @Order(7)
    void page_ofAnySize_needsNoScrollingSideways(int width, int height, ColorScheme scheme) {
        for (String view : List.of(
                "ring?node=node-0",
                "lookup?key=a&via=fingers",
                "flows",
                "objects?bucket=rules",
                "health",
                "learn",
                "access")) {
            try (ConsolePage console = ConsolePage.open(
                    Objects.requireNonNull(browser), admin(SHOWN), "#/" + view, width, height, scheme)) {
                console.signIn().await(sign(view));
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

    /** What a view has when it has what it is for. */
    private static String sign(String link) {
        return switch (link.replaceAll("\\W.*", "")) {
            case "learn" -> ".sim-node";
            case "flows" -> ".panel .figures";
            case "access" -> ".keys-list .note";
            default -> "tbody tr";
        };
    }

    /** By the page's own session. */
    private static void put(ConsolePage console, String bucket, Map<String, String> objects) {
        try {
            console.page().evaluate(script("put.js"), List.of(bucket, objects));
        } catch (IOException e) {
            throw new IllegalStateException(e);
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
    void signIn_thatIsWrongOrOver_saysSoAndReturnsToTheSamePlace() {
        String link = "#/objects?bucket=places&prefix=a%2F";
        try (ConsolePage console = open(link)) {
            console.signIn(ChordataProcess.ACCESS_KEY, "another secret");
            console.await(".sign-in .says:text('no such access key')");
            console.signIn(ChordataProcess.ACCESS_KEY, ChordataProcess.SECRET_KEY);
            console.await(".crumbs");
            put(console, "places", Map.of("a/b/c", "text"));
            console.page().reload();
            console.await(".files a:has-text('b/')");
            console.loseSession();
            console.find(".files a:has-text('b/')").click();
            console.await("h1:text-is('The sign-in is over')");
            console.picture("sign-in");
            assertThat(console.page().url()).endsWith("%2Fb%2F").doesNotContain("secret");
            console.signIn(ChordataProcess.ACCESS_KEY, ChordataProcess.SECRET_KEY);
            console.await(".files a:has-text('c')");
            console.assertClean();
        }
    }

    @Test
    @Order(11)
    void file_dropped_goesInPartsWithProgressAndComesBackEqual() throws IOException {
        int size = 50 << 20;
        try (ConsolePage console = open("#/objects?bucket=uploads").signIn()) {
            put(console, "uploads", Map.of("small.txt", "text"));
            console.page().reload();
            console.await(".files tbody tr");
            console.page().evaluate(script("drop.js"), List.of("large ü.bin", size, 7));
            console.await(".tray .sending .state:text('of 4')");
            console.await(".tray .sending [role=progressbar]:not([aria-valuenow='0'])");
            console.picture("upload");
            console.await(".tray .done .state:text('stored on 3 nodes')");

            console.find(".files a:has-text('large ü.bin')").click();
            console.await(".object .places tbody tr");
            assertThat(console.texts(".object .facts dt")).isEqualTo(List.of("Key", "ETag"));
            console.picture("objects");
            assertThat(console.download("[data-do=download]")).isEqualTo(noise(size, 7));

            console.find(".object [data-do=ask]").click();
            console.find(".object [data-do=delete]").click();
            console.await(".browser .pager :text('1 entry')");
            assertThat(console.texts(".files tbody .exact")).isEqualTo(List.of("small.txt"));
            assertThat(Files.readString(cluster().process(SHOWN).log()))
                    .contains("event=admin_change method=DELETE path=/s3/uploads%2Flarge%20%C3%BC.bin accessKey="
                            + ChordataProcess.ACCESS_KEY);
            console.assertClean();
        }
    }

    /** As drop.js makes it. */
    private static byte[] noise(int size, int seed) {
        byte[] bytes = new byte[size];
        int state = seed;
        for (int i = 0; i < size; i++) {
            state = state * 1_664_525 + 1_013_904_223;
            bytes[i] = (byte) (state >>> 24);
        }
        return bytes;
    }

    @Test
    @Order(12)
    void names_thatLookLikeOtherThings_areShownLinkedAndFetchedExactly() throws IOException {
        List<String> keys = List.of(
                "..",
                "a/../b",
                "<img src=x onerror=alert(1)>",
                "rtl\u202egnp.exe",
                "line\nbreak",
                " two  spaces ",
                "?q#f%2F&amp;",
                "ü/😀/");
        try (ConsolePage console = open("#/objects?bucket=odd-names").signIn()) {
            put(console, "odd-names", keys.stream().collect(Collectors.toMap(key -> key, key -> "text of " + key)));
            console.page().reload();
            assertThat(console.texts(".files tbody .exact"))
                    .containsExactlyInAnyOrder(
                            "a/",
                            "ü/",
                            "..",
                            "<img src=x onerror=alert(1)>",
                            "rtl\u202egnp.exe",
                            "line\nbreak",
                            " two  spaces ",
                            "?q#f%2F&amp;");
            for (String key : keys) {
                console.go("#/objects?bucket=odd-names&key="
                        + URLEncoder.encode(key, UTF_8).replace("+", "%20"));
                console.await(".object .facts");
                assertThat(console.text(".object .facts .whole")).isEqualTo(key);
                assertThat(new String(console.download("[data-do=download]"), UTF_8))
                        .isEqualTo("text of " + key);
            }
            assertThat(console.find("img").count()).isZero();
            console.picture("odd-names");
            console.assertClean();
        }
    }

    @Test
    @Order(13)
    void bucket_ofMoreThanAPage_isShownInPagesThatHaveLinks() {
        Map<String, String> objects = IntStream.range(0, 205)
                .boxed()
                .collect(Collectors.toMap(i -> String.format("rows/part-%06d", i), i -> "row"));
        try (ConsolePage console = open("#/objects?bucket=many&prefix=rows%2F").signIn()) {
            put(console, "many", objects);
            console.page().reload();
            console.await(".pager :text('1 to 200')");
            assertThat(console.texts(".files tbody tr")).hasSize(200);
            console.find(".pager a:text-is('Next')").click();
            console.await(".pager :text('201 to 205')");
            console.page().reload();
            console.await(".pager :text('5 entries')");
            assertThat(console.texts(".files tbody .exact").get(0)).isEqualTo("part-000200");
            console.find(".pager a:text-is('First page')").click();
            console.await(".pager :text('1 to 200')");

            console.press("/");
            console.page().keyboard().type("part-00011");
            console.await(".pager :text('10 entries')");
            console.press("ArrowDown", "Enter");
            console.await(".object .facts");
            assertThat(console.text(".object .facts .whole")).isEqualTo("rows/part-000110");
            console.assertClean();
        }
    }

    @Test
    @Order(14)
    void objects_chosen_areDeletedWithAllThatIsInFolders() {
        Map<String, String> objects =
                Map.of("a", "1", "b&\u0001", "2", "d", "3", "d/1", "4", "d/2/3", "5", "keep", "6");
        try (ConsolePage console = open("#/objects?bucket=chosen").signIn()) {
            put(console, "chosen", objects);
            console.page().reload();
            console.await(".files tbody tr");
            console.find(".files tbody tr:has-text('b&') input").check();
            console.find(".files tbody tr:has-text('d/') input").check();
            console.find(".files tbody tr:first-child a").focus();
            console.press("ArrowDown", "Space");
            console.await(".chosen :text('3 chosen')");
            console.picture("chosen");
            assertThat(seriousFaults(console)).isEmpty();
            console.find(".chosen [data-do=ask]").click();
            console.await(".chosen :text('Delete 2 objects and all that is in 1 folder?')");
            console.find(".chosen [data-do=delete]").click();
            console.await(".pager :text('2 entries')");
            assertThat(console.texts(".files tbody .exact")).isEqualTo(List.of("d", "keep"));
            assertThat(console.find(".chosen").isVisible()).isFalse();
            console.assertClean();
        }
    }

    @Test
    @Order(14)
    void keys_alone_signInBrowseAndDelete() {
        try (ConsolePage other = open("#/access").signIn()) {
            put(other, "by-keys", Map.of("a", "1", "b", "2"));
        }
        try (ConsolePage console = open("#/ring")) {
            console.await(".nodes a");
            console.press("4");
            console.await("#sign-in-key:focus");
            console.page().keyboard().type(ChordataProcess.ACCESS_KEY);
            console.press("Tab");
            console.page().keyboard().type(ChordataProcess.SECRET_KEY);
            console.press("Enter");
            console.await(".buckets a:text-is('by-keys')");
            console.tabTo(".buckets a[data-key=by-keys]");
            console.press("Enter");
            console.await(".pager :text('2 entries')");
            console.tabTo(".files tbody a");
            console.press("Space");
            console.await(".chosen :text('1 chosen')");
            console.tabTo(".chosen [data-do=ask]");
            console.press("Enter");
            console.tabTo(".chosen [data-do=delete]");
            console.press("Enter");
            console.await(".pager :text('1 entry')");
            assertThat(console.texts(".files tbody .exact")).isEqualTo(List.of("b"));
            console.assertClean();
        }
    }

    @Test
    @Order(14)
    void key_made_isShownOnceSignsInAndEndsWhenDeleted() {
        try (ConsolePage console = open("#/access").signIn()) {
            console.find("#key-note").fill("for <b>tests</b>");
            console.find(".new-key button").click();
            console.await("#secret-key");
            String secretKey = console.text("#secret-key");
            String accessKey = console.text(".keys-list tbody .mono");
            assertThat(console.text(".keys-list .key-note")).isEqualTo("for <b>tests</b>");
            console.picture("access");
            console.find("[data-do=hide]").click();
            console.page().reload();
            console.await(".keys-list tbody tr");
            assertThat(console.page().content()).doesNotContain(secretKey);

            console.find("[data-do=out]").click();
            console.signIn(accessKey, secretKey);
            console.await(".who-is:has-text('" + accessKey + "')");
            console.find(".keys-list [data-do=ask]").click();
            console.find(".keys-list [data-do=delete]").click();
            console.await("h1:text-is('The sign-in is over')");
            console.assertClean();
        }
    }

    @Test
    @Order(15)
    void flows_ofRequests_showTheOperationsAndTheirRates() {
        try (ConsolePage console = open("#/flows").signIn()) {
            console.await(".client");
            put(console, "flows", Map.of("a", "1", "b", "2", "c", "3"));
            console.await(".panel td:text-is('PutObject')");
            assertThat(console.texts(".flow-name")).isEqualTo(names());
            console.picture("flows");
            console.assertClean();
        }
    }

    @Test
    @Order(16)
    void moment_ofTheLastHour_isShownAgainUntilNow() {
        try (ConsolePage console = open("#/ring")) {
            console.await(".c.top.ok");
            console.find(".track").focus();
            console.press("ArrowLeft");
            console.await(".past .c.top.wait");
            assertThat(console.text(".c.top")).startsWith("as it was at ");
            assertThat(console.page().url()).contains("?at=");
            console.press("End");
            console.await(".c.top.ok");
            assertThat(console.page().url()).doesNotContain("at=");
            console.assertClean();
        }
    }

    @Test
    @Order(20)
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

    @Test
    @Order(21)
    void node_thatJoins_isSeenAndGetsItsShare() {
        try (ConsolePage console = open("#/ring")) {
            console.await(".c.top.ok");
            int number = cluster().add();
            console.await(".nodes .name:text-is('node-" + number + "')");
            console.await(".news p span:text-is('node-" + number + " joined')");
            cluster().awaitRedundant();
            console.await(".c.top.ok");
            console.go("#/ring?node=node-" + number);
            console.await(".panel .figures");
            console.await(".nodes li:nth-child(4) .alive");
            console.await(".panel .figures div:first-child dd:not(:text-is('0'))");
            assertThat(console.texts(".nodes .name")).isEqualTo(names());
            console.picture("node-joined");
            console.assertClean();
        }
    }
}

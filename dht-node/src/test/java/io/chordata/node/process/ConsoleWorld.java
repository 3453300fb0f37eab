package io.chordata.node.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** A real cluster, and a real browser that looks at its first node. */
final class ConsoleWorld implements AutoCloseable {
    static final String CHROMIUM = "/usr/bin/chromium";

    private static final int SHOWN = 0;
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

    private final ClusterProcesses cluster;
    private final Playwright playwright;
    private final Browser browser;

    private ConsoleWorld(ClusterProcesses cluster) {
        this.cluster = cluster;
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(CHROMIUM))
                        .setArgs(ARGUMENTS));
    }

    /** As {@link ClusterProcesses#start}. */
    static ConsoleWorld start(int nodes, String... options) throws IOException {
        Files.createDirectories(ConsolePage.PICTURES);
        ClusterProcesses cluster = ClusterProcesses.start(nodes, options);
        try {
            return new ConsoleWorld(cluster);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    ClusterProcesses cluster() {
        return cluster;
    }

    Browser browser() {
        return browser;
    }

    URI admin(int number) {
        return cluster.process(number).admin();
    }

    ConsolePage open(String link) {
        return openAt(SHOWN, link);
    }

    ConsolePage open(String link, int width, int height, ColorScheme scheme) {
        return ConsolePage.open(browser, admin(SHOWN), link, width, height, scheme);
    }

    ConsolePage openAt(int number, String link) {
        return ConsolePage.open(browser, admin(number), link);
    }

    /** As {@link #openAt}, by another address than the one that the node tells. */
    ConsolePage openByName(int number, String link) {
        return ConsolePage.open(
                browser, URI.create("http://localhost:" + admin(number).getPort()), link);
    }

    JsonObject json(String path) {
        return new JsonObject(cluster.process(SHOWN).adminGet(path));
    }

    static Stream<JsonObject> list(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }

    List<String> names() {
        return list(new JsonArray(cluster.process(SHOWN).adminGet("/v1/nodes")))
                .map(node -> node.getString("name"))
                .sorted()
                .toList();
    }

    /** By the page's own session. */
    void put(ConsolePage console, String bucket, Map<String, String> objects) {
        console.page().evaluate(script("put.js"), List.of(bucket, objects));
    }

    static String script(String name) {
        try (InputStream in = Objects.requireNonNull(ConsoleWorld.class.getResourceAsStream("/console/" + name))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> seriousFaults(ConsolePage console) {
        return new AxeBuilder(console.page())
                .analyze().getViolations().stream()
                        .filter(rule -> BAD_IMPACTS.contains(rule.getImpact()))
                        .map(rule -> rule.getId() + " at " + rule.getNodes())
                        .toList();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
        cluster.close();
    }
}

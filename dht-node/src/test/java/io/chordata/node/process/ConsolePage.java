package io.chordata.node.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.ScreenshotAnimations;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The console in a browser's tab, as a node serves it; keeps what it logged as errors, what it asked and what it was refused. */
final class ConsolePage implements AutoCloseable {
    static final Path PICTURES = ChordataProcess.target().resolve("console");

    private static final double TIMEOUT_MILLIS = 60_000;
    private static final int STEPS_MAX = 200;
    private static final int FIRST_REFUSAL = 400;
    /** Where a test may ask for what is not there, or of a node that is dead. */
    private static final List<String> REFUSING = List.of("/v1/", "/s3/");

    private final BrowserContext context;
    private final Page page;
    private final URI origin;
    private final List<String> errors = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> urls = new ArrayList<>();

    private ConsolePage(BrowserContext context, URI origin) {
        this.context = context;
        this.page = context.newPage();
        this.origin = origin;
        page.setDefaultTimeout(TIMEOUT_MILLIS);
        page.onConsoleMessage(message -> {
            boolean isOfLoading = message.text().startsWith("Failed to load resource");
            if (message.type().equals("error") && !(isOfLoading && mayRefuse(message.location()))) {
                errors.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(errors::add);
        page.onRequest(request -> urls.add(request.url()));
        page.onFrameNavigated(frame -> urls.add(frame.url()));
        page.onResponse(response -> {
            if (response.status() >= FIRST_REFUSAL && !mayRefuse(response.url())) {
                missing.add(response.status() + " for " + response.url());
            }
        });
    }

    private boolean mayRefuse(String url) {
        return REFUSING.stream().anyMatch(path -> url.startsWith(origin + path));
    }

    /** At 1280 × 720. */
    static ConsolePage open(Browser browser, URI origin, String link) {
        return open(browser, origin, link, 1_280, 720, ColorScheme.LIGHT);
    }

    static ConsolePage open(Browser browser, URI origin, String link, int width, int height, ColorScheme scheme) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme));
        ConsolePage console = new ConsolePage(context, origin);
        console.go(link);
        return console;
    }

    /** As whoever has the keys of the tests, without the form. */
    ConsolePage signIn() {
        JsonObject keys = new JsonObject()
                .put("accessKey", ChordataProcess.ACCESS_KEY)
                .put("secretKey", ChordataProcess.SECRET_KEY);
        RequestOptions request = RequestOptions.create()
                .setHeader("Content-Type", "application/json")
                .setData(keys.encode());
        assertThat(context.request().post(origin + "/v1/session", request).status())
                .isEqualTo(200);
        page.reload();
        return this;
    }

    /** By the form. */
    void signIn(String accessKey, String secretKey) {
        find("#sign-in-key").fill(accessKey);
        find("#sign-in-secret").fill(secretKey);
        find(".sign-in button").click();
    }

    /** From now on what the node answers there is told to the page as this makes it, from what it really is. */
    ConsolePage bend(String path, UnaryOperator<String> change) {
        page.route(origin + path, route -> {
            APIResponse answer = route.fetch();
            route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(change.apply(answer.text())));
        });
        page.reload();
        return this;
    }

    /** As if 12 hours had gone by. */
    void loseSession() {
        context.clearCookies();
    }

    /** The bytes that a click on that makes the browser save. */
    byte[] download(String selector) throws IOException {
        Download download = page.waitForDownload(() -> find(selector).click());
        return Files.readAllBytes(download.path());
    }

    /** @param link as {@code #/ring}, or a path */
    void go(String link) {
        page.navigate(origin + "/" + link);
    }

    Page page() {
        return page;
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    /** The first text there, once there is one. */
    String text(String selector) {
        return find(selector).first().textContent();
    }

    List<String> texts(String selector) {
        find(selector).first().waitFor();
        return find(selector).allTextContents();
    }

    void await(String selector) {
        find(selector).first().waitFor();
    }

    void awaitGone(String selector) {
        find(selector).first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    /** Until the focus is there, which it may be already. */
    void tabTo(String selector) {
        for (int i = 0; find(selector + ":focus").count() == 0; i++) {
            assertThat(i).as("steps to " + selector).isLessThan(STEPS_MAX);
            press("Tab");
        }
    }

    /** Kept beside the other artefacts of the build. */
    void picture(String name) {
        save(PICTURES.resolve(name + ".png"));
    }

    /** One that the README shows: to be copied there. */
    void pictureForReaders(String name) {
        save(forReaders(name));
    }

    /** As it is when all that moves has arrived. */
    private void save(Path path) {
        page.screenshot(new Page.ScreenshotOptions().setPath(path).setAnimations(ScreenshotAnimations.DISABLED));
    }

    static Path forReaders(String name) {
        return PICTURES.resolve("readme").resolve(name + ".png");
    }

    /** Of a part of the page. */
    byte[] shot(String selector) {
        return find(selector)
                .first()
                .screenshot(new Locator.ScreenshotOptions().setAnimations(ScreenshotAnimations.DISABLED));
    }

    void assertClean() {
        assertThat(errors).as("errors in the console").isEmpty();
        assertThat(missing).as("files that are not served").isEmpty();
        assertThat(urls).as("requests leave the origin").allMatch(url -> url.startsWith(origin + "/"));
        assertInNoUrl(ChordataProcess.SECRET_KEY);
    }

    /** Not in what was asked for, nor in what stood above the page; as it is, or as URLs have it. */
    void assertInNoUrl(String secret) {
        assertThat(urls)
                .as("URLs")
                .isNotEmpty()
                .noneMatch(url -> url.contains(secret) || url.contains(URLEncoder.encode(secret, UTF_8)));
    }

    /** An answer that is still being bent would be asked of a page that is gone, and fail the test that is over. */
    @Override
    public void close() {
        page.unrouteAll();
        context.close();
    }
}

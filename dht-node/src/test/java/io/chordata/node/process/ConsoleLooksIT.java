package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every view by its link: at each size, and held against the rules of access. */
@RequiresProgram(value = ConsoleWorld.CHROMIUM, debian = "chromium")
class ConsoleLooksIT {
    private static final int FILES_MIN = 40;
    /** Of what a browser that knows nothing yet is sent. */
    private static final int CODE_BYTES_MAX = 300_000;

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
    void link_opened_showsItsView(String link, @Nullable String title, String content) {
        try (ConsolePage console = world().open(link)) {
            console.await(content);
            console.await(title == null ? ".verdict h1" : "h1:text-is('" + title + "')");
            console.assertClean();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ring?as=table, LIGHT",
        "ring?as=table, DARK",
        "objects?bucket=rules&key=a.txt, LIGHT",
        "objects?bucket=rules&key=a.txt, DARK"
    })
    void view_heldAgainstTheRulesOfAccess_hasNothingSerious(String link, ColorScheme scheme) {
        try (ConsolePage console = world().open("#/" + link, 1_280, 720, scheme)) {
            console.signIn();
            world().put(console, "rules", Map.of("a.txt", "text"));
            console.page().reload();
            console.await(sign(link));
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            console.assertClean();
        }
    }

    @Test
    void signIn_heldAgainstTheRulesOfAccess_hasNothingSerious() {
        try (ConsolePage console = world().open("#/objects")) {
            console.await("#sign-in-key");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            console.assertClean();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1280, 720, LIGHT",
        "1280, 720, DARK",
        "1920, 1080, LIGHT",
        "1920, 1080, DARK",
        "390, 844, LIGHT",
        "390, 844, DARK"
    })
    void page_ofAnySize_fitsAndKeepsTheRulesOfAccess(int width, int height, ColorScheme scheme) {
        String look = "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT);
        try (ConsolePage console = world().open("#/objects", width, height, scheme)) {
            console.await("#sign-in-key");
            assertFits(console, "sign-in" + look);
            console.signIn();
            world().put(console, "rules", Map.of("a.txt", "text"));
            for (String view : List.of(
                    "ring",
                    "ring?node=node-0",
                    "lookup?key=a&via=fingers",
                    "lookup?key=a&from=node-1",
                    "flows",
                    "objects?bucket=rules",
                    "health",
                    "learn",
                    "access")) {
                console.go("#/" + view);
                console.page().reload();
                console.await(sign(view));
                assertFits(console, view.replaceAll("\\W+", "-") + look);
            }
            console.assertClean();
        }
    }

    @Test
    void page_openedForTheFirstTime_takesLittleAndShowsSoon() {
        try (ConsolePage console = world().open("#/ring")) {
            console.await(".c.hero");
            JsonObject told = new JsonObject(String.valueOf(console.page().evaluate("""
                    () => {
                      const code = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                        .filter(entry => !new URL(entry.name).pathname.startsWith('/v1/'));
                      return JSON.stringify({
                        files: code.length, bytes: code.reduce((sum, entry) => sum + entry.transferSize, 0),
                        paintMillis: Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)
                      });
                    }""")));
            assertThat(told.getInteger("files")).isGreaterThan(FILES_MIN);
            assertThat(told.getInteger("bytes")).isBetween(1, CODE_BYTES_MAX);
            Figures.note("console: opened, " + told.getInteger("files") + " files of " + told.getInteger("bytes")
                    + " bytes come, and the first paint is after " + told.getInteger("paintMillis") + " ms");
        }
    }

    private static void assertFits(ConsolePage console, String name) {
        console.picture(name);
        assertThat(ConsoleWorld.seriousFaults(console)).as(name).isEmpty();
        assertThat(console.page().evaluate(ConsoleWorld.script("overlaps.js")))
                .as(name)
                .isEqualTo(List.of());
        assertThat(console.page()
                        .evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as(name)
                .isEqualTo(0);
    }

    /** What a view has when it has what it is for. */
    private static String sign(String link) {
        if (link.equals("ring")) {
            return ".c.top.ok";
        }
        return switch (link.replaceAll("\\W.*", "")) {
            case "learn" -> ".sim-node";
            case "flows" -> ".flow-name";
            case "access" -> ".keys-list .note";
            default -> "tbody tr";
        };
    }
}

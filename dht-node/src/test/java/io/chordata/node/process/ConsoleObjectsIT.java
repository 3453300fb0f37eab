package io.chordata.node.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sign-in, buckets, objects and keys in a real browser. */
@RequiresProgram(value = ConsoleWorld.CHROMIUM, debian = "chromium")
class ConsoleObjectsIT {
    private static final int SHOWN = 0;

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
    void signIn_thatIsWrongOrOver_saysSoAndReturnsToTheSamePlace() {
        String link = "#/objects?bucket=places&prefix=a%2F";
        try (ConsolePage console = world().open(link)) {
            console.signIn(ChordataProcess.ACCESS_KEY, "another secret");
            console.await(".sign-in .says:text('no such access key')");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            console.signIn(ChordataProcess.ACCESS_KEY, ChordataProcess.SECRET_KEY);
            console.await(".crumbs");
            world().put(console, "places", Map.of("a/b/c", "text"));
            console.page().reload();
            console.await(".files a:has-text('b/')");
            console.loseSession();
            console.find(".files a:has-text('b/')").click();
            console.await("h1:text-is('The sign-in is over')");
            console.picture("sign-in");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            assertThat(console.page().url()).endsWith("%2Fb%2F").doesNotContain("secret");
            console.signIn(ChordataProcess.ACCESS_KEY, ChordataProcess.SECRET_KEY);
            console.await(".files a:has-text('c')");
            console.assertInNoUrl("another secret");
            console.assertClean();
        }
    }

    @Test
    void file_dropped_goesInPartsWithProgressAndComesBackEqual() throws IOException {
        int size = 50 << 20;
        try (ConsolePage console = world().open("#/objects?bucket=uploads").signIn()) {
            world().put(console, "uploads", Map.of("small.txt", "text"));
            console.page().reload();
            console.await(".files tbody tr");
            console.page().evaluate(ConsoleWorld.script("drop.js"), List.of("large ü.bin", size, 7));
            console.await(".tray .sending .state:text('of 4')");
            console.await(".tray .sending [role=progressbar]:not([aria-valuenow='0'])");
            console.picture("upload");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            console.await(".tray .done .state:text('stored on 3 nodes')");

            console.find(".files a:has-text('large ü.bin')").click();
            console.await(".object .places tbody tr");
            assertThat(console.texts(".object .facts dt")).isEqualTo(List.of("Key", "ETag"));
            console.picture("objects");
            assertThat(console.download("[data-do=download]")).isEqualTo(noise(size, 7));

            String url = console.page().url();
            console.go("#/lookup?key=uploads%2Flarge+%C3%BC.bin");
            console.await(".places tbody tr:nth-child(9)");
            assertThat(console.texts(".places tbody tr")).isEqualTo(places("uploads", "large%20%C3%BC.bin"));
            assertThat(console.text(".panel .note:text-is('and 42 more')")).isNotEmpty();
            console.go(url.substring(url.indexOf('#')));
            console.await(".object .places tbody tr");

            console.find(".object [data-do=ask]").click();
            console.find(".object [data-do=delete]").click();
            console.await(".browser .pager :text('1 entry')");
            assertThat(console.texts(".files tbody .exact")).isEqualTo(List.of("small.txt"));
            assertThat(Files.readString(world().cluster().process(SHOWN).log()))
                    .contains("event=admin_change method=DELETE path=/s3/uploads%2Flarge%20%C3%BC.bin accessKey="
                            + ChordataProcess.ACCESS_KEY);
            console.assertClean();
        }
    }

    /** Where the record and the first eight blocks lie, by the API: part, partition, nodes. */
    private static List<String> places(String bucket, String key) {
        JsonObject place = world().json("/v1/objects/locate?bucket=" + bucket + "&key=" + key);
        return Stream.concat(
                        Stream.of("record" + where(place)),
                        ConsoleWorld.list(place.getJsonArray("blocks"))
                                .limit(8)
                                .map(block -> "block " + block.getInteger("index") + where(block)))
                .toList();
    }

    private static String where(JsonObject place) {
        String names = place.getJsonArray("replicas").stream()
                .map(id -> world().cluster().node(SHOWN, id.toString()).getString("name"))
                .collect(Collectors.joining());
        return String.format("%02x", place.getInteger("partition")) + names;
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
    void link_shared_letsAnybodyReadTheObject() throws Exception {
        try (ConsolePage console = world().open("#/access").signIn()) {
            world().put(console, "shared", Map.of("for all.txt", "text for all"));
            console.go("#/objects?bucket=shared&key=for+all.txt");
            console.find("[data-do=share]").click();
            console.find("#share-span").selectOption("3600");
            console.find("[data-do=link]").click();
            console.await("#share-url");
            String url = console.find("#share-url").inputValue();
            console.find("[data-do=copy]").click();
            console.await("[data-do=copy]:text-is('Copied')");
            console.picture("share");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();

            HttpResponse<String> got = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
            assertThat(got.body()).isEqualTo("text for all");
            assertThat(url).startsWith(world().cluster().process(SHOWN).endpoint() + "/shared/for%20all.txt?");
            assertThat(console.page().url() + url).doesNotContain(ChordataProcess.SECRET_KEY);
            console.go("#/objects?bucket=shared");
            console.await(".files tbody tr");
            assertThat(console.page().content()).doesNotContain("X-Amz-Signature");
            console.assertClean();
        }
    }

    @Test
    void object_ofTextOrAPicture_isShownBeforeItIsDownloaded() {
        String text = "first line\n<b>second</b> ü\n";
        try (ConsolePage console = world().open("#/access").signIn()) {
            world().put(console, "looks", Map.of("notes.txt", text, "long.txt", "0123456789abcdef".repeat(2_000)));
            console.page().evaluate(ConsoleWorld.script("picture.js"), List.of("looks/small.png"));
            console.go("#/objects?bucket=looks&key=notes.txt");
            assertThat(console.text(".beginning")).isEqualTo(text);
            assertThat(console.find(".preview").count()).isZero();
            console.go("#/objects?bucket=looks&key=long.txt");
            console.await(".object h3:has-text('first 16.0 KiB')");
            assertThat(console.text(".beginning")).isEqualTo("0123456789abcdef".repeat(1_024));
            console.go("#/objects?bucket=looks&key=small.png");
            console.await(".preview img[alt]");
            assertThat(
                            console.page()
                                    .evaluate(
                                            "document.querySelector('.preview img').decode().then(() => "
                                                    + "[document.querySelector('.preview img').naturalWidth, document.querySelector('.preview img').naturalHeight])"))
                    .isEqualTo(List.of(3, 2));
            assertThat(console.find(".beginning").count()).isZero();
            console.picture("preview");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
            console.assertClean();
        }
    }

    @Test
    void object_thatOnlySaysThatItIsAPicture_isAskedForOnce() {
        try (ConsolePage console = world().open("#/access").signIn()) {
            world().put(console, "odd", Map.of());
            console.page().evaluate(ConsoleWorld.script("picture.js"), List.of("odd/broken.png", "no picture"));
            console.go("#/objects?bucket=odd&key=broken.png");
            console.await(".object .facts");
            console.awaitGone(".preview");
            console.page().evaluate("window.dispatchEvent(new Event('resize'))");
            assertThat(console.find(".preview").count()).isZero();
            console.assertClean();
        }
    }

    @Test
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
        try (ConsolePage console = world().open("#/objects?bucket=odd-names").signIn()) {
            world().put(
                            console,
                            "odd-names",
                            keys.stream().collect(Collectors.toMap(key -> key, key -> "text of " + key)));
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
    void bucket_ofMoreThanAPage_isShownInPagesThatHaveLinks() {
        Map<String, String> objects = IntStream.range(0, 205)
                .boxed()
                .collect(Collectors.toMap(i -> String.format("rows/part-%06d", i), i -> "row"));
        try (ConsolePage console =
                world().open("#/objects?bucket=many&prefix=rows%2F").signIn()) {
            world().put(console, "many", objects);
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
    void objects_chosen_areDeletedWithAllThatIsInFolders() {
        Map<String, String> objects =
                Map.of("a", "1", "b&\u0001", "2", "d", "3", "d/1", "4", "d/2/3", "5", "keep", "6");
        try (ConsolePage console = world().open("#/objects?bucket=chosen").signIn()) {
            world().put(console, "chosen", objects);
            console.page().reload();
            console.await(".files tbody tr");
            console.find(".files tbody tr:has-text('b&') input").check();
            console.find(".files tbody tr:has-text('d/') input").check();
            console.find(".files tbody tr:first-child a").focus();
            console.press("ArrowDown", "Space");
            console.await(".chosen :text('3 chosen')");
            console.picture("chosen");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
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
    void keys_alone_signInBrowseAndDelete() {
        try (ConsolePage other = world().open("#/access").signIn()) {
            world().put(other, "by-keys", Map.of("a", "1", "b", "2"));
        }
        try (ConsolePage console = world().open("#/ring")) {
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
    void key_made_isShownOnceSignsInAndEndsWhenDeleted() {
        try (ConsolePage console = world().open("#/access").signIn()) {
            console.find("#key-note").fill("for <b>tests</b>");
            console.find(".new-key button").click();
            console.await("#secret-key");
            String secretKey = console.text("#secret-key");
            String accessKey = console.text(".keys-list tbody .mono");
            assertThat(console.text(".keys-list .key-note")).isEqualTo("for <b>tests</b>");
            console.picture("access");
            assertThat(ConsoleWorld.seriousFaults(console)).isEmpty();
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
            console.assertInNoUrl(secretKey);
            console.assertClean();
        }
    }
}

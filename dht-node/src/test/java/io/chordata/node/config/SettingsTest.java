package io.chordata.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    private Path folder;

    @Test
    void value_givenEverywhere_isTheFlags() throws IOException {
        Path file = file("node.yaml", "name: from-file\nzone: file-zone\nlogLevel: warn\n");
        Settings settings = SettingsLoader.load(
                Map.of(OptionCatalogue.CONFIG, file.toString(), OptionCatalogue.NAME, "from-flag"),
                Map.of("CHORDATA_NAME", "from-environment", "CHORDATA_ZONE", "environment-zone", "HOME", "/root"));

        assertThat(settings.get(OptionCatalogue.NAME)).isEqualTo("from-flag");
        assertThat(settings.get(OptionCatalogue.ZONE)).isEqualTo("environment-zone");
        assertThat(settings.get(OptionCatalogue.LOG_LEVEL)).isEqualTo(OptionCatalogue.LogLevel.WARN);
        assertThat(settings.get(OptionCatalogue.INIT)).isFalse();
    }

    @Test
    void yaml_withNumbersAndLists_isReadAsText() throws IOException {
        Path file = file("node.yml", "s3Port: 9100\nseeds:\n  - a:1\n  - b:2\ninit: true\n");
        Settings settings = SettingsLoader.load(Map.of(OptionCatalogue.CONFIG, file.toString()), Map.of());

        assertThat(settings.get(OptionCatalogue.S3)).hasToString("127.0.0.1:9100");
        assertThat(settings.get(OptionCatalogue.SEEDS)).containsExactly(new HostPort("a", 1), new HostPort("b", 2));
        assertThat(settings.get(OptionCatalogue.INIT)).isTrue();
    }

    @Test
    void properties_named_areRead() throws IOException {
        Path file = file("node.properties", "# comment\nstopGrace = 3s\n");
        Settings settings = SettingsLoader.load(Map.of(), Map.of("CHORDATA_CONFIG", file.toString()));

        assertThat(settings.get(OptionCatalogue.STOP_GRACE)).hasSeconds(3);
    }

    @Test
    void name_misspeltInFile_isRefusedWithTheNearest() throws IOException {
        Path file = file("node.yaml", "stopGrase: 3s\n");

        assertThatThrownBy(() -> SettingsLoader.load(Map.of(OptionCatalogue.CONFIG, file.toString()), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": unknown option 'stopGrase'; did you mean 'stopGrace'?");
    }

    @Test
    void name_misspeltInEnvironment_isRefusedWithTheNearest() {
        assertThatThrownBy(() -> SettingsLoader.load(Map.of(), Map.of("CHORDATA_ACCES_KEY", "x")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("unknown environment variable CHORDATA_ACCES_KEY; did you mean 'CHORDATA_ACCESS_KEY'?");
    }

    @Test
    void name_likeNoOther_isRefusedWithoutAGuess() {
        assertThatThrownBy(() -> SettingsLoader.load(Map.of(), Map.of("CHORDATA_XYZZY_PLUGH", "x")))
                .hasMessageContaining("'chordata config' lists all there are");
    }

    @Test
    void name_ofAnotherProgramOfOurs_isLeftAlone() {
        SettingsLoader.load(
                Map.of(), Map.of("CHORDATA_ENDPOINT", "http://127.0.0.1:9000", "CHORDATA_AGAINST_ACCESS_KEY", "x"));
    }

    @Test
    void value_malformed_isRefusedWithItsOrigin() {
        assertThatThrownBy(() -> SettingsLoader.load(Map.of(), Map.of("CHORDATA_STOP_GRACE", "5x")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("'stopGrace' (environment CHORDATA_STOP_GRACE): expected a duration")
                .hasMessageEndingWith("got '5x'");
    }

    @Test
    void fileWithStructure_belowAName_isRefused() throws IOException {
        for (String content : List.of("s3:\n  port: 9000\n", "- a\n", "name:\n", "a: [1, {b: 2}]\n")) {
            Path file = file("node.yaml", content);
            assertThatThrownBy(() -> SettingsLoader.load(Map.of(OptionCatalogue.CONFIG, file.toString()), Map.of()))
                    .as(content)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void file_ofUnknownFormatOrBrokenOrAbsent_isRefused() throws IOException {
        List<Path> files = List.of(
                file("node.toml", "name = 'x'"),
                file("broken.yaml", "name: [x"),
                file("twice.yaml", "name: x\nname: y\n"),
                folder.resolve("absent.yaml"));
        for (Path file : files) {
            assertThatThrownBy(() -> SettingsLoader.load(Map.of(OptionCatalogue.CONFIG, file.toString()), Map.of()))
                    .as(file.toString())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void secret_inAFile_isReadWithoutItsLineEnd() throws IOException {
        Path key = file("key", "0123456789abcdef\n");
        Settings settings = SettingsLoader.load(Map.of(), Map.of("CHORDATA_SECRET_KEY_FILE", key.toString()));

        assertThat(settings.get(OptionCatalogue.SECRET_KEY)).isEqualTo("0123456789abcdef");
    }

    @Test
    void secretFile_givenByFlag_isStrongerThanTheEnvironment() throws IOException {
        Path key = file("key", "from-the-file-0123");
        Settings settings = SettingsLoader.load(
                Map.of(OptionCatalogue.SECRET_KEY_FILE, key.toString()),
                Map.of("CHORDATA_SECRET_KEY", "from-the-environment"));

        assertThat(settings.get(OptionCatalogue.SECRET_KEY)).isEqualTo("from-the-file-0123");
    }

    @Test
    void secret_givenTwiceInTheEnvironment_isRefused() {
        assertThatThrownBy(() -> SettingsLoader.load(
                        Map.of(), Map.of("CHORDATA_SECRET_KEY", "x", "CHORDATA_SECRET_KEY_FILE", "/y")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("given twice");
    }

    @Test
    void show_withSecrets_masksThemAndNamesOrigins() {
        String shown = SettingsLoader.load(
                        Map.of(OptionCatalogue.NAME, "it's"), Map.of("CHORDATA_SECRET_KEY", "canary-0123456789"))
                .show();

        assertThat(shown)
                .doesNotContain("canary")
                .contains("secretKey: '********'  # environment CHORDATA_SECRET_KEY")
                .contains("name: 'it''s'  # --name")
                .contains("s3: '127.0.0.1:9000'  # default")
                .contains("# accessKey: not set");
    }

    @Test
    void option_needed_saysHowToGiveIt() {
        Settings settings = SettingsLoader.load(Map.of(), Map.of());

        assertThatThrownBy(() -> settings.get(OptionCatalogue.DATA))
                .hasMessage("'data' is needed: give it as --data or as CHORDATA_DATA");
        assertThatThrownBy(() -> settings.get(OptionCatalogue.SECRET_KEY))
                .hasMessageContaining("CHORDATA_SECRET_KEY")
                .hasMessageContaining("CHORDATA_SECRET_KEY_FILE");
    }

    @Test
    void catalogue_asAWhole_hasNoNameTwiceAndOnlyCleanNames() {
        assertThat(OptionCatalogue.ALL)
                .extracting(Option::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z][A-Za-z0-9]*"));
        assertThat(OptionCatalogue.ALL).extracting(Option::environmentName).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(OptionCatalogue.ALL.stream().map(Option::flag).toList()))
                .contains("--data", "--s3", "--admin", "--internal", "--seeds", "--zone", "--name", "--init")
                .contains("--advertise", "--s3-port", "--admin-port", "--internal-port", "--s3-domain", "--nodes");
    }

    @Test
    void secret_asAFlag_isNotOffered() {
        assertThat(OptionCatalogue.SECRET_KEY.isFlagAllowed()).isFalse();
        assertThat(OptionCatalogue.SECRET_KEY_FILE.isFlagAllowed()).isTrue();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}

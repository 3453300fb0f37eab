package io.chordata.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.client.admin.AdminOptions;
import io.chordata.client.admin.AdminOptions.Keys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class AdminTargetTest {
    @TempDir
    private Path folder;

    @Command
    private static final class Holder {
        @Mixin
        private final AdminTarget target = new AdminTarget();
    }

    private static AdminOptions options(Map<String, String> environment, String... words) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(words);
        return holder.target.options(environment);
    }

    private static void assertAsked(AdminOptions options, String... nodes) {
        assertThat(options.nodes().stream().map(URI::toString)).containsExactly(nodes);
    }

    @Test
    void node_givenInSeveralWays_isTheNearest() {
        Map<String, String> both =
                Map.of("CHORDATA_ADMIN", "a:1", "CHORDATA_ENDPOINT", "http://e:9010", "CHORDATA_OTHER", "x");
        assertAsked(options(Map.of()), "http://127.0.0.1:9001");
        assertAsked(options(both), "http://a:1");
        assertAsked(options(both, "--admin", "f:2,g:3", "--endpoint", "http://h:4"), "http://f:2", "http://g:3");
        assertAsked(options(both, "--endpoint", "http://h:4"), "http://h:5");
        assertAsked(options(Map.of("CHORDATA_ENDPOINT", "http://e:9010", "CHORDATA_ADMIN", "")), "http://e:9011");
    }

    @Test
    void endpoints_ofSeveralNodes_areAskedAtTheirAdminPorts() {
        Map<String, String> several = Map.of("CHORDATA_ENDPOINT", "http://e:9000, http://f:9010");
        assertAsked(options(several), "http://e:9001", "http://f:9011");
        assertAsked(options(several, "--endpoint", "http://g:1,https://h:3"), "http://g:2", "http://h:4");
    }

    @Test
    void endpoint_withoutPort_isRefused() {
        assertThatThrownBy(() -> options(Map.of("CHORDATA_ENDPOINT", "http://s3.example")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--admin");
    }

    @Test
    void keys_fromVariablesOrFiles_areTaken() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "0123456789abcdef\n");
        assertThat(options(Map.of()).keys()).isNull();
        assertThat(options(Map.of("CHORDATA_ACCESS_KEY", "root", "CHORDATA_SECRET_KEY_FILE", secret.toString()))
                        .keys())
                .isEqualTo(new Keys("root", "0123456789abcdef"));
    }

    @Test
    void keys_thatAreNotWhole_areRefused() {
        assertThatThrownBy(() -> options(Map.of("CHORDATA_ACCESS_KEY", "root")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("both");
        assertThatThrownBy(() ->
                        options(Map.of("CHORDATA_ACCESS_KEY", "root", "CHORDATA_SECRET_KEY_FILE", folder + "/absent")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot read");
    }
}

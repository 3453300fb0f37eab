package io.chordata.client.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminOptionsTest {
    @Test
    void addresses_asPeopleWriteThem_areRead() {
        assertThat(AdminOptions.parse("10.0.0.1:9001, [::1]:9001,https://admin.example:443/"))
                .containsExactly(
                        URI.create("http://10.0.0.1:9001"),
                        URI.create("http://[::1]:9001"),
                        URI.create("https://admin.example:443"));
    }

    @Test
    void addresses_whereHttpsIsUsual_areAskedByIt() {
        assertThat(AdminOptions.parse("h:1,http://i:2", true))
                .containsExactly(URI.create("https://h:1"), URI.create("http://i:2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", ":9001", "host:9001/v1", "ftp://host:9001", "a b:1", "host:1,,host:2"})
    void address_thatIsNone_isRefusedWithWhatWasMeant(String text) {
        assertThatThrownBy(() -> AdminOptions.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HOST:PORT");
    }

    @Test
    void keys_printed_keepTheSecret() {
        AdminOptions options =
                AdminOptions.of(AdminOptions.parse("h:1"), new AdminOptions.Keys("root", "canary-0123456789"));
        assertThat(options.toString()).contains("root").doesNotContain("canary");
    }

    @Test
    void options_withoutANode_areRefused() {
        assertThatThrownBy(() -> AdminOptions.of(List.of(), null)).isInstanceOf(IllegalArgumentException.class);
    }
}

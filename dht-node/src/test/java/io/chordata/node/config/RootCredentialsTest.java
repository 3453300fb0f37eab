package io.chordata.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootCredentialsTest {
    private static final String SECRET = "0123456789abcdef";

    @Test
    void credentials_printed_hideTheSecret() {
        assertThat(new RootCredentials("admin", SECRET).toString())
                .contains("admin")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({"ab," + SECRET, "with/slash," + SECRET, "with blank," + SECRET, "admin,short", "admin,012345678 9abcdef"
    })
    void credentials_tooShortOrWithOddCharacters_areRefused(String accessKey, String secretKey) {
        assertThatThrownBy(() -> new RootCredentials(accessKey, secretKey)).isInstanceOf(ConfigException.class);
    }
}

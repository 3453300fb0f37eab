package io.chordata.node.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.runtime.SecureRandomSource;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSecretTest {
    private static final String TEXT = "0123456789abcdefghijklmnopqrstuvwxyz";

    /** Computed with Python's hmac from RFC 5869, sections 2.2 and 2.3. */
    @Test
    void key_ofSaltAndLabel_isHkdfs() {
        byte[] key = ClusterSecret.of(TEXT)
                .keysFor("some salt".getBytes(StandardCharsets.US_ASCII))
                .key("some label");

        assertThat(HexFormat.of().formatHex(key))
                .isEqualTo("b51b8e08c493cfca3e6b8b6396e28ce91543164e80dddf94d8cb7ff68c9d628a");
    }

    /** RFC 4231, test case 2. */
    @Test
    void hmac_ofAKnownMessage_isTheStandardsOwn() {
        byte[] mac = ClusterSecret.hmac(
                "Jefe".getBytes(StandardCharsets.US_ASCII),
                "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII));

        assertThat(HexFormat.of().formatHex(mac))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void secret_readFromAFile_isTheSameWithItsLineEnd() {
        byte[] salt = {1};

        assertThat(ClusterSecret.of(TEXT + "\r\n").keysFor(salt).key("x"))
                .isEqualTo(ClusterSecret.of(TEXT).keysFor(salt).key("x"))
                .isNotEqualTo(ClusterSecret.of(TEXT + ".").keysFor(salt).key("x"))
                .isNotEqualTo(ClusterSecret.of(TEXT).keysFor(salt).key("y"))
                .isNotEqualTo(ClusterSecret.of(TEXT).keysFor(new byte[] {2}).key("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789abcdefghijklmnopqrstu", "changemechangemechangemechangemechangeme"})
    void secret_thatCanBeGuessed_isRefusedAndNotQuoted(String text) {
        assertThatThrownBy(() -> ClusterSecret.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(text.isEmpty() ? "\0" : text);
    }

    @Test
    void secret_madeAnew_isAcceptedAndNeverTheSame() {
        SecureRandomSource random = new SecureRandomSource();
        String text = ClusterSecret.newText(random);

        assertThat(text).hasSize(43).isNotEqualTo(ClusterSecret.newText(random));
        assertThat(ClusterSecret.of(text)).isNotNull();
    }

    @Test
    void secret_printed_isHidden() {
        ClusterSecret secret = ClusterSecret.of(TEXT);

        assertThat(secret + " " + secret.keysFor(new byte[] {1})).doesNotContain("0123");
    }
}

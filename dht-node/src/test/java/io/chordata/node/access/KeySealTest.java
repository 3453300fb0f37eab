package io.chordata.node.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.Uint128;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeySealTest {
    private static final ClusterSecret SECRET = ClusterSecret.of("a secret of nodes that are in a test only");
    private static final ClusterId CLUSTER = new ClusterId(Uint128.parse("000102030405060708090a0b0c0d0e0f"));
    private static final String TEXT = "a secret of forty characters, or nearly so";

    // Computed by another implementation of HKDF, HMAC and AES-GCM (Python's hmac and cryptography 48).
    private static final String GOLDEN_KEY = "CKABCDEFGHIJKLKRBZKE";
    private static final String GOLDEN_SEALED =
            "01010203040506070801020304c13fc8d0dc5797cb5693f2c077e013cf6227ad03e5382ad812df0cc26a5b29789b807a4ad86c4d4c"
                    + "cf69777a7b9a0f2c54d9b195d9c57f62fe62";

    private final KeySeal seal = new KeySeal(SECRET, CLUSTER);

    /** Says 0x0102030405060708 again and again, and counts. */
    private static final class Counting implements RandomSource {
        private int next;

        @Override
        public long nextLong() {
            return 0x0102030405060708L;
        }

        @Override
        public int nextInt(int bound) {
            return next++ % bound;
        }
    }

    @Test
    void seal_ofFormat1_hasTheBytesThatItAlwaysHad() {
        assertThat(seal.newAccessKey(new Counting())).isEqualTo(GOLDEN_KEY);
        assertThat(HexFormat.of().formatHex(seal.seal(GOLDEN_KEY, TEXT, new Counting())))
                .isEqualTo(GOLDEN_SEALED);
        assertThat(seal.open(GOLDEN_KEY, HexFormat.of().parseHex(GOLDEN_SEALED)))
                .isEqualTo(TEXT);
    }

    @Test
    void sealed_withAnyByteChanged_isNotOpened() {
        byte[] sealed = HexFormat.of().parseHex(GOLDEN_SEALED);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> seal.open(GOLDEN_KEY, changed)).isInstanceOf(KeysUnavailableException.class);
        }
    }

    @Test
    void sealed_ofAnotherKeyOrCluster_isNotOpened() {
        byte[] sealed = HexFormat.of().parseHex(GOLDEN_SEALED);
        KeySeal elsewhere = new KeySeal(SECRET, new ClusterId(new Uint128(0, 1)));

        assertThatThrownBy(() -> seal.open("CKABCDEFGHIJKLKRBZKF", sealed))
                .isInstanceOf(KeysUnavailableException.class);
        assertThatThrownBy(() -> elsewhere.open(GOLDEN_KEY, sealed)).isInstanceOf(KeysUnavailableException.class);
    }

    @Test
    void sealed_cutShort_isNotOpened() {
        for (int length = 0; length < 40; length++) {
            byte[] cut = HexFormat.of().parseHex(GOLDEN_SEALED.substring(0, 2 * length));
            assertThatThrownBy(() -> seal.open(GOLDEN_KEY, cut)).isInstanceOf(KeysUnavailableException.class);
        }
    }

    @Test
    void name_madeUp_isToldFromOneOfTheCluster() {
        assertThat(seal.isMadeHere(GOLDEN_KEY)).isTrue();
        assertThat(seal.isMadeHere("CKABCDEFGHIJKLKRBZKF")).isFalse();
        assertThat(seal.isMadeHere("AKIAIOSFODNN7EXAMPLE")).isFalse();
        assertThat(seal.isMadeHere("")).isFalse();
        assertThat(seal.isMadeHere("x".repeat(10_000))).isFalse();
        assertThat(new KeySeal(SECRET, new ClusterId(new Uint128(0, 1))).isMadeHere(GOLDEN_KEY))
                .isFalse();
    }
}

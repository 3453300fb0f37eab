package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TestBodyTest {
    @Test
    void body_readInAnyPieces_isTheSame() throws IOException {
        byte[] whole = new TestBody(1000, 7).bytes();
        byte[] pieces = new byte[1000];
        try (InputStream in = new TestBody(1000, 7).open()) {
            pieces[0] = (byte) in.read();
            for (int at = 1, step = 1; at < 1000; step = step % 13 + 1) {
                at += in.read(pieces, at, Math.min(step, 1000 - at));
            }
            assertThat(in.read()).isEqualTo(-1);
        }
        assertThat(pieces).isEqualTo(whole);
    }

    @Test
    void body_ofAnotherSeedOrSize_differs() {
        assertThat(new TestBody(1000, 7).sha256())
                .isNotEqualTo(new TestBody(1000, 8).sha256())
                .isNotEqualTo(new TestBody(1001, 7).sha256());
        assertThat(Arrays.mismatch(new TestBody(1000, 7).bytes(), new TestBody(1000, 8).bytes()))
                .isZero();
    }

    @Test
    void body_ofNoBytes_hasTheHashOfNothing() {
        assertThat(new TestBody(0, 1).sha256())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}

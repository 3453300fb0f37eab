package io.chordata.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecordKeyTest {
    private static final byte[] SECRET = new byte[32];
    private final RecordKey sender = new RecordKey(SECRET);
    private final RecordKey taker = new RecordKey(SECRET);

    private byte[] seal(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        byte[] record = new byte[RecordKey.sealedBytes(plain.length)];
        sender.seal(plain, 0, plain.length, record, 0);
        return record;
    }

    private String open(byte[] record) throws GeneralSecurityException {
        byte[] plain = taker.open(record, RecordKey.HEADER_BYTES, record.length - RecordKey.HEADER_BYTES);
        return new String(plain, StandardCharsets.UTF_8);
    }

    private void assertRefused(byte[] record) {
        assertThatThrownBy(() -> open(record)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void records_inOrder_open() throws GeneralSecurityException {
        byte[] first = seal("first");
        byte[] empty = seal("");
        byte[] third = seal("third");

        assertThat(first).hasSize(RecordKey.sealedBytes(5)).startsWith(0, 0, 0, 21);
        assertThat(new String(first, StandardCharsets.ISO_8859_1)).doesNotContain("first");
        assertThat(open(first)).isEqualTo("first");
        assertThat(open(empty)).isEmpty();
        assertThat(open(third)).isEqualTo("third");
    }

    @Test
    void record_repeated_doesNotOpen() throws GeneralSecurityException {
        byte[] first = seal("first");
        open(first);

        assertRefused(first);
    }

    @Test
    void record_afterALostOne_doesNotOpen() {
        seal("lost");

        assertRefused(seal("next"));
    }

    @Test
    void record_withAnyBitFlipped_doesNotOpen() {
        byte[] record = seal("some text");
        for (int bit = RecordKey.HEADER_BYTES * 8; bit < record.length * 8; bit++) {
            byte[] changed = record.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            RecordKey fresh = new RecordKey(SECRET);
            assertThatThrownBy(() -> fresh.open(changed, 4, changed.length - 4))
                    .as("bit %d", bit)
                    .isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void record_ofAnotherKey_doesNotOpen() {
        byte[] other = SECRET.clone();
        other[31] = 1;
        byte[] record = new byte[RecordKey.sealedBytes(1)];
        new RecordKey(other).seal(new byte[1], 0, 1, record, 0);

        assertRefused(record);
    }

    @Test
    void key_afterItsRecords_isRenewedOnBothSides() throws GeneralSecurityException {
        byte[] plain = {};
        byte[] record = new byte[RecordKey.sealedBytes(0)];
        for (long i = 0; i < RecordKey.RECORDS_PER_KEY; i++) {
            sender.seal(plain, 0, 0, record, 0);
        }
        byte[] afterwards = seal("under the next key");
        assertRefused(afterwards);
        RecordKey late = new RecordKey(SECRET);
        RecordKey again = new RecordKey(SECRET);
        for (long i = 0; i < RecordKey.RECORDS_PER_KEY; i++) {
            again.seal(plain, 0, 0, record, 0);
            late.open(record, 4, record.length - 4);
        }
        byte[] opened = late.open(afterwards, 4, afterwards.length - 4);

        assertThat(opened).asString(StandardCharsets.UTF_8).isEqualTo("under the next key");
        assertThat(Arrays.equals(afterwards, record)).isFalse();
    }
}

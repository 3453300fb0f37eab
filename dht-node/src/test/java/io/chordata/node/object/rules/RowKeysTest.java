package io.chordata.node.object.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.chordata.node.object.rules.MessageProtos.Shard;
import io.chordata.node.sim.SimRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RowKeysTest {
    private static final Shard SHARD = Shard.newBuilder()
            .setBucket(ByteString.copyFrom(new byte[RowKeys.ID_BYTES]))
            .setNumber(3)
            .build();

    private final SimRandom random = new SimRandom(11);

    /** Few different bytes, the awkward ones among them, so that prefixes and equal keys are common. */
    private byte[] key() {
        byte[] bytes = {0, 0, 1, 2, 'a', (byte) 0xff};
        byte[] key = new byte[random.nextInt(5)];
        for (int i = 0; i < key.length; i++) {
            key[i] = bytes[random.nextInt(bytes.length)];
        }
        return key;
    }

    private static ByteString bytes(byte[] key) {
        return ByteString.copyFrom(key);
    }

    private static int sign(byte[] a, byte[] b) {
        return Integer.signum(Arrays.compareUnsigned(a, b));
    }

    @Test
    void row_keys_are_ordered_as_their_object_keys_whatever_follows() {
        for (int i = 0; i < 100_000; i++) {
            byte[] a = key();
            byte[] b = key();
            int expected = sign(a, b);
            assertThat(sign(RowKeys.head(SHARD, bytes(a)), RowKeys.head(SHARD, bytes(b))))
                    .isEqualTo(expected);
            if (expected != 0) {
                byte[] rowA = RowKeys.upload(SHARD, bytes(a), bytes(random.nextBytes(16)));
                byte[] rowB = RowKeys.upload(SHARD, bytes(b), bytes(random.nextBytes(16)));
                assertThat(sign(rowA, rowB)).as("%s %s", hex(a), hex(b)).isEqualTo(expected);
            }
        }
    }

    @Test
    void object_key_comes_back_from_each_row_key() {
        for (int i = 0; i < 10_000; i++) {
            byte[] key = key();
            ByteString upload = bytes(random.nextBytes(16));
            assertThat(RowKeys.objectKeyOf(RowKeys.head(SHARD, bytes(key)))).isEqualTo(key);
            byte[] row = RowKeys.upload(SHARD, bytes(key), upload);
            assertThat(RowKeys.objectKeyOf(row)).isEqualTo(key);
            assertThat(RowKeys.uploadOf(row)).isEqualTo(upload);
        }
    }

    @Test
    void rows_behind_a_key_begin_after_all_of_its_own() {
        for (int i = 0; i < 100_000; i++) {
            byte[] marker = key();
            byte[] other = key();
            byte[] row = RowKeys.upload(SHARD, bytes(other), bytes(random.nextBytes(16)));
            boolean behind = sign(row, RowKeys.behindEnded(SHARD, marker)) >= 0;
            assertThat(behind).as("%s %s", hex(marker), hex(other)).isEqualTo(sign(other, marker) > 0);
        }
    }

    @Test
    void format_of_row_keys_does_not_change() {
        ByteString id = bytes(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));
        Shard shard = Shard.newBuilder().setBucket(id).setNumber(5).build();
        ByteString key = bytes(new byte[] {'k', 0, 'y'});
        String begin = "000102030405060708090a0b0c0d0e0f00000005";
        assertThat(hex(RowKeys.shard(shard))).isEqualTo(begin);
        assertThat(hex(RowKeys.head(shard, key))).isEqualTo(begin + "6b00ff79");
        assertThat(hex(RowKeys.content(shard, key, 258))).isEqualTo(begin + "6b00ff7900010000000000000102");
        assertThat(hex(RowKeys.upload(shard, key, id)))
                .isEqualTo(begin + "6b00ff790001000102030405060708090a0b0c0d0e0f");
        assertThat(hex(RowKeys.part(shard, id, 10_000))).isEqualTo(begin + "000102030405060708090a0b0c0d0e0f00002710");
        assertThat(hex(RowKeys.due(1, 2, 3))).isEqualTo("0000000000000001000000000000000200000003");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

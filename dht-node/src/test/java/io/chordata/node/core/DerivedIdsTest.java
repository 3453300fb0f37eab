package io.chordata.node.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The vectors were computed by other means (Python's hashlib) from the definition. They are for ever. */
class DerivedIdsTest {
    private static final Uint128 COUNTING = Uint128.parse("000102030405060708090a0b0c0d0e0f");

    @Test
    void position_ofKnownFields_isTheVector() {
        NodeId node = new NodeId(COUNTING);
        NodeId zeros = new NodeId(Uint128.ZERO);
        NodeId ones = new NodeId(new Uint128(-1, -1));
        assertThat(DerivedIds.position(zeros, 0, 0)).hasToString("d9cf2cab287e4545de0fa6d450c632d8");
        assertThat(DerivedIds.position(node, 0, 0)).hasToString("a661bb681c7560ab08a765d683dd140a");
        assertThat(DerivedIds.position(node, 1, 0)).hasToString("48d844c7602f5aee78db5d2d18bf27bc");
        assertThat(DerivedIds.position(node, 0, 1)).hasToString("8475def793ea007713fa638653451672");
        assertThat(DerivedIds.position(ones, 1_023, 63)).hasToString("6c3e3d9586ff99e43093a548a9631e61");
    }

    @Test
    void otherIds_ofKnownFields_areTheVectors() {
        BucketId bucket = new BucketId(COUNTING);
        byte[] key = {'a', '/', 'b', (byte) 0xff};
        assertThat(DerivedIds.shardPoint(bucket, 3)).hasToString("a1292a141b91b9384a52d7dcf0ef1bc0");
        assertThat(DerivedIds.recordId(bucket, key)).hasToString("d2bbd8327c734b088f00ecb6d7894c74");
        assertThat(DerivedIds.blockId(new BodyId(COUNTING), 7)).hasToString("9d350aabd4944b710012de7c30a520d8");
    }

    @Test
    void positions_ofOneNode_allDiffer() {
        NodeId node = new NodeId(COUNTING);
        long distinct = IntStream.range(0, 32)
                .boxed()
                .flatMap(i -> IntStream.range(0, 64).mapToObj(j -> DerivedIds.position(node, i, j)))
                .distinct()
                .count();
        assertThat(distinct).isEqualTo(32 * 64);
    }
}

package io.chordata.node.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.routing.KeyPlaces;
import io.chordata.client.routing.RoutingTable;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.DerivedIds;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Uint128;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The client computes by itself where a key lives, and must come to what the cluster does. */
class ClientPlacesTest {
    private static final int KEYS = 5_000;

    private final Random random = new Random(20261127);

    @Test
    void key_ofAnyBucket_livesWhereTheClientThinks() {
        for (int i = 0; i < KEYS; i++) {
            BucketId bucket = new BucketId(new Uint128(random.nextLong(), random.nextLong()));
            int shardBits = random.nextInt(9);
            Partitioning partitioning = new Partitioning(4 + random.nextInt(9));
            String key = key();
            int shard = Index.shardOf(bucket, shardBits, key.getBytes(StandardCharsets.UTF_8));
            PartitionId expected = partitioning.partitionOf(DerivedIds.shardPoint(bucket, shard));

            long point = KeyPlaces.point(new KeyPlaces.Bucket(bucket.toString(), 1 << shardBits), key);

            assertThat(table(partitioning).partitionOf(point).orElseThrow().start())
                    .as("key '%s' in %s of 2^%d shards", key, bucket, shardBits)
                    .isEqualTo(partitioning.point(expected).value().high());
        }
    }

    private String key() {
        StringBuilder key = new StringBuilder();
        for (int length = 1 + random.nextInt(40); length > 0; length--) {
            key.appendCodePoint(random.nextInt(4) == 0 ? 0x80 + random.nextInt(0xd000) : 0x20 + random.nextInt(0x5f));
        }
        return key.toString();
    }

    private static RoutingTable table(Partitioning partitioning) {
        return new RoutingTable(
                1,
                List.of(),
                IntStream.range(0, partitioning.count())
                        .mapToObj(number -> new RoutingTable.Partition(
                                partitioning
                                        .point(new PartitionId(number))
                                        .value()
                                        .high(),
                                null,
                                List.of()))
                        .toList());
    }
}

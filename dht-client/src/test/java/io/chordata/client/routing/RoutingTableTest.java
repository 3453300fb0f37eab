package io.chordata.client.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTableTest {
    @Test
    void table_asANodeTellsIt_isUnderstood() {
        RoutingTable.Answer answer = Tables.answer(7);

        assertThat(answer.table().version()).isEqualTo(7);
        assertThat(answer.table().nodes()).containsExactly(Tables.A, Tables.B, Tables.C);
        assertThat(answer.table().partitions()).hasSize(4);
        assertThat(answer.table().partitions().get(1).leader()).isEqualTo(Tables.B);
        assertThat(answer.table().partitions().get(1).members())
                .as("one is no node")
                .isEqualTo(Tables.ALL);
        assertThat(answer.table().partitions().get(3).leader()).isNull();
        assertThat(answer.bucket()).isEqualTo(Tables.BUCKET);
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000000,0",
        "3fffffffffffffff,0",
        "4000000000000000,1",
        "7fffffffffffffff,1",
        "8000000000000000,2",
        "bfffffffffffffff,2",
        "ffffffffffffffff,3"
    })
    void point_onTheRing_liesInThePartitionThatBeginsBeforeIt(String point, int partition) {
        RoutingTable table = Tables.answer(1).table();

        assertThat(table.partitionOf(Long.parseUnsignedLong(point, 16)))
                .contains(table.partitions().get(partition));
    }

    @Test
    void table_withoutPartitionsOrOutOfOrder_isNoTable() {
        JsonObject empty = Tables.json(1).put("partitions", new JsonArray());
        JsonArray turned = new JsonArray();
        Tables.json(1)
                .getJsonArray("partitions")
                .forEach(partition -> turned.getList().add(0, partition));

        assertThat(RoutingTable.parse(empty, Tables.SEED).table().partitionOf(1))
                .isEmpty();
        assertThatThrownBy(() -> RoutingTable.parse(Tables.json(1).put("partitions", turned), Tables.SEED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RoutingTable.parse(new JsonObject(), Tables.SEED))
                .isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h,h,80,h,http://h",
        "https://h/,h,443,h,https://h",
        "HTTP://h:9000,h,9000,h:9000,http://h:9000",
        "https://h:443/s3/,h,443,h,https://h/s3",
        "http://[::1]:9000,::1,9000,[::1]:9000,http://[::1]:9000"
    })
    void endpoint_fromAUri_knowsHowItIsAddressed(String uri, String host, int port, String authority, String url) {
        Endpoint endpoint = Endpoint.of(URI.create(uri));

        assertThat(endpoint.host()).isEqualTo(host);
        assertThat(endpoint.port()).isEqualTo(port);
        assertThat(endpoint.authority()).isEqualTo(authority);
        assertThat(endpoint).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9000", "ftp://h", "/path", "http:///path"})
    void endpoint_fromSomethingElse_isRefused(String uri) {
        assertThatThrownBy(() -> Endpoint.of(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://HOST:PORT");
    }

    @ParameterizedTest
    @CsvSource({"xyz,16", "0123456789ABCDEF0123456789ABCDEF,16", "0123456789abcdef0123456789abcdef,12"})
    void bucket_ofAnotherShape_isRefused(String id, int shards) {
        assertThatThrownBy(() -> new KeyPlaces.Bucket(id, shards)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keys_ofABucket_spreadOverItsShards() {
        assertThat(IntStream.range(0, 200).mapToObj(i -> KeyPlaces.shard(Tables.BUCKET, "key-" + i)))
                .contains(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
                .allMatch(shard -> shard >= 0 && shard < 16);
    }
}

package io.chordata.node.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitioningTest {
    private static final int IDS = 10_000;

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 8, 13, 20})
    void partition_ofItsFirstAndItsLastId_isItself(int bits) {
        Partitioning partitioning = new Partitioning(bits);
        for (int number = 0; number < partitioning.count(); number++) {
            PartitionId partition = new PartitionId(number);
            RingId first = partitioning.point(partition);
            RingId next = partitioning.point(new PartitionId((number + 1) % partitioning.count()));
            RingId last = new RingId(next.value().minus(new Uint128(0, 1)));

            assertThat(partitioning.partitionOf(first)).isEqualTo(partition);
            assertThat(partitioning.partitionOf(last)).isEqualTo(partition);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 20})
    void id_ofAnyPartition_liesBetweenItsPointAndTheNext(int bits) {
        Partitioning partitioning = new Partitioning(bits);
        Random random = new Random(bits);
        for (int i = 0; i < IDS; i++) {
            RingId id = new RingId(new Uint128(random.nextLong(), random.nextLong()));
            PartitionId partition = partitioning.partitionOf(id);
            RingId point = partitioning.point(partition);
            RingId next = partitioning.point(new PartitionId((partition.number() + 1) % partitioning.count()));

            assertThat(id.equals(point) || id.isBetween(point, next))
                    .as("%s in %s", id, partition)
                    .isTrue();
        }
    }

    @Test
    void partitioning_beyondItsBounds_isRefused() {
        assertThatThrownBy(() -> new Partitioning(3)).hasMessageContaining("got 3");
        assertThatThrownBy(() -> new Partitioning(21)).hasMessageContaining("got 21");
        assertThatThrownBy(() -> new PartitionId(-1)).hasMessageContaining("got -1");
        assertThatThrownBy(() -> new Partitioning(4).point(new PartitionId(16))).hasMessageContaining("p16");
    }

    @Test
    void partitions_inOrder_areThoseOfTheirNumbersAndPoints() {
        Partitioning partitioning = new Partitioning(8);
        for (int number = 1; number < partitioning.count(); number++) {
            PartitionId before = new PartitionId(number - 1);
            PartitionId partition = new PartitionId(number);
            assertThat(before).isLessThan(partition);
            assertThat(partitioning.point(before)).isLessThan(partitioning.point(partition));
        }
    }

    @Test
    void nodeId_printedAndParsed_isTheSameAndKeepsItsOrder() {
        Random random = new Random(7);
        for (int i = 0; i < IDS; i++) {
            NodeId one = new NodeId(new Uint128(random.nextLong(), random.nextLong()));
            NodeId other = new NodeId(new Uint128(random.nextLong(), random.nextLong()));
            assertThat(NodeId.parse(one.toString())).isEqualTo(one);
            assertThat(Integer.signum(one.compareTo(other)))
                    .isEqualTo(Integer.signum(one.toString().compareTo(other.toString())));
        }
    }
}

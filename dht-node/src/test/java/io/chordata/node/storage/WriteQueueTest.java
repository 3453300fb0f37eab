package io.chordata.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.Loop;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.storage.WriteQueue.Offer;
import io.vertx.core.Promise;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
    private static final int BATCH_BYTES = 1000;
    private static final long EVERYTHING = Long.MAX_VALUE;

    private final Loop loop = new SimLoops(new SimScheduler(1), 1).ownerOf(new PartitionId(0));
    private final WriteQueue queue = new WriteQueue(5 * write().bytes(), 4);

    @Test
    void queue_that_holds_its_number_of_batches_is_full_until_a_group_is_done() {
        for (int i = 0; i < 4; i++) {
            assertThat(queue.offer(write())).isEqualTo(Offer.TAKEN);
        }
        assertThat(queue.offer(write())).isEqualTo(Offer.FULL);
        List<PendingWrite> group = queue.takeGroup(2 * write().bytes());
        assertThat(group).hasSize(2);
        assertThat(queue.offer(write())).as("while the group is written").isEqualTo(Offer.FULL);
        queue.done(group);
        assertThat(queue.offer(write())).isEqualTo(Offer.TAKEN);
    }

    @Test
    void queue_that_holds_its_bytes_is_full() {
        assertThat(queue.offer(write(4 * BATCH_BYTES))).isEqualTo(Offer.TAKEN);
        assertThat(queue.offer(write(2 * BATCH_BYTES))).isEqualTo(Offer.FULL);
        assertThat(queue.offer(write())).isEqualTo(Offer.TAKEN);
    }

    @Test
    void batch_larger_than_the_queue_or_the_group_goes_alone() {
        PendingWrite large = write(100 * BATCH_BYTES);
        assertThat(queue.offer(large)).isEqualTo(Offer.TAKEN);
        assertThat(queue.offer(write())).isEqualTo(Offer.FULL);
        assertThat(queue.takeGroup(BATCH_BYTES)).containsExactly(large);
    }

    @Test
    void groups_come_in_the_order_offered() {
        List<PendingWrite> writes = List.of(write(), write(), write());
        writes.forEach(queue::offer);
        List<PendingWrite> first = queue.takeGroup(2 * write().bytes());
        queue.done(first);
        assertThat(first).containsExactly(writes.get(0), writes.get(1));
        assertThat(queue.takeGroup(EVERYTHING)).containsExactly(writes.get(2));
    }

    @Test
    void closed_queue_takes_nothing_and_hands_out_what_it_has() {
        queue.offer(write());
        queue.close();
        assertThat(queue.offer(write())).isEqualTo(Offer.CLOSED);
        List<PendingWrite> last = queue.takeGroup(EVERYTHING);
        assertThat(last).hasSize(1);
        queue.done(last);
        assertThat(queue.takeGroup(EVERYTHING)).isEmpty();
    }

    private PendingWrite write() {
        return write(BATCH_BYTES);
    }

    private PendingWrite write(int bytes) {
        RecordBatch batch = new RecordBatch().put(Family.NODE, new byte[0], new byte[bytes]);
        return new PendingWrite(batch, Durability.SYNCED, loop, Promise.promise());
    }
}

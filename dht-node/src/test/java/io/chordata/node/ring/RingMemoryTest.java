package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import io.chordata.node.ring.view.Weight;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimRecordDisk;
import io.chordata.node.sim.SimRecordStore;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.SimTimers;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RingMemoryTest {
    private static final Weight WEIGHT = new Weight(2_125);

    private final SimScheduler scheduler = new SimScheduler(20261126);
    private final SimLoops loops = new SimLoops(scheduler, 1);
    private final SimRecordDisk disk = new SimRecordDisk();
    private final SimRecordStore records = new SimRecordStore(disk, scheduler, loops);
    private final RingMemory store = new RingMemory(records, new SimTimers(scheduler, loops));

    private <T> T await(Future<T> future) {
        return scheduler.await(future);
    }

    private static byte[] image(int number) {
        return ("image " + number).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void memory_ofANewDisk_isEmpty() {
        RingMemory.Content memory = store.read();
        assertThat(memory.places()).isNull();
        assertThat(memory.image()).isEmpty();
    }

    @Test
    void places_onceWritten_areReadAfterAPowerLoss() {
        Places places = new Places(List.of(5, 0, 63), WEIGHT, false);
        await(store.write(places));
        await(store.write(places.taken()));
        disk.crash(scheduler.random());
        SimRecordStore again = new SimRecordStore(disk, scheduler, loops);
        assertThat(new RingMemory(again, new SimTimers(scheduler, loops)).read().places())
                .isEqualTo(new Places(List.of(5, 0, 63), WEIGHT, true));
    }

    /** One write is under way when the others come; of those only the newest is written. */
    @Test
    void images_thatComeWhileOneIsWritten_areOneMoreWrite() {
        Future<Void> first = store.write(image(0));
        for (int number = 1; number < 20; number++) {
            store.write(image(number));
        }
        assertThat(first.isComplete()).isFalse();
        await(store.idle());
        assertThat(store.read().image()).isEqualTo(image(19));
        assertThat(records.syncs()).isEqualTo(2);
        await(store.write(image(20)));
        assertThat(records.syncs()).isEqualTo(3);
        assertThat(store.read().image()).isEqualTo(image(20));
    }

    @Test
    void image_thatTheBusyStoreRefused_isWrittenLater() {
        records.setBusyChance(0.9);
        await(store.write(image(1)));
        assertThat(store.read().image()).isEqualTo(image(1));
    }

    @Test
    void failure_ofTheStore_isToldAndNotRetried() {
        records.failNextSync();
        Future<Void> written = store.write(image(1));
        assertThatThrownBy(() -> await(written)).isInstanceOf(StoreFailedException.class);
        assertThat(store.write(image(2)).failed()).isTrue();
    }

    @Test
    void places_thatCannotBeRead_areNoReasonToChooseOthers() {
        await(records.write(
                new RecordBatch()
                        .put(Family.NODE, "ring/places".getBytes(StandardCharsets.US_ASCII), new byte[] {1, 2}),
                Durability.SYNCED));
        assertThatThrownBy(store::read)
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("places of this node");
    }

    /** Part of the format on disk: it must never change. */
    @Test
    void places_ofVersionOne_areTheseBytes() {
        assertThat(HexFormat.of().formatHex(new Places(List.of(5, 0, 63), Weight.ONE, true).encode()))
                .isEqualTo("0a0305003f1001");
        assertThat(HexFormat.of().formatHex(new Places(List.of(5, 0, 63), WEIGHT, true).encode()))
                .isEqualTo("0a0305003f100118cd10");
    }

    @Test
    void places_ofANode_areThoseItChose() {
        Contact owner = new Contact(new NodeId(new Uint128(1, 2)), new NodeAddress("host", 1), 3);
        assertThat(new Places(List.of(5, 0), Weight.ONE, false).of(owner))
                .containsExactly(Position.of(owner, 0, 5), Position.of(owner, 1, 0));
    }
}

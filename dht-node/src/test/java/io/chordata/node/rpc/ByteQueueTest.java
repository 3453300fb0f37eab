package io.chordata.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteQueueTest {
    @Test
    void bytes_inPiecesOfAnySize_comeOutInOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] all = new byte[300_000];
        random.nextBytes(all);
        ByteQueue queue = new ByteQueue();
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        int added = 0;
        while (taken.size() < all.length) {
            int length = Math.min(random.nextInt(9_000), all.length - added);
            queue.add(Buffer.buffer(Arrays.copyOfRange(all, added, added + length)));
            added += length;
            taken.writeBytes(queue.take(added == all.length ? queue.size() : random.nextInt(queue.size() + 1)));
        }
        assertThat(taken.toByteArray()).as("seed %d", seed).isEqualTo(all);
    }

    @Test
    void queue_afterAll_holdsNoMemory() {
        ByteQueue queue = new ByteQueue();
        queue.add(Buffer.buffer(new byte[100_000]));

        queue.skip(100_000);

        assertThat(queue.array()).isEmpty();
    }

    @Test
    void number_peeked_isBigEndianAndUnused() {
        ByteQueue queue = new ByteQueue();
        queue.add(Buffer.buffer().appendInt(0x81020384));

        assertThat(queue.peekInt()).isEqualTo(0x81020384);
        assertThat(queue.size()).isEqualTo(4);
    }
}

package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.Clock;
import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Timers;
import io.chordata.node.core.Uint128;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final NodeId ONE = new NodeId(new Uint128(1, 1));
    private static final NodeId OTHER = new NodeId(new Uint128(1, 2));

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final List<Integer> read = new ArrayList<>();
    private long nowNanos;
    private long readNanos;
    private final Inbox inbox = new Inbox(new HandLoop(), new HandClock(), new HandTimers());

    private final class HandLoop implements Loop {
        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public <T> Future<T> executeBlocking(Callable<T> task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isCurrent() {
            return true;
        }
    }

    private final class HandClock implements Clock {
        @Override
        public long wallMillis() {
            return 0;
        }

        @Override
        public long monotonicNanos() {
            return nowNanos;
        }
    }

    private final class HandTimers implements Timers {
        @Override
        public Timer once(long delayMillis, Runnable handler) {
            later.add(handler);
            return () -> later.remove(handler);
        }
    }

    private void add(NodeId from, int length) {
        inbox.add(from, new byte[length], (node, bytes) -> {
            read.add(bytes.length);
            nowNanos += readNanos;
        });
    }

    private void runLoop() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void messages_areReadOnTheLoop_inOrder() {
        add(ONE, 1);
        add(OTHER, 2);
        assertThat(read).isEmpty();
        runLoop();
        add(ONE, 3);
        runLoop();
        assertThat(read).containsExactly(1, 2, 3);
        assertThat(inbox.dropped()).isZero();
    }

    @Test
    void flood_ofOneNode_isCutOff_andTheOthersAreHeard() {
        for (int i = 0; i < 5_000; i++) {
            add(ONE, 1);
        }
        add(OTHER, 2);
        runLoop();
        assertThat(read).hasSize(1_025).endsWith(2);
        assertThat(inbox.dropped()).isEqualTo(5_000 - 1_024);
        add(ONE, 3);
        runLoop();
        assertThat(read).endsWith(3);
    }

    @Test
    void largeMessages_ofOneNode_areCutOffByTheirBytes() {
        for (int i = 0; i < 5; i++) {
            add(ONE, 1 << 20);
        }
        runLoop();
        assertThat(read).hasSize(2);
        assertThat(inbox.dropped()).isEqualTo(3);
    }

    @Test
    void manyNodes_together_haveABoundAsWell() {
        for (int i = 0; i < 30; i++) {
            add(new NodeId(new Uint128(2, i)), 1 << 20);
        }
        runLoop();
        assertThat(read).hasSize(16);
        assertThat(inbox.dropped()).isEqualTo(14);
    }

    @Test
    void reading_thatTakesLong_leavesTheLoopToOthersInBetween() {
        readNanos = 2_000_000;
        for (int i = 1; i <= 7; i++) {
            add(ONE, i);
        }
        runLoop();
        assertThat(read).hasSize(3);
        add(ONE, 8);
        runLoop();
        assertThat(read).hasSize(3);
        later.remove().run();
        assertThat(read).hasSize(6);
        later.remove().run();
        assertThat(read).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(later).isEmpty();
    }
}

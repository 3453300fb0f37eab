package io.chordata.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.Thread.State;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProgressBarTest {
    private static final String CLEAR = "\r\u001b[K";

    private final StringWriter drawn = new StringWriter();
    private final PrintWriter terminal = new PrintWriter(drawn);

    private static Thread drawer() {
        List<Thread> drawers = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("progress"))
                .toList();
        assertThat(drawers).hasSize(1);
        return drawers.get(0);
    }

    private static void await(Thread thread, Predicate<State> state) {
        while (!state.test(thread.getState())) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void drawer_thatWaitsForTheTerminalAsTheBarCloses_drawsNoMore() {
        ProgressBar bar = new ProgressBar(terminal, true);
        Thread drawer = drawer();
        synchronized (terminal) {
            await(drawer, state -> state == State.BLOCKED);
            bar.close();
        }
        await(drawer, state -> state == State.TERMINATED);
        assertThat(drawn.toString()).endsWith(CLEAR);
    }

    @Test
    void bar_elsewhereThanOnATerminal_drawsNothing() {
        try (ProgressBar bar = new ProgressBar(terminal, false)) {
            bar.plan(1);
            bar.clear();
        }
        assertThat(drawn.toString()).isEmpty();
    }
}

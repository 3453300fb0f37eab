package io.chordata.node.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final String KEY = "key";
    private static final Version VERSION = Draft.version("a");

    private final History history = new History(10);

    @Test
    void entry_recorded_hasWhatWasSaid() {
        History.Call put = history.invoke(100, "client", KEY, Draft.put("a"));
        put.end(250, Outcome.DONE);
        assertThat(history.retire(KEY).entries())
                .containsExactly(new Entry("client", Draft.put("a"), Outcome.DONE, 1, 2, 100, 250));
        assertThat(history.keys()).isEmpty();
    }

    @Test
    void copy_ofOneKeyToAnother_isInBothHistories() {
        history.invoke(0, "client", KEY, Operation.copy("source", new Version("a", "a-2")))
                .end(1, Outcome.CONDITION_FAILED);
        Entry written = history.retire(KEY).entries().get(0);
        assertThat(written.operation().writes()).isEqualTo(VERSION);
        Entry read = history.retire("source").entries().get(0);
        assertThat(read.operation().kind()).isEqualTo(Operation.Kind.COPY_SOURCE);
        assertThat(read.operation().condition()).isEqualTo(Condition.ifMatch("a-2"));
        assertThat(List.of(read.invoked(), read.returned())).isEqualTo(List.of(written.invoked(), written.returned()));
        assertThat(read.outcome()).isEqualTo(Outcome.CONDITION_FAILED);
    }

    @Test
    void key_withAllItsOperations_takesNoMoreUntilTheyAreTaken() {
        for (int i = 0; i < 10; i++) {
            assertThat(history.hasRoom(KEY, 1)).isTrue();
            get(Outcome.MISSING);
        }
        assertThat(history.hasRoom(KEY, 1)).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> get(Outcome.MISSING));
        assertThatIllegalStateException()
                .isThrownBy(() -> history.invoke(0, "client", "other", Operation.copy(KEY, VERSION)));
        assertThat(history.keys()).containsExactly(KEY);
        assertThat(history.close(KEY).entries()).hasSize(10);
        assertThat(history.hasRoom(KEY, 10)).isTrue();
    }

    @Test
    void window_closed_isWhereTheNextBegins() {
        invoke(Draft.put("a")).end(0, Outcome.UNKNOWN);
        get(Outcome.seen(VERSION));
        assertThat(history.close(KEY).initial()).isNull();
        invoke(Draft.delete()).end(0, Outcome.DONE);
        get(Outcome.MISSING);
        assertThat(history.close(KEY).initial()).isEqualTo(VERSION);
        get(Outcome.MISSING);
        assertThat(history.close(KEY).initial()).isNull();
    }

    @Test
    void window_inWhichSomethingReachesAcross_cannotBeClosed() {
        History.Call put = invoke(Draft.put("a"));
        get(Outcome.MISSING);
        assertThatIllegalStateException().isThrownBy(() -> history.close(KEY)).withMessageContaining("open");
        put.end(0, Outcome.DONE);
        assertThatIllegalStateException().isThrownBy(() -> history.close(KEY)).withMessageContaining("overlaps");
        get(Outcome.seen(VERSION));
        get(Outcome.UNKNOWN);
        assertThatIllegalStateException().isThrownBy(() -> history.close(KEY)).withMessageContaining("unknown");
        invoke(Draft.put("b")).end(0, Outcome.DONE);
        assertThatIllegalStateException().isThrownBy(() -> history.close(KEY)).withMessageContaining("put b");
        get(Outcome.seen(Draft.version("b")));
        assertThat(history.close(KEY).entries()).hasSize(6);
    }

    @Test
    void call_openOrEndedTwice_isAnError() {
        History.Call put = invoke(Draft.put("a"));
        assertThatIllegalStateException().isThrownBy(() -> history.retire(KEY));
        put.end(0, Outcome.DONE);
        assertThatIllegalStateException().isThrownBy(() -> put.end(0, Outcome.DONE));
    }

    /** Whatever one thread did before another began stands before it. */
    @Test
    void threads_recordingAtOnce_getOneOrder() throws InterruptedException {
        History shared = new History(100_000);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String client = "c" + i;
            threads.add(new Thread(() -> {
                for (int j = 0; j < 1000; j++) {
                    shared.invoke(0, client, KEY, Operation.get()).end(0, Outcome.MISSING);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        List<Entry> entries = shared.retire(KEY).entries();
        Set<Long> positions = new HashSet<>();
        entries.forEach(entry -> {
            assertThat(entry.invoked()).isLessThan(entry.returned());
            positions.add(entry.invoked());
            positions.add(entry.returned());
        });
        assertThat(positions).hasSize(16_000);
        assertThat(entries).isSortedAccordingTo((a, b) -> Long.compare(a.invoked(), b.invoked()));
    }

    private History.Call invoke(Operation operation) {
        return history.invoke(0, "client", KEY, operation);
    }

    private void get(Outcome outcome) {
        invoke(Operation.get()).end(0, outcome);
    }
}

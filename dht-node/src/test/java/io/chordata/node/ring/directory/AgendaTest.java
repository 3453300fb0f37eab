package io.chordata.node.ring.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private final Agenda agenda = new Agenda(1_000, 500);
    private final List<String> done = new ArrayList<>();

    @Test
    void tasks_whenDue_areDoneInOrderOfTime() {
        plan(200, "late");
        plan(100, "early");
        plan(100, "early, too");
        assertThat(agenda.nextWakeMillis()).isEqualTo(1_100);
        assertThat(enter(1_099)).isFalse();
        assertThat(done).isEmpty();
        enter(1_250);
        assertThat(done).containsExactly("early", "early, too", "late");
        assertThat(agenda.nextWakeMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void task_thatWasCancelled_isNotDone() {
        agenda.cancel(plan(100, "never"));
        enter(1_100);
        assertThat(done).isEmpty();
    }

    /** The message that makes a task needless may wait in the same queue as the late call. */
    @Test
    void task_comingLateByMuch_waitsForTheGraceAnew() {
        plan(100, "expiry");
        plan(300, "next");
        assertThat(enter(61_000)).isTrue();
        assertThat(done).isEmpty();
        assertThat(agenda.now()).isEqualTo(600);
        assertThat(agenda.nextWakeMillis()).isEqualTo(61_500);
        assertThat(enter(61_500)).isFalse();
        assertThat(done).containsExactly("expiry");
        assertThat(agenda.nextWakeMillis()).isEqualTo(61_700);
    }

    @Test
    void task_comingLateByLittle_isDoneAtOnce() {
        plan(100, "expiry");
        assertThat(enter(1_600)).isFalse();
        assertThat(done).containsExactly("expiry");
    }

    @Test
    void agenda_onceClosed_doesNothing() {
        plan(100, "never");
        agenda.close();
        plan(100, "never either");
        enter(1_200);
        assertThat(done).isEmpty();
        assertThat(agenda.nextWakeMillis()).isEqualTo(Long.MAX_VALUE);
    }

    private Agenda.Task plan(long delayMillis, String what) {
        return agenda.in(delayMillis, () -> done.add(what));
    }

    private boolean enter(long hostMillis) {
        boolean heldUp = agenda.enter(hostMillis);
        agenda.run();
        return heldUp;
    }
}

package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The audit of the crash tests must itself be able to fail. */
class LedgerTest {
    private static final Optional<TestBody> OLD = Optional.of(new TestBody(10, 1));
    private static final Optional<TestBody> NEW = Optional.of(new TestBody(10, 2));

    private final Ledger ledger = new Ledger();

    @Test
    void acknowledgedWrite_foundOrLost_passesOrFails() {
        acknowledge(OLD);
        assertThatCode(() -> audit(OLD)).doesNotThrowAnyException();
        assertThatThrownBy(() -> audit(Optional.empty())).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> audit(NEW)).isInstanceOf(AssertionError.class);
    }

    @Test
    void olderState_afterANewerWasAcknowledged_fails() {
        acknowledge(OLD);
        acknowledge(NEW);
        assertThatThrownBy(() -> audit(OLD)).isInstanceOf(AssertionError.class);
    }

    @Test
    void writeWithoutAnswer_happenedOrNot_passesButStays() {
        acknowledge(OLD);
        ledger.begin("key", NEW);
        assertThatCode(() -> audit(NEW)).doesNotThrowAnyException();
        assertThatThrownBy(() -> audit(OLD)).isInstanceOf(AssertionError.class);
    }

    @Test
    void deletedKey_comingBack_fails() {
        acknowledge(OLD);
        acknowledge(Optional.empty());
        assertThatThrownBy(() -> audit(OLD)).isInstanceOf(AssertionError.class);
    }

    private void acknowledge(Optional<TestBody> value) {
        ledger.begin("key", value);
        ledger.acknowledge("key", value);
    }

    private void audit(Optional<TestBody> found) {
        ledger.audit("key", found.map(TestBody::sha256));
    }
}

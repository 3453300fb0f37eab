package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RaftLogTest {
    private static final Configuration FOUNDING = Configuration.founding(Members.node(1));
    private static final Configuration WITH_LEARNER = new Change.AddLearner(Members.node(2)).apply(FOUNDING, 3);

    private final RaftLog log =
            new RaftLog(new RaftStart(HardState.NONE, new TermRuns(0, 0), 0, List.of(FOUNDING), 0, 1));

    @Test
    void configuration_inTheLog_holdsFromThereOn() {
        appendThree();
        assertThat(log.configuration()).isEqualTo(WITH_LEARNER);
        assertThat(log.configurationAt(3)).isEqualTo(WITH_LEARNER);
        assertThat(log.configurationAt(2)).isEqualTo(FOUNDING);
        assertThat(log.truncateFrom(3)).as("whether a configuration went").isTrue();
        assertThat(log.configuration()).isEqualTo(FOUNDING);
        assertThat(log.truncateFrom(2)).isFalse();
    }

    @Test
    void configuration_asOfTheBase_isKeptWhenTheLogIsCut() {
        appendThree();
        log.append(command(4, 2));
        log.persistedTo(4);
        log.commitTo(4);
        log.appliedTo(4);
        log.truncatedBefore(5);
        assertThat(log.base()).isEqualTo(4);
        assertThat(log.configuration()).isEqualTo(WITH_LEARNER);
        assertThat(log.termOf(4)).isEqualTo(2);
        assertThat(log.termOf(3)).isEqualTo(TermRuns.UNKNOWN);
        log.truncatedBefore(3);
        assertThat(log.base()).as("a late word").isEqualTo(4);
    }

    @Test
    void committedEntry_ofAnyLog_isNotTruncated() {
        appendThree();
        log.commitTo(2);
        assertThatThrownBy(() -> log.truncateFrom(2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> log.commitTo(4)).isInstanceOf(IllegalStateException.class);
        log.commitTo(1);
        assertThat(log.commit()).isEqualTo(2);
    }

    @Test
    void slice_ofTheLog_fitsBothBoundsAndHasOneAtLeast() {
        for (int i = 1; i <= 5; i++) {
            log.append(command(i, 1));
        }
        assertThat(log.slice(2, 2, 1000)).extracting(LogEntry::index).containsExactly(2L, 3L);
        assertThat(log.slice(2, 10, 30)).extracting(LogEntry::index).containsExactly(2L, 3L, 4L);
        assertThat(log.slice(2, 10, 29)).extracting(LogEntry::index).containsExactly(2L, 3L);
        assertThat(log.slice(4, 10, 1)).extracting(LogEntry::index).containsExactly(4L);
        assertThat(log.slice(5, 10, 1000)).hasSize(1);
    }

    @Test
    void memory_ofWhatIsSyncedAndApplied_isGivenBackUnlessSomebodyNeedsIt() {
        for (int i = 1; i <= 5; i++) {
            log.append(command(i, 1));
        }
        log.trimMemory(5, 0);
        assertThat(log.firstInMemory()).as("nothing is synced").isEqualTo(1);
        log.persistedTo(4);
        log.commitTo(4);
        log.appliedTo(3);
        log.trimMemory(1, 1000);
        assertThat(log.firstInMemory()).as("a follower lacks 2").isEqualTo(2);
        log.trimMemory(1, 25);
        assertThat(log.firstInMemory()).as("more than 25 bytes").isEqualTo(4);
        log.trimMemory(5, 0);
        assertThat(log.firstInMemory()).as("4 is not applied").isEqualTo(4);
        assertThat(log.last()).isEqualTo(5);
    }

    /** It was raised when all members could follow, and is not raised when the entry is gone: there may be other members. */
    @Test
    void level_raisedByAnEntryThatWent_isAsBefore() {
        log.append(command(1, 1));
        log.append(new LogEntry(2, 1, 50, 2, EntryKind.EMPTY, new byte[0]));
        assertThat(log.lastLevel()).isEqualTo(2);
        log.truncateFrom(2);
        log.append(new LogEntry(2, 2, 40, 1, EntryKind.EMPTY, new byte[0]));
        assertThat(log.lastLevel()).isEqualTo(1);
        assertThat(log.lastTimeMillis()).isEqualTo(40);
    }

    private void appendThree() {
        log.append(command(1, 1));
        log.append(command(2, 1));
        log.append(new LogEntry(3, 1, 0, 1, EntryKind.CONFIGURATION, ConfigurationCodec.encode(WITH_LEARNER)));
    }

    private static LogEntry command(long index, long term) {
        return new LogEntry(index, term, 0, 1, EntryKind.COMMAND, new byte[10]);
    }
}

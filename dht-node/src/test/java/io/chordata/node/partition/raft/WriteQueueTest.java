package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.partition.raft.RaftOutbox.Write;
import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
    private static final HardState STATE = new HardState(0, 3, null);

    private final RecordingOutbox outbox = new RecordingOutbox();
    private final WriteQueue queue = new WriteQueue();
    private final List<RaftMessage> released = new ArrayList<>();

    @Test
    void turn_thatChangedNothing_writesNothing() {
        queue.flush(STATE, outbox);
        assertThat(outbox.writes).isEmpty();
        assertThat(queue.hold(message(1))).as("nothing to wait for").isFalse();
        assertThat(queue.numberOfLatest()).isZero();
    }

    @Test
    void turn_withEntriesAndAVote_isOneWrite() {
        queue.changeHardState();
        queue.append(entry(5, 3));
        queue.append(entry(6, 3));
        assertThat(queue.numberOfLatest()).isEqualTo(1);
        queue.flush(STATE, outbox);
        assertThat(outbox.writes).hasSize(1);
        Write write = outbox.writes.get(0);
        assertThat(write.number()).isEqualTo(1);
        assertThat(write.hardState()).isEqualTo(STATE);
        assertThat(write.entries()).extracting(LogEntry::index).containsExactly(5L, 6L);
        assertThat(write.truncateFrom()).isZero();
        assertThat(queue.onPersisted(1, released)).isEqualTo(6);
    }

    @Test
    void message_untilWhatItFollowsFromIsSynced_isHeld() {
        queue.append(entry(5, 3));
        assertThat(queue.hold(message(1))).isTrue();
        queue.flush(STATE, outbox);
        assertThat(queue.hold(message(2))).as("the write is under way").isTrue();
        queue.append(entry(6, 3));
        assertThat(queue.hold(message(3))).isTrue();
        queue.flush(STATE, outbox);
        queue.onPersisted(1, released);
        assertThat(released).containsExactly(message(1), message(2));
        queue.onPersisted(2, released);
        assertThat(released).containsExactly(message(1), message(2), message(3));
        assertThat(queue.hold(message(4))).isFalse();
    }

    @Test
    void truncation_ofWhatIsUnderWay_lowersWhatIsSyncedByIt() {
        queue.append(entry(5, 3));
        queue.append(entry(6, 3));
        queue.flush(STATE, outbox);
        queue.truncateFrom(6);
        queue.append(entry(6, 4));
        queue.append(entry(7, 4));
        queue.flush(STATE, outbox);
        assertThat(outbox.writes.get(1).truncateFrom()).isEqualTo(6);
        assertThat(queue.onPersisted(1, released)).isEqualTo(5);
        assertThat(queue.onPersisted(2, released)).isEqualTo(7);
    }

    @Test
    void truncation_ofWhatWasNotAskedFor_dropsIt() {
        queue.append(entry(5, 3));
        queue.append(entry(6, 3));
        queue.truncateFrom(6);
        queue.append(entry(6, 4));
        queue.flush(STATE, outbox);
        assertThat(outbox.writes.get(0).entries()).extracting(LogEntry::term).containsExactly(3L, 4L);
        assertThat(queue.onPersisted(1, released)).isEqualTo(6);
    }

    @Test
    void log_replacedAsAWhole_isNotSyncedByEarlierWrites() {
        queue.append(entry(5, 3));
        queue.flush(STATE, outbox);
        queue.append(entry(6, 3));
        queue.truncateFrom(4);
        queue.forgetLog();
        queue.flush(STATE, outbox);
        assertThat(outbox.writes).as("nothing is left to write").hasSize(1);
        assertThat(queue.onPersisted(1, released)).isZero();
    }

    /** A disk that does what is asked, beside the queue: what the queue calls synced is there, and is what came last. */
    @Test
    void index_calledSynced_isWhatTheDiskHolds() {
        for (long seed = 1; seed <= 300; seed++) {
            SimRandom random = new SimRandom(seed);
            WriteQueue any = new WriteQueue();
            RecordingOutbox asked = new RecordingOutbox();
            List<LogEntry> log = new ArrayList<>();
            List<LogEntry> disk = new ArrayList<>();
            int done = 0;
            long persisted = 0;
            for (int step = 0; step < 80; step++) {
                int kind = random.nextInt(5);
                if (kind == 0 && !log.isEmpty()) {
                    long from = 1 + random.nextInt(log.size());
                    log.subList((int) from - 1, log.size()).clear();
                    any.truncateFrom(from);
                    persisted = Math.min(persisted, from - 1);
                } else if (kind <= 2) {
                    LogEntry entry = entry(log.size() + 1, step);
                    log.add(entry);
                    any.append(entry);
                } else if (kind == 3) {
                    any.flush(STATE, asked);
                } else if (done < asked.writes.size()) {
                    int now = 1 + random.nextInt(asked.writes.size() - done);
                    for (Write write : asked.writes.subList(done, done + now)) {
                        carryOut(write, disk);
                    }
                    done += now;
                    persisted = Math.max(persisted, any.onPersisted(done, released));
                }
                assertThat(disk.size()).as("seed %d", seed).isGreaterThanOrEqualTo((int) persisted);
                assertThat(disk.subList(0, (int) persisted)).as("seed %d", seed).isEqualTo(log.subList(0, (int)
                        persisted));
            }
        }
    }

    private static void carryOut(Write write, List<LogEntry> disk) {
        if (write.truncateFrom() > 0 && write.truncateFrom() <= disk.size()) {
            disk.subList((int) write.truncateFrom() - 1, disk.size()).clear();
        }
        for (LogEntry entry : write.entries()) {
            assertThat(entry.index()).isEqualTo(disk.size() + 1);
            disk.add(entry);
        }
    }

    private static LogEntry entry(long index, long term) {
        return new LogEntry(index, term, 0, 1, EntryKind.COMMAND, new byte[] {1});
    }

    private static RaftMessage message(int number) {
        return new RaftMessage(
                Members.founder(1), Members.founder(2), 0, 3, new RaftMessage.HeartbeatAnswer(0, number, 1));
    }
}

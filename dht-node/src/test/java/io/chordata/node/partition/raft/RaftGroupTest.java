package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.partition.raft.RaftMessage.Append;
import io.chordata.node.partition.raft.RaftMessage.AppendAnswer;
import io.chordata.node.partition.raft.RaftMessage.Body;
import io.chordata.node.partition.raft.RaftMessage.Heartbeat;
import io.chordata.node.partition.raft.RaftMessage.HeartbeatAnswer;
import io.chordata.node.sim.SimRandom;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One machine by itself, told what others might say. */
class RaftGroupTest {
    private static final Member SELF = Members.founder(1);
    private static final Member OTHER = Members.founder(2);

    private final RecordingOutbox outbox = new RecordingOutbox();
    private final Map<RaftEvent, Integer> events = new EnumMap<>(RaftEvent.class);

    @Test
    void append_behindTheEndOfTheLog_isRefusedWhateverItSays() {
        RaftGroup follower = machine(3, new Configuration(0, Members.founders(1, 2, 3), List.of(), List.of()));
        tell(follower, 1, new Append(20, TermRuns.UNKNOWN, List.of(entry(21, 1)), 0));
        assertThat(outbox.messages)
                .extracting(RaftMessage::body)
                .containsExactly(new AppendAnswer(false, 20, 0, 0, RaftOptions.DEFAULT.supportedLevel()));
        assertThat(follower.view().lastIndex()).isEqualTo(3);
    }

    /** Entries were read for a follower, and the log before them went meanwhile: what precedes them cannot be said. */
    @Test
    void entriesLoaded_whoseFirstIsTheBaseByNow_areNotSent() {
        RaftGroup leader = leaderWithLearner(30);
        tell(leader, leader.view().term(), AppendAnswer.refused(30, 10, 1, 1));
        tell(leader, leader.view().term(), AppendAnswer.accepted(10, 1));
        assertThat(outbox.others).last().isEqualTo("load 11 to 30 for " + OTHER);
        leader.onTruncated(12);
        outbox.messages.clear();
        leader.onLoaded(
                OTHER, 11, LongStream.range(11, 16).mapToObj(i -> entry(i, 1)).toList());
        leader.flush();
        assertThat(outbox.messages).isEmpty();
        assertThat(outbox.others).last().isEqualTo("snapshot for " + OTHER);
    }

    @Test
    void message_ofAnEarlierGeneration_isIgnored() {
        RaftGroup follower = machine(0, Configuration.founding(Members.node(2)), new HardState(2, 5, null));
        follower.onMessage(new RaftMessage(OTHER, SELF, 1, 9, new Heartbeat(0, 0, 0)));
        follower.flush();
        assertThat(events).containsEntry(RaftEvent.OTHER_GENERATION_IGNORED, 1);
        assertThat(follower.view().term()).isEqualTo(5);
        assertThat(outbox.messages).isEmpty();
    }

    /** The group was recovered by force without this replica. */
    @Test
    void replica_thatMeetsALaterGeneration_doesNothingAnyMore() {
        RaftGroup leader = leaderWithLearner(0);
        leader.onMessage(new RaftMessage(OTHER, SELF, 1, 0, new HeartbeatAnswer(0, 0, 1)));
        leader.flush();
        assertThat(events).containsEntry(RaftEvent.GENERATION_OVER, 1);
        assertThat(leader.view().role()).isEqualTo(RaftRole.STOPPED);
        assertThat(leader.mayPropose()).isFalse();
        outbox.messages.clear();
        for (int tick = 1; tick < 100; tick++) {
            leader.onTick(tick * 100L, 0);
            leader.onMessage(new RaftMessage(OTHER, SELF, 1, 9, new Heartbeat(0, 0, 0)));
            leader.flush();
        }
        assertThat(outbox.messages).isEmpty();
        assertThat(leader.view().term()).isEqualTo(1);
    }

    private RaftGroup leaderWithLearner(int entries) {
        Configuration alone = new Configuration(0, List.of(SELF), List.of(), List.of(OTHER));
        RaftGroup group = machine(entries, alone);
        group.onTick(1, 0);
        group.flush();
        group.onPersisted(1);
        group.flush();
        assertThat(group.view().role()).isEqualTo(RaftRole.LEADER);
        return group;
    }

    private RaftGroup machine(int entries, Configuration configuration) {
        return machine(entries, configuration, new HardState(0, entries == 0 ? 0 : 1, null));
    }

    /** With a log of term 1, all of it applied. */
    private RaftGroup machine(int entries, Configuration configuration, HardState hardState) {
        TermRuns terms = new TermRuns(0, 0);
        for (int index = 1; index <= entries; index++) {
            terms.append(index, 1);
        }
        RaftStart start = new RaftStart(hardState, terms, entries, List.of(configuration), 0, 1);
        return new RaftGroup(
                SELF,
                start,
                RaftOptions.DEFAULT,
                new SimRandom(1),
                event -> events.merge(event, 1, Integer::sum),
                outbox,
                0);
    }

    private static void tell(RaftGroup group, long term, Body body) {
        group.onMessage(new RaftMessage(OTHER, SELF, 0, term, body));
        group.flush();
    }

    private static LogEntry entry(long index, long term) {
        return new LogEntry(index, term, 0, 1, EntryKind.COMMAND, new byte[] {1});
    }
}

package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.EntryKind;
import io.chordata.node.partition.raft.HardState;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.partition.raft.Member;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of what a partition's log keeps, which must never change under these field numbers. */
class LogFormatTest {
    private static final String ENTRY = "08071080d095ffbc3118012203010203";
    private static final String STATE = "0803121000000000000000050000000000000006" + "2009" + "2802";
    private static final String BASE =
            "08820410071a160a140a100000000000000005000000000000000610092003280230e80738014009";
    private static final String MARK = "088204100718e807";

    private static final Member MEMBER = new Member(new NodeId(new Uint128(5, 6)), 9);

    @Test
    void entry_ofALog_hasItsBytes() throws InvalidProtocolBufferException {
        LogEntry entry = new LogEntry(9, 7, 1_700_000_000_000L, 1, EntryKind.COMMAND, new byte[] {1, 2, 3});
        assertThat(HexFormat.of().formatHex(entry.encode())).isEqualTo(ENTRY);
        assertThat(LogEntry.decode(9, HexFormat.of().parseHex(ENTRY)))
                .usingRecursiveComparison()
                .isEqualTo(entry);
    }

    @Test
    void hardState_ofAReplica_hasItsBytes() throws InvalidProtocolBufferException {
        HardState state = new HardState(2, 3, MEMBER);
        assertThat(HexFormat.of().formatHex(state.encode())).isEqualTo(STATE);
        assertThat(HardState.decode(HexFormat.of().parseHex(STATE))).isEqualTo(state);
    }

    @Test
    void hardState_ofTheFirstVersion_isUnderstood() throws InvalidProtocolBufferException {
        String first = "0803121000000000000000050000000000000006" + "1800";
        assertThat(HardState.decode(HexFormat.of().parseHex(first)))
                .isEqualTo(new HardState(0, 3, new Member(new NodeId(new Uint128(5, 6)), 0)));
    }

    @Test
    void base_ofALogThatWasCut_hasItsBytes() throws InvalidProtocolBufferException {
        LogBase base = new LogBase(
                new AppliedMark(514, 7, 1000), new Configuration(3, List.of(MEMBER), List.of(), List.of()), 1, 2, 9);
        assertThat(HexFormat.of().formatHex(base.encode())).isEqualTo(BASE);
        assertThat(LogBase.decode(HexFormat.of().parseHex(BASE))).isEqualTo(base);
    }

    @Test
    void mark_ofWhatIsApplied_hasItsBytes() throws InvalidProtocolBufferException {
        AppliedMark mark = new AppliedMark(514, 7, 1000);
        assertThat(HexFormat.of().formatHex(mark.encode())).isEqualTo(MARK);
        assertThat(AppliedMark.decode(HexFormat.of().parseHex(MARK))).isEqualTo(mark);
    }
}

package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.NodeId;
import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a replica keeps of consensus, as bytes that must never change under these field numbers. */
class RaftFormatTest {
    private static final List<EntryKind> WITH_DATA =
            List.of(EntryKind.COMMAND, EntryKind.CONFIGURATION, EntryKind.REQUEST);
    private static final String NODE = "000000000000000000000000000000";
    private static final String COMMAND = "08071080d095ffbc3118012203010203";
    private static final String REQUEST = "08071080d095ffbc3118012203010203" + "3001";
    private static final String EMPTY = "08071080d095ffbc311802";
    private static final String CONFIGURATION_ENTRY = "08071080d095ffbc311801220401020304" + "2801";
    private static final String VOTE = "0803" + "1210" + NODE + "05" + "2009" + "2802";
    private static final String JOINT = "0a12" + "0a10" + NODE + "01"
            + "0a14" + "0a10" + NODE + "02" + "1009"
            + "0a12" + "0a10" + NODE + "03"
            + "1212" + "0a10" + NODE + "01"
            + "1a15" + "0a10" + NODE + "04" + "10ac02";

    @Test
    void entry_ofEachKind_hasItsBytes() throws InvalidProtocolBufferException {
        checkEntry(new LogEntry(9, 7, 1_700_000_000_000L, 1, EntryKind.COMMAND, new byte[] {1, 2, 3}), COMMAND);
        checkEntry(new LogEntry(9, 7, 1_700_000_000_000L, 1, EntryKind.REQUEST, new byte[] {1, 2, 3}), REQUEST);
        checkEntry(new LogEntry(9, 7, 1_700_000_000_000L, 2, EntryKind.EMPTY, new byte[0]), EMPTY);
        checkEntry(
                new LogEntry(9, 7, 1_700_000_000_000L, 1, EntryKind.CONFIGURATION, new byte[] {1, 2, 3, 4}),
                CONFIGURATION_ENTRY);
    }

    private static void checkEntry(LogEntry entry, String bytes) throws InvalidProtocolBufferException {
        assertThat(hex(entry.encode())).isEqualTo(bytes);
        assertThat(LogEntry.decode(9, HexFormat.of().parseHex(bytes)))
                .usingRecursiveComparison()
                .isEqualTo(entry);
    }

    @Test
    void entry_withoutData_isAnEmptyOne() {
        assertThatThrownBy(() -> new LogEntry(1, 1, 1, 1, EntryKind.COMMAND, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LogEntry(1, 1, 1, 1, EntryKind.EMPTY, new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] configurationOfNobody = LogProtos.LogEntry.newBuilder()
                .setTerm(1)
                .setConfiguration(true)
                .build()
                .toByteArray();
        assertThatThrownBy(() -> LogEntry.decode(1, configurationOfNobody))
                .isInstanceOf(InvalidProtocolBufferException.class);
    }

    @Test
    void hardState_withAndWithoutAVote_hasItsBytes() throws InvalidProtocolBufferException {
        HardState voted = new HardState(2, 3, new Member(Members.node(5), 9));
        assertThat(hex(voted.encode())).isEqualTo(VOTE);
        assertThat(HardState.decode(HexFormat.of().parseHex(VOTE))).isEqualTo(voted);
        HardState promised = new HardState(2, 4, 0, 3, new Member(Members.node(5), 9));
        assertThat(hex(promised.encode())).isEqualTo(VOTE + "3004");
        assertThat(HardState.decode(promised.encode())).isEqualTo(promised);
        HardState givingWay = new HardState(2, 4, 4, 3, new Member(Members.node(5), 9));
        assertThat(hex(givingWay.encode())).isEqualTo(VOTE + "30043804");
        assertThat(HardState.decode(givingWay.encode())).isEqualTo(givingWay);
        assertThat(HardState.NONE.encode()).isEmpty();
        assertThat(HardState.decode(new byte[0])).isEqualTo(HardState.NONE);
    }

    @Test
    void configuration_whileJoint_hasItsBytes() {
        Member second = new Member(Members.node(2), 9);
        Configuration joint = new Configuration(
                12,
                List.of(Members.founder(1), second, Members.founder(3)),
                Members.founders(1),
                List.of(new Member(Members.node(4), 300)));
        assertThat(hex(ConfigurationCodec.encode(joint))).isEqualTo(JOINT);
        assertThat(ConfigurationCodec.decode(12, HexFormat.of().parseHex(JOINT)))
                .isEqualTo(joint);
    }

    @Test
    void values_ofAnyContent_comeBackAsTheyWere() throws InvalidProtocolBufferException {
        SimRandom random = new SimRandom(1);
        for (int i = 0; i < 2_000; i++) {
            Member vote = random.chance(0.3) ? null : member(random);
            long generation = positive(random);
            long promised = Math.max(generation, positive(random));
            HardState state =
                    new HardState(generation, promised, random.chance(0.5) ? promised : 0, positive(random), vote);
            assertThat(HardState.decode(state.encode())).isEqualTo(state);

            byte[] data = random.nextBytes(random.nextInt(20));
            EntryKind kind = data.length == 0 ? EntryKind.EMPTY : WITH_DATA.get(random.nextInt(WITH_DATA.size()));
            LogEntry entry = new LogEntry(i, positive(random), positive(random), 1 + random.nextInt(5), kind, data);
            assertThat(LogEntry.decode(i, entry.encode()))
                    .usingRecursiveComparison()
                    .isEqualTo(entry);

            List<Member> members = new ArrayList<>();
            for (int size = 3 + 2 * random.nextInt(3); members.size() < size; ) {
                members.add(member(random));
            }
            Configuration configuration = new Configuration(
                    i,
                    members.subList(0, 1),
                    random.chance(0.5) ? List.of() : members.subList(1, 2),
                    members.subList(2, members.size()));
            assertThat(ConfigurationCodec.decode(i, ConfigurationCodec.encode(configuration)))
                    .isEqualTo(configuration);
        }
    }

    @Test
    void bytes_thatAreNoConfiguration_areRefused() {
        byte[] even = LogProtos.Configuration.newBuilder()
                .addVoters(ConfigurationCodec.encode(Members.founder(1)))
                .addVoters(ConfigurationCodec.encode(Members.founder(2)))
                .build()
                .toByteArray();
        byte[] nameless = LogProtos.Configuration.newBuilder()
                .addVoters(LogProtos.Member.newBuilder().setTenure(1))
                .build()
                .toByteArray();
        for (byte[] data : List.of(new byte[0], new byte[] {-1, 3}, even, nameless)) {
            assertThatThrownBy(() -> ConfigurationCodec.decode(4, data)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Member member(SimRandom random) {
        return new Member(NodeId.random(random), positive(random));
    }

    private static long positive(SimRandom random) {
        return random.nextLong() >>> (1 + random.nextInt(60));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

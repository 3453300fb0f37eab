package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.raft.RaftCodec.Addressed;
import io.chordata.node.partition.raft.RaftMessage.Append;
import io.chordata.node.partition.raft.RaftMessage.AppendAnswer;
import io.chordata.node.partition.raft.RaftMessage.Body;
import io.chordata.node.partition.raft.RaftMessage.CampaignNow;
import io.chordata.node.partition.raft.RaftMessage.Heartbeat;
import io.chordata.node.partition.raft.RaftMessage.HeartbeatAnswer;
import io.chordata.node.partition.raft.RaftMessage.SnapshotOffer;
import io.chordata.node.partition.raft.RaftMessage.VoteAnswer;
import io.chordata.node.partition.raft.RaftMessage.VoteRequest;
import io.chordata.node.sim.SimRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What groups say to each other, in bytes that must never change under these field numbers. */
class RaftCodecTest {
    private static final NodeId FROM = new NodeId(new Uint128(1, 2));
    private static final NodeId TO = new NodeId(new Uint128(3, 4));
    private static final LogEntry COMMAND = new LogEntry(8, 6, 1000, 1, EntryKind.COMMAND, new byte[] {1, 2});
    private static final LogEntry EMPTY = new LogEntry(9, 7, 1001, 1, EntryKind.EMPTY, new byte[0]);
    private static final String HEAD = "08051009181520012807";

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of(new VoteRequest(true, false, 9, 6), "3206080118092006"),
                Arguments.of(new VoteAnswer(false, true), "3a021001"),
                Arguments.of(
                        new Append(7, 5, List.of(COMMAND, EMPTY), 6),
                        "421c080710051806220b080610e8071801220201022207080710e9071801"),
                Arguments.of(AppendAnswer.accepted(9, 1), "4a06080110092801"),
                Arguments.of(AppendAnswer.refused(9, 4, 3, 1), "4a081009180420032801"),
                Arguments.of(new Heartbeat(9, 3, 12), "520608091003180c"),
                Arguments.of(new HeartbeatAnswer(3, 12, 1), "5a060803100c1801"),
                Arguments.of(new SnapshotOffer(9, 7), "620408091007"),
                Arguments.of(new CampaignNow(), "6a00"));
    }

    private static Addressed addressed(Body body) {
        return new Addressed(new PartitionId(5), new RaftMessage(new Member(FROM, 9), new Member(TO, 21), 1, 7, body));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void message_ofEachKind_hasItsBytes(Body body, String bytes) throws InvalidProtocolBufferException {
        byte[] frame = RaftCodec.encode(List.of(addressed(body)));
        String said = HEAD + bytes;
        assertThat(HexFormat.of().formatHex(frame)).isEqualTo("0a" + "%02x".formatted(said.length() / 2) + said);
        assertThat(RaftCodec.decode(FROM, TO, frame)).usingRecursiveComparison().isEqualTo(List.of(addressed(body)));
    }

    @Test
    void frame_ofAllKinds_comesBackInOrder() throws InvalidProtocolBufferException {
        List<Addressed> all =
                bodies().map(arguments -> addressed((Body) arguments.get()[0])).toList();
        assertThat(RaftCodec.decode(FROM, TO, RaftCodec.encode(all)))
                .usingRecursiveComparison()
                .isEqualTo(all);
    }

    @Test
    void frame_thatWasDamagedAnyhow_isDecodedOrRefused() {
        SimRandom random = new SimRandom(7);
        byte[] frame = RaftCodec.encode(
                bodies().map(arguments -> addressed((Body) arguments.get()[0])).toList());
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] damaged = Arrays.copyOf(frame, 1 + random.nextInt(frame.length));
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            refused += isRefused(damaged) ? 1 : 0;
        }
        assertThat(refused).isBetween(10_000, 49_999);
    }

    private static boolean isRefused(byte[] frame) {
        try {
            RaftCodec.decode(FROM, TO, frame);
            return false;
        } catch (InvalidProtocolBufferException e) {
            return true;
        }
    }

    static Stream<Body> nonsense() {
        return Stream.of(
                new Append(7, 5, List.of(new LogEntry(8, 4, 1000, 1, EntryKind.COMMAND, new byte[] {1})), 6),
                new Append(7, 5, List.of(new LogEntry(8, 8, 1000, 1, EntryKind.COMMAND, new byte[] {1})), 6),
                new Append(7, 5, List.of(new LogEntry(8, 6, 1000, 0, EntryKind.COMMAND, new byte[] {1})), 6),
                new Append(7, 5, List.of(new LogEntry(8, 6, -1, 1, EntryKind.COMMAND, new byte[] {1})), 6),
                new Append(7, 5, List.of(new LogEntry(8, 6, 1000, 1, EntryKind.CONFIGURATION, new byte[] {1})), 6),
                new Append(Long.MAX_VALUE, 5, List.of(COMMAND), 6),
                new Append(-7, 5, List.of(), 6),
                new VoteRequest(false, false, -1, 6),
                new Heartbeat(-1, 3, 12),
                new HeartbeatAnswer(3, 12, 0),
                new SnapshotOffer(9, -7),
                AppendAnswer.accepted(-9, 1));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void message_thatNobodyCouldSay_isRefused(Body body) {
        byte[] frame = RaftCodec.encode(List.of(addressed(body)));
        assertThatThrownBy(() -> RaftCodec.decode(FROM, TO, frame)).isInstanceOf(InvalidProtocolBufferException.class);
    }

    @Test
    void message_withoutBody_isRefused() {
        byte[] frame = HexFormat.of().parseHex("0a0a" + HEAD);
        assertThatThrownBy(() -> RaftCodec.decode(FROM, TO, frame))
                .isInstanceOf(InvalidProtocolBufferException.class)
                .hasMessageContaining("says nothing");
    }
}

package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.GroupCodec.Kind;
import io.chordata.node.partition.GroupCodec.Question;
import io.chordata.node.partition.GroupCodec.Refusal;
import io.chordata.node.partition.GroupCodec.Reply;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What nodes ask each other about partitions, in bytes that must never change under these field numbers. */
class GroupCodecTest {
    private static final Partitioning PARTITIONING = new Partitioning(4);
    private static final PartitionId FIFTH = new PartitionId(5);
    private static final NodeId NODE = new NodeId(new Uint128(5, 6));
    private static final Member MEMBER = new Member(NODE, 9);
    private static final Configuration CONFIGURATION = new Configuration(3, List.of(MEMBER), List.of(), List.of());
    private static final GroupKnowledge KNOWLEDGE = new GroupKnowledge(FIFTH, 2, CONFIGURATION, MEMBER, 7);
    private static final SnapshotPage PAGE = new SnapshotPage(
            new AppliedMark(514, 7, 1000),
            CONFIGURATION,
            1,
            List.of(new SnapshotPage.Row(new byte[] {7, 8}, new byte[] {9})),
            true);

    private static final String MEMBER_BYTES = "0a10" + "00000000000000050000000000000006" + "1009";
    private static final String CONFIGURATION_BYTES = "0a14" + MEMBER_BYTES;
    private static final String PAGE_BYTES = "0a08" + "088204100718e807" + "1216" + CONFIGURATION_BYTES + "1803"
            + "2001" + "2a07" + "0a020708" + "120109" + "3001";
    private static final String KNOWLEDGE_BYTES =
            "0802" + "1216" + CONFIGURATION_BYTES + "1803" + "2214" + MEMBER_BYTES + "2807";
    private static final String REFUSAL_BYTES = "1207" + "0803" + "1203776879" + "18e807" + "2234" + KNOWLEDGE_BYTES;

    private static Buffer bytes(String hex) {
        return Buffer.buffer(HexFormat.of().parseHex(hex));
    }

    private static String hex(Buffer bytes) {
        return HexFormat.of().formatHex(bytes.getBytes());
    }

    @Test
    void question_forAPage_hasItsBytes() {
        SnapshotRequest request = new SnapshotRequest(5, MEMBER, 514, new byte[] {7});
        String expected = "0805" + "1009" + "188204" + "220107" + "2805";
        assertThat(hex(GroupCodec.encode(FIFTH, request))).isEqualTo(expected);
        assertThat(GroupCodec.pageQuestion(NODE, PARTITIONING, bytes(expected)))
                .usingRecursiveComparison()
                .isEqualTo(new GroupCodec.PageQuestion(FIFTH, request));
    }

    @Test
    void page_ofAState_hasItsBytes() {
        assertThat(hex(GroupCodec.encode(PAGE))).isEqualTo(PAGE_BYTES);
        assertThat(GroupCodec.page(bytes(PAGE_BYTES)))
                .usingRecursiveComparison()
                .isEqualTo(PAGE);
    }

    @Test
    void question_ofEachKind_hasItsBytes() {
        checkQuestion(new Question(FIFTH, Kind.COMMAND, new byte[] {1, 2}), "0805" + "12020102");
        checkQuestion(new Question(FIFTH, Kind.QUERY, new byte[] {1, 2}), "0805" + "1a020102");
        checkQuestion(new Question(FIFTH, Kind.QUERY, new byte[0]), "0805" + "1a00");
        checkQuestion(new Question(FIFTH, Kind.LEADING, new byte[0]), "0805" + "2200");
        checkQuestion(new Question(FIFTH, Kind.EVENTUAL, new byte[] {1, 2}), "0805" + "32020102");
        checkQuestion(new Question(FIFTH, Kind.CONFIRM, new byte[0]), "0805" + "3a00");
    }

    private static void checkQuestion(Question question, String expected) {
        assertThat(hex(GroupCodec.encode(question))).isEqualTo(expected);
        assertThat(GroupCodec.question(PARTITIONING, bytes(expected)))
                .usingRecursiveComparison()
                .isEqualTo(question);
    }

    @Test
    void reply_ofEachOutcome_hasItsBytes() {
        checkReply(new Reply(new byte[] {1, 2}, null, 1000, null), "0a020102" + "18e807");
        checkReply(new Reply(new byte[] {1, 2}, null, 1000, null, 7), "0a020102" + "18e807" + "2807");
        checkReply(new Reply(new byte[0], null, 0, KNOWLEDGE), "0a00" + "2234" + KNOWLEDGE_BYTES);
        checkReply(new Reply(null, new Refusal(Reason.NOT_LEADER, "why"), 1000, KNOWLEDGE), REFUSAL_BYTES);
    }

    @Test
    void refusal_ofEachReason_comesBackAsItWas() {
        for (Reason reason : Reason.values()) {
            Reply reply = new Reply(null, new Refusal(reason, ""), 0, null);
            assertThat(GroupCodec.reply(FIFTH, GroupCodec.encode(reply))).isEqualTo(reply);
        }
    }

    @Test
    void refusal_ofAnUnknownReason_leavesTheOutcomeOpen() {
        Reply reply = GroupCodec.reply(FIFTH, bytes("1202" + "0863"));
        assertThat(reply.refusal()).isEqualTo(new Refusal(Reason.UNKNOWN, ""));
    }

    @Test
    void reply_ofATimeWithoutEnd_isRefused() {
        Buffer reply = GroupCodec.encode(new Reply(new byte[] {1}, null, Long.MAX_VALUE, null));
        assertThatThrownBy(() -> GroupCodec.reply(FIFTH, reply)).isInstanceOf(MalformedException.class);
    }

    private static void checkReply(Reply reply, String expected) {
        assertThat(hex(GroupCodec.encode(reply))).isEqualTo(expected);
        assertThat(GroupCodec.reply(FIFTH, bytes(expected)))
                .usingRecursiveComparison()
                .isEqualTo(reply);
    }

    @Test
    void question_aboutNoPartitionOrForNothing_isRefused() {
        for (String hex : List.of("", "0805", "0810" + "12020102", "08ffffffff0f" + "2200", "0805" + "1200")) {
            assertThatThrownBy(() -> GroupCodec.question(PARTITIONING, bytes(hex)))
                    .as(hex)
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void bytes_thatWereDamagedAnyhow_areDecodedOrRefused() {
        SimRandom random = new SimRandom(4);
        long refused = 0;
        for (int i = 0; i < 20_000; i++) {
            refused += refusal(damaged(PAGE_BYTES, random), GroupCodec::page);
            refused += refusal(damaged(REFUSAL_BYTES, random), bytes -> GroupCodec.reply(FIFTH, bytes));
            refused += refusal(damaged("080512020102", random), bytes -> GroupCodec.question(PARTITIONING, bytes));
            refused += refusal(
                    damaged("08051009188204220107", random),
                    bytes -> GroupCodec.pageQuestion(NODE, PARTITIONING, bytes));
        }
        assertThat(refused).isBetween(10_000L, 79_999L);
    }

    private static Buffer damaged(String hex, SimRandom random) {
        byte[] whole = HexFormat.of().parseHex(hex);
        byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
        for (int flips = random.nextInt(4); flips >= 0; flips--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return Buffer.buffer(damaged);
    }

    private static int refusal(Buffer bytes, Consumer<Buffer> decoding) {
        try {
            decoding.accept(bytes);
            return 0;
        } catch (MalformedException e) {
            return 1;
        }
    }
}

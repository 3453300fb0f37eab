package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.chordata.node.core.GoldenFile;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RingCodecTest {
    private static final Contact SENDER = contact(1);
    private static final Position AT = Position.of(SENDER, 3, 17);
    private static final RingId ID = new RingId(new Uint128(5, 6));
    private static final List<Position> AROUND = IntStream.range(2, 12)
            .mapToObj(node -> Position.of(contact(node), node % 4, node))
            .sorted((one, other) ->
                    AT.id().distanceTo(one.id()).compareTo(AT.id().distanceTo(other.id())))
            .toList();
    private static final Pointers POINTERS = new Pointers(AT, AROUND.get(9), AROUND.subList(0, 9));

    private static Contact contact(int node) {
        return new Contact(new NodeId(new Uint128(node, -node)), new NodeAddress("node-" + node, 7000), node);
    }

    static Stream<RingMessage> messages() {
        return Stream.of(
                new RingMessage.Questions(
                        SENDER,
                        1L << 45,
                        List.of(
                                new Question.AskPointers(ID, -1, null),
                                new Question.AskPointers(ID, 0, AT),
                                new Question.AskHop(ID),
                                new Question.Ping())),
                new RingMessage.Answers(
                        SENDER,
                        7,
                        List.of(
                                new Answer.Told(POINTERS),
                                new Answer.Near(POINTERS),
                                new Answer.Unchanged(),
                                new Answer.NotMember(),
                                new Answer.Pong(),
                                new Answer.Further(AT, List.of()),
                                new Answer.Further(
                                        AT,
                                        List.of(
                                                new Answer.Way(AROUND.get(1), HopSource.FINGER),
                                                new Answer.Way(AROUND.get(2), HopSource.SUCCESSOR))))),
                new RingMessage.Notices(
                        SENDER,
                        List.of(
                                new Notice.Notify(ID, AT),
                                new Notice.Leaving(ID, AT, AROUND.get(4)),
                                new Notice.Changed(ID, AT))));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void message_encodedAndDecoded_isTheSame(RingMessage message) throws MalformedException {
        assertThat(RingCodec.decode(RingCodec.encode(message))).isEqualTo(message);
    }

    /** What the first release sends and understands. */
    @ParameterizedTest
    @MethodSource("messages")
    void message_ofEachKind_hasTheBytesOfVersionOne(RingMessage message) throws MalformedException {
        byte[] golden = GoldenFile.bytes("ring-golden/" + message.getClass().getSimpleName());
        assertThat(HexFormat.of().formatHex(RingCodec.encode(message)))
                .isEqualTo(HexFormat.of().formatHex(golden));
        assertThat(RingCodec.decode(golden)).isEqualTo(message);
    }

    /** What the next release may add, and this one need not know: a field of the message. */
    @ParameterizedTest
    @MethodSource("messages")
    void message_withAFieldOfANewerRelease_isReadAsFarAsItIsKnown(RingMessage message) throws Exception {
        UnknownFieldSet newer = UnknownFieldSet.newBuilder()
                .addField(1_000, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        RingProtos.Message known = RingProtos.Message.parseFrom(RingCodec.encode(message));
        assertThat(RingCodec.decode(
                        known.toBuilder().setUnknownFields(newer).build().toByteArray()))
                .isEqualTo(message);
    }

    /** Bytes from anywhere are a message or malformed, never anything else. */
    @ParameterizedTest
    @MethodSource("messages")
    void message_thatWasDamaged_isRefusedOrStillPossible(RingMessage message) {
        SimRandom random = new SimRandom(1);
        byte[] whole = RingCodec.encode(message);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                RingCodec.encode(RingCodec.decode(damaged));
            } catch (MalformedException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static void assertRefused(RingProtos.Message.Builder message, String why) {
        assertThatThrownBy(() -> RingCodec.decode(message.build().toByteArray()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(why);
    }

    private static RingProtos.Message.Builder told() throws Exception {
        return RingProtos.Message.parseFrom(
                RingCodec.encode(new RingMessage.Answers(SENDER, 7, List.of(new Answer.Told(POINTERS)))))
                .toBuilder();
    }

    private static List<Integer> positions(RingProtos.Message.Builder message) {
        return message.getAnswers().getAnswers(0).getTold().getPositionsList();
    }

    private static void setPositions(RingProtos.Message.Builder message, List<Integer> numbers) {
        message.getAnswersBuilder()
                .getAnswersBuilder(0)
                .getToldBuilder()
                .clearPositions()
                .addAllPositions(numbers);
    }

    @Test
    void list_thatIsOutOfOrder_isRefused() throws Exception {
        RingProtos.Message.Builder message = told();
        List<Integer> numbers = new ArrayList<>(positions(message));
        Collections.rotate(numbers.subList(6, numbers.size()), 3);
        setPositions(message, numbers);
        assertRefused(message, "out of order");
    }

    @Test
    void list_thatIsTooLong_isRefused() throws Exception {
        RingProtos.Message.Builder message = told();
        setPositions(message, Collections.nCopies(3 * (3 + RingOptions.SUCCESSOR_ENTRIES_MAX), 0));
        assertRefused(message, "positions");
    }

    @Test
    void position_ofAnOwnerThatIsNotNamed_isRefused() throws Exception {
        RingProtos.Message.Builder message = told();
        setPositions(message, Collections.nCopies(9, 99));
        assertRefused(message, "no contact 99");
    }

    @Test
    void node_thatIsNamedTwice_isRefused() throws Exception {
        RingProtos.Message.Builder message = told();
        message.addContacts(message.getContacts(0).toBuilder().setPort(1));
        assertRefused(message, "twice");
    }

    @Test
    void id_thatIsTooShort_isRefused() throws Exception {
        RingProtos.Message.Builder message = told();
        message.getContactsBuilder(0).setNode(ByteString.copyFrom(new byte[15]));
        assertRefused(message, "16 bytes");
    }

    @Test
    void message_withTooManyParts_isRefused() throws Exception {
        RingProtos.Message.Builder message = told();
        RingProtos.Answer answer = message.getAnswers().getAnswers(0);
        message.getAnswersBuilder().addAllAnswers(Collections.nCopies(RingMessage.PARTS_MAX, answer));
        assertRefused(message, "parts");
    }
}

package io.chordata.node.ring.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.chordata.node.core.GoldenFile;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.ring.directory.DirectoryMessage.Ack;
import io.chordata.node.ring.directory.DirectoryMessage.Body;
import io.chordata.node.ring.directory.DirectoryMessage.ExchangeReply;
import io.chordata.node.ring.directory.DirectoryMessage.ExchangeRequest;
import io.chordata.node.ring.directory.DirectoryMessage.Gossip;
import io.chordata.node.ring.directory.DirectoryMessage.Header;
import io.chordata.node.ring.directory.DirectoryMessage.Ping;
import io.chordata.node.ring.directory.DirectoryMessage.PingRequest;
import io.chordata.node.ring.directory.DirectoryMessage.PingResult;
import io.chordata.node.ring.directory.DirectoryMessage.Refusal;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.NodeVitals;
import io.chordata.node.ring.view.Weight;
import io.chordata.node.sim.SimRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DirectoryCodecTest {
    private static final Load LOAD = new Load(
            NodeCodec.NUMBER_MAX,
            new NodeLoad(
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    1));
    private static final Load LOAD_WITH_VITALS = new Load(
            NodeCodec.NUMBER_MAX,
            new NodeLoad(
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    1,
                    new NodeVitals(1.0, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE)));
    private static final Update SMALL = new Update(Nodes.member(1, 1, 1, Verdict.LIVE), null, null);
    /** Of the first release, whose nodes do not tell how they fare. */
    private static final Update LARGE = largest(LOAD);

    private static final Update LARGEST = largest(LOAD_WITH_VITALS);

    private static Update largest(Load load) {
        String text = "\u0fff".repeat(64);
        NodeAddress address = new NodeAddress("\u0fff".repeat(NodeAddress.HOST_CHARS_MAX), 65_535);
        NodeRecord record = new NodeRecord(
                new Contact(Nodes.id(9), address, NodeCodec.NUMBER_MAX),
                text + text,
                address,
                address,
                text,
                new Weight(10_000_000),
                text,
                Collections.nCopies(1_024, 63),
                NodeState.DRAINING,
                NodeState.DRAINING);
        Standing standing = new Standing(new Life(NodeCodec.NUMBER_MAX, -1), NodeCodec.NUMBER_MAX, Verdict.DOWN);
        return new Update(new Member(record, standing, true, true), Nodes.id(3), load);
    }

    static Stream<Body> bodies() {
        return Stream.of(
                new Ping(1),
                new Ack(NodeCodec.NUMBER_MAX),
                new PingRequest(3, Nodes.id(4)),
                new PingResult(4, true),
                new PingResult(5, false),
                new Gossip(),
                new ExchangeRequest(6, null, Collections.nCopies(64, -1L)),
                new ExchangeRequest(7, Nodes.id(2), Collections.nCopies(64, 0L)),
                new ExchangeReply(8, -1, null, List.of()),
                new ExchangeReply(9, 5, Nodes.id(2), List.of(LARGE, SMALL)),
                new Refusal(new Life(1, 2), RefusalReason.STALE_START, null),
                new Refusal(
                        new Life(1, 2),
                        RefusalReason.ALREADY_LIVE,
                        Nodes.record(1, 2).contact()),
                new Refusal(new Life(7, -2), RefusalReason.DECOMMISSIONED, null));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void message_ofEachKind_comesBackEqual(Body body) throws MalformedException {
        for (List<Update> news : List.of(List.<Update>of(), List.of(LARGE, SMALL, LARGEST))) {
            for (Load load : new Load[] {null, LOAD, LOAD_WITH_VITALS}) {
                DirectoryMessage message = new DirectoryMessage(new Header(new Life(3, -4), 5, -6, load), body, news);
                assertThat(DirectoryCodec.decode(DirectoryCodec.encode(message)))
                        .isEqualTo(message);
            }
        }
    }

    /** What the first release sends and understands. */
    @Test
    void messages_ofAllKinds_haveTheBytesOfVersionOne() throws MalformedException {
        List<Body> bodies = bodies().toList();
        for (int i = 0; i < bodies.size(); i++) {
            byte[] golden = GoldenFile.bytes(
                    "directory-golden/" + i + "-" + bodies.get(i).getClass().getSimpleName());
            DirectoryMessage message = message(bodies.get(i), List.of(SMALL));
            assertThat(HexFormat.of().formatHex(DirectoryCodec.encode(message)))
                    .isEqualTo(HexFormat.of().formatHex(golden));
            assertThat(DirectoryCodec.decode(golden)).isEqualTo(message);
        }
    }

    /** What the first release left on its disk. */
    @Test
    void image_ofVersionOne_isRead() throws MalformedException {
        assertThat(ImageCodec.decode(GoldenFile.bytes("directory-golden/image")))
                .containsExactly(SMALL.member());
    }

    @Test
    void message_withAFieldOfANewerRelease_isReadAsFarAsItIsKnown() throws Exception {
        DirectoryMessage message = message(new Ping(1), List.of(SMALL));
        UnknownFieldSet newer = UnknownFieldSet.newBuilder()
                .addField(1_000, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        DirectoryProtos.Message known = DirectoryProtos.Message.parseFrom(DirectoryCodec.encode(message));
        assertThat(DirectoryCodec.decode(
                        known.toBuilder().setUnknownFields(newer).build().toByteArray()))
                .isEqualTo(message);
    }

    @Test
    void update_ofAnySize_takesNoMoreThanEstimated() {
        for (Update update : List.of(SMALL, LARGE, LARGEST)) {
            int bytes = bytesOf(new Gossip(), List.of(update)) - bytesOf(new Gossip(), List.of());
            assertThat(bytes).isLessThanOrEqualTo(update.bytesMax()).isGreaterThan(update.bytesMax() / 2);
        }
        assertThat(LARGEST.bytesMax()).isLessThan(DirectoryOptions.DEFAULT.gossipBytesMax());
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void message_cutAnywhere_isMalformedOrLess(Body body) {
        byte[] whole = DirectoryCodec.encode(message(body, List.of(SMALL)));
        for (int length = 0; length < whole.length; length++) {
            decodeOrRefuse(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void message_withFlippedBits_neverThrowsAnythingElse() {
        SimRandom random = new SimRandom(1);
        byte[] whole =
                DirectoryCodec.encode(message(new ExchangeReply(9, 5, Nodes.id(2), List.of(SMALL)), List.of(LARGE)));
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            decodeOrRefuse(damaged);
        }
    }

    /** Any other exception than the refusal fails the test. */
    private static void decodeOrRefuse(byte[] bytes) {
        try {
            assertThat(DirectoryCodec.decode(bytes)).isNotNull();
        } catch (MalformedException e) {
            assertThat(e.reason()).isNotEmpty();
        }
    }

    static Stream<DirectoryProtos.Message.Builder> impossible() {
        return Stream.of(
                possible().setIncarnation(0),
                possible().setIncarnation(-1),
                possible().setVersion(NodeCodec.NUMBER_MAX + 1),
                possible().clearBody(),
                possible().setPing(DirectoryProtos.Ping.newBuilder().setNumber(0)),
                possible()
                        .setPingRequest(DirectoryProtos.PingRequest.newBuilder().setNumber(1)),
                possible()
                        .setExchangeRequest(DirectoryProtos.ExchangeRequest.newBuilder()
                                .setNumber(1)
                                .addAllHashes(Collections.nCopies(63, 1L))),
                possible()
                        .setExchangeReply(DirectoryProtos.ExchangeReply.newBuilder()
                                .setNumber(1)
                                .addMembers(node())
                                .addMembers(node())),
                possible().setRefusal(DirectoryProtos.Refusal.newBuilder().setIncarnation(1)),
                possible().addNews(node().setVersion(0)),
                possible().addNews(node().setVerdictValue(9)),
                possible().addNews(node().setStatedValue(9)),
                possible().addNews(node().setId(ByteString.copyFrom(new byte[15]))),
                possible().addNews(node().clearAddress()),
                possible().addNews(node().setName("")),
                possible().addNews(node().setZone("a\nb")),
                possible().addNews(node().setWeight(0)),
                possible().addNews(node().setCandidates(ByteString.copyFrom(new byte[] {64}))),
                possible().addNews(node().setCandidates(ByteString.copyFrom(new byte[] {-1}))),
                possible()
                        .addNews(node().setLoad(DirectoryProtos.Load.newBuilder()
                                .setNumber(1)
                                .setLoad(Double.NaN))),
                possible()
                        .addNews(node().setLoad(DirectoryProtos.Load.newBuilder()
                                .setNumber(1)
                                .setCpu(1.5))),
                possible()
                        .addNews(node().setLoad(DirectoryProtos.Load.newBuilder()
                                .setNumber(1)
                                .setScrubbedAt(-1))));
    }

    private static DirectoryProtos.Message.Builder possible() {
        return DirectoryProtos.Message.newBuilder()
                .setIncarnation(1)
                .setVersion(1)
                .setPing(DirectoryProtos.Ping.newBuilder().setNumber(1));
    }

    private static DirectoryProtos.Node.Builder node() {
        return NodeCodec.encode(SMALL).toBuilder();
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void message_thatSaysTheImpossible_isMalformed(DirectoryProtos.Message.Builder message) {
        assertThatThrownBy(() -> DirectoryCodec.decode(message.build().toByteArray()))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void message_thatIsPossible_isDecoded() throws MalformedException {
        assertThat(DirectoryCodec.decode(possible().addNews(node()).build().toByteArray())
                        .news())
                .containsExactly(SMALL);
    }

    @Test
    void message_thatIsTooLarge_isMalformed() {
        assertThatThrownBy(() -> DirectoryCodec.decode(new byte[DirectoryCodec.MESSAGE_BYTES_MAX + 1]))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void image_ofATable_comesBackEqual() throws MalformedException {
        List<Member> members = List.of(SMALL.member(), LARGE.member());
        assertThat(ImageCodec.decode(ImageCodec.encode(members))).isEqualTo(members);
        assertThat(ImageCodec.decode(ImageCodec.encode(List.of()))).isEmpty();
    }

    @Test
    void image_cutOrFlippedAnywhere_isRefused() {
        byte[] image = ImageCodec.encode(List.of(SMALL.member()));
        for (int i = 0; i < image.length; i++) {
            byte[] flipped = image.clone();
            flipped[i] ^= 4;
            byte[] cut = Arrays.copyOf(image, i);
            assertThatThrownBy(() -> ImageCodec.decode(flipped)).isInstanceOf(MalformedException.class);
            assertThatThrownBy(() -> ImageCodec.decode(cut)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void image_ofANewerFormat_saysSo() {
        byte[] image = ImageCodec.encode(List.of());
        image[7] = 2;
        assertThatThrownBy(() -> ImageCodec.decode(image)).hasMessageContaining("format 2");
    }

    private static DirectoryMessage message(Body body, List<Update> news) {
        return new DirectoryMessage(new Header(new Life(3, -4), 5, 0, null), body, news);
    }

    private static int bytesOf(Body body, List<Update> news) {
        return DirectoryCodec.encode(message(body, news)).length;
    }
}

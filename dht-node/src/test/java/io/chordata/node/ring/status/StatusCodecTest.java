package io.chordata.node.ring.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.LookupResult.Reason;
import io.chordata.node.ring.status.FlowReport.Kind;
import io.chordata.node.ring.status.FlowReport.Link;
import io.chordata.node.ring.status.FlowReport.Requests;
import io.chordata.node.ring.status.LookupReport.End;
import io.chordata.node.ring.status.LookupReport.Found;
import io.chordata.node.ring.status.LookupReport.Hop;
import io.chordata.node.ring.status.LookupReport.Source;
import io.chordata.node.ring.status.LookupReport.Stopped;
import io.chordata.node.ring.status.StatusQuestion.AskFlows;
import io.chordata.node.ring.status.StatusQuestion.AskLookup;
import io.chordata.node.ring.status.StatusQuestion.AskPartitions;
import io.chordata.node.ring.status.StatusQuestion.AskPositions;
import io.chordata.node.ring.view.Position;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StatusCodecTest {
    private static final NodeId NODE = new NodeId(id(7).value());
    private static final PositionReport POSITION = new PositionReport(
            3,
            63,
            id(1),
            List.of(id(2), id(3), id(4)),
            List.of(new FingerReport(0, id(3), NODE), new FingerReport(127, id(5), NODE)));
    private static final List<PartitionReport> PARTITIONS_OF_TWO = List.of(
            new PartitionReport(new PartitionId(7), true, 3, 1L << 40, List.of(), List.of(), false),
            new PartitionReport(new PartitionId(255), false, 0, 0, List.of(), List.of(), false));
    private static final FlowReport FLOWS_OF_ONE = new FlowReport(
            10_000,
            new Requests(
                    5, 1, 1L << 40, 0, new TreeMap<>(Map.of("GetObject", counts(3, 4), "PutObject", counts(271, 1)))),
            List.of(
                    new Link(NODE, Kind.REPLICATION, 7),
                    new Link(NODE, Kind.REPAIR, 8),
                    new Link(NODE, Kind.MOVEMENT, 1L << 40)));
    private static final List<Hop> PATH = List.of(
            new Hop(NODE, null, Source.SELF, 0),
            new Hop(NODE, null, Source.FINGER, 1),
            new Hop(NODE, null, Source.SUCCESSOR, 2_000),
            new Hop(NODE, null, Source.CACHE, 3),
            new Hop(NODE, null, Source.DIRECTORY, Long.MAX_VALUE));

    /** What a release has sent must be understood by all that follow: these bytes never change. */
    private enum Golden {
        ASK_POSITIONS(StatusCodec.encode(new AskPositions(5, true)), StatusCodec::question),
        ASK_LOOKUP(StatusCodec.encode(new AskLookup(id(9), true)), StatusCodec::question),
        POSITIONS(StatusCodec.encodePositions(List.of(POSITION)), StatusCodec::positions),
        FOUND(StatusCodec.encode(new Found(id(6), NODE, PATH)), StatusCodec::lookup),
        STOPPED(StatusCodec.encode(new Stopped(Reason.TOO_MANY_HOPS, new End(id(6), NODE), PATH)), StatusCodec::lookup),
        STOPPED_AT_ONCE(StatusCodec.encode(new Stopped(Reason.BUSY, null, List.of())), StatusCodec::lookup),
        ASK_PARTITIONS(StatusCodec.encode(new AskPartitions(5)), StatusCodec::question),
        PARTITIONS(StatusCodec.encodePartitions(PARTITIONS_OF_TWO), StatusCodec::partitions),
        ASK_FLOWS(StatusCodec.encode(new AskFlows()), StatusCodec::question),
        FLOWS(StatusCodec.encode(FLOWS_OF_ONE), StatusCodec::flows);

        private final Buffer bytes;
        private final Function<Buffer, Object> decode;

        Golden(Buffer bytes, Function<Buffer, Object> decode) {
            this.bytes = bytes;
            this.decode = decode;
        }

        String kept() throws IOException {
            try (InputStream file = StatusCodecTest.class.getResourceAsStream("/golden/status/" + name() + ".hex")) {
                return new String(Objects.requireNonNull(file, name()).readAllBytes(), StandardCharsets.US_ASCII)
                        .strip();
            }
        }
    }

    private static LatencyCounts counts(int cell, long count) {
        return new LatencyCounts(new TreeMap<>(Map.of(cell, count)));
    }

    private static RingId id(int number) {
        return new RingId(new Uint128(number, -number));
    }

    @ParameterizedTest
    @EnumSource
    void message_ofTheFirstRelease_isWrittenAndReadAsThen(Golden golden) throws IOException {
        assertThat(HexFormat.of().formatHex(golden.bytes.getBytes())).isEqualTo(golden.kept());
        assertThat(golden.decode.apply(Buffer.buffer(HexFormat.of().parseHex(golden.kept()))))
                .isEqualTo(golden.decode.apply(golden.bytes));
    }

    @Test
    void messages_encodedAndDecoded_areTheSame() {
        for (StatusQuestion question : List.of(
                new AskPositions(0, false),
                new AskPositions(1_023, true),
                new AskLookup(id(9), false),
                new AskPartitions(0),
                new AskFlows())) {
            assertThat(StatusCodec.question(StatusCodec.encode(question))).isEqualTo(question);
        }
        for (LookupReport report : List.of(
                new Found(id(6), NODE, PATH),
                new Found(id(6), NODE, List.of(new Hop(NODE, id(3), Source.FINGER, 1))),
                new Stopped(Reason.NOBODY_CLOSER, null, List.of()),
                new Stopped(Reason.BUSY, new End(id(6), NODE), PATH))) {
            assertThat(StatusCodec.lookup(StatusCodec.encode(report))).isEqualTo(report);
        }
        assertThat(StatusCodec.positions(StatusCodec.encodePositions(List.of(POSITION))))
                .isEqualTo(new PositionsPage(List.of(POSITION), false));
        assertThat(StatusCodec.partitions(StatusCodec.encodePartitions(PARTITIONS_OF_TWO)))
                .isEqualTo(new PartitionsPage(PARTITIONS_OF_TWO, false));
        assertThat(StatusCodec.partitions(StatusCodec.encodePartitions(List.of())))
                .isEqualTo(new PartitionsPage(List.of(), false));
    }

    @Test
    void flows_asManyAndAsLargeAsTheyCanBe_areReadAsWrittenAndFit() {
        SortedMap<Integer, Long> cells = new TreeMap<>();
        IntStream.range(0, LatencyCounts.CELLS).forEach(cell -> cells.put(cell, FlowReport.AMOUNT_MAX));
        SortedMap<String, LatencyCounts> operations = new TreeMap<>();
        IntStream.range(0, FlowReport.OPERATIONS_MAX)
                .forEach(number -> operations.put("x".repeat(60) + number, new LatencyCounts(cells)));
        FlowReport all = new FlowReport(
                1,
                new Requests(FlowReport.AMOUNT_MAX, 0, 0, 0, operations),
                Collections.nCopies(FlowReport.LINKS_MAX, new Link(NODE, Kind.MOVEMENT, FlowReport.AMOUNT_MAX)));

        Buffer bytes = StatusCodec.encode(all);

        assertThat(bytes.length()).isLessThan(Service.STATUS.bytesMax());
        assertThat(StatusCodec.flows(bytes)).isEqualTo(all);
    }

    @Test
    void flows_thatCannotBe_areRefused() {
        StatusProtos.Flows possible = FlowCodec.encode(FLOWS_OF_ONE);
        List<Consumer<StatusProtos.Flows.Builder>> changes = List.of(
                flows -> flows.setMillis(0),
                flows -> flows.setRequests(-1),
                flows -> flows.setSentBytes(Long.MAX_VALUE),
                flows -> flows.getOperationsBuilder(0).setName("<b>"),
                flows -> flows.addOperations(flows.getOperations(0)),
                flows -> flows.getOperationsBuilder(0).addCounts(1),
                flows -> flows.getOperationsBuilder(0).setCells(0, LatencyCounts.CELLS),
                flows -> flows.getOperationsBuilder(0).setCounts(0, 0),
                flows -> flows.getLinksBuilder(0).setPeer(ByteString.EMPTY),
                flows -> flows.getLinksBuilder(0).setKindValue(3),
                flows -> flows.getLinksBuilder(0).setBytes(-1));
        for (Consumer<StatusProtos.Flows.Builder> change : changes) {
            StatusProtos.Flows.Builder flows = possible.toBuilder();
            change.accept(flows);
            Buffer bytes = Buffer.buffer(
                    StatusProtos.Answer.newBuilder().setFlows(flows).build().toByteArray());
            assertThatThrownBy(() -> StatusCodec.flows(bytes))
                    .as(flows.toString())
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void positions_asManyAndAsLargeAsTheyCanBe_comeInPagesThatFit() {
        List<RingId> successors = IntStream.range(0, PositionReport.SUCCESSORS_MAX)
                .mapToObj(StatusCodecTest::id)
                .toList();
        List<FingerReport> fingers = IntStream.range(0, 128)
                .mapToObj(exponent -> new FingerReport(exponent, id(exponent), NODE))
                .toList();
        List<PositionReport> all = IntStream.range(0, Position.PER_NODE_MAX)
                .mapToObj(index -> new PositionReport(index, 0, id(1), successors, fingers))
                .toList();

        List<PositionReport> read = new ArrayList<>();
        boolean more = true;
        while (more) {
            Buffer bytes = StatusCodec.encodePositions(all.subList(read.size(), all.size()));
            assertThat(bytes.length()).isLessThan(Service.STATUS.bytesMax());
            PositionsPage page = StatusCodec.positions(bytes);
            read.addAll(page.positions());
            more = page.more();
        }

        assertThat(read).isEqualTo(all);
    }

    @Test
    void partitions_moreThanAMessageTakes_comeInPagesThatFit() {
        List<PartitionReport> all = IntStream.range(0, 100_000)
                .mapToObj(number -> new PartitionReport(
                        new PartitionId(number), true, Long.MAX_VALUE, Long.MAX_VALUE, List.of(), List.of(), true))
                .toList();

        List<PartitionReport> read = new ArrayList<>();
        boolean more = true;
        while (more) {
            Buffer bytes = StatusCodec.encodePartitions(all.subList(read.size(), all.size()));
            assertThat(bytes.length()).isLessThan(Service.STATUS.bytesMax());
            PartitionsPage page = StatusCodec.partitions(bytes);
            read.addAll(page.partitions());
            more = page.more();
        }

        assertThat(read).isEqualTo(all);
    }

    @ParameterizedTest
    @EnumSource
    void message_thatWasDamaged_isRefusedOrStillPossible(Golden golden) {
        SimRandom random = new SimRandom(1);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = golden.bytes.getBytes(0, random.nextInt(golden.bytes.length() + 1));
            for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(golden.decode.apply(Buffer.buffer(damaged))).isNotNull();
            } catch (MalformedException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    static Stream<Map.Entry<String, StatusProtos.Answer.Builder>> impossible() {
        return Stream.of(
                Map.entry(
                        "an empty page",
                        answer(positions -> positions.clearPositions().setMore(true))),
                Map.entry("out of order", answer(positions -> positions.addPositions(positions.getPositions(0)))),
                Map.entry("no node has place", position(position -> position.setIndex(Position.PER_NODE_MAX))),
                Map.entry("no node has place", position(position -> position.setIndex(-1))),
                Map.entry("no node has place", position(position -> position.setCandidate(64))),
                Map.entry("0 successors", position(StatusProtos.Position.Builder::clearSuccessors)),
                Map.entry(
                        "65 successors",
                        position(position -> position.setSuccessors(ByteString.copyFrom(new byte[65 * 16])))),
                Map.entry(
                        "15 bytes of successors",
                        position(position -> position.setSuccessors(ByteString.copyFrom(new byte[15])))),
                Map.entry("16 bytes", position(StatusProtos.Position.Builder::clearPredecessor)),
                Map.entry(
                        "exponents",
                        position(position -> position.getFingersBuilder(1).setExponent(128))),
                Map.entry(
                        "fingers out of order",
                        position(position -> position.getFingersBuilder(1).setExponent(0))),
                Map.entry("no answer", StatusProtos.Answer.newBuilder()));
    }

    private static StatusProtos.Answer.Builder answer(Consumer<StatusProtos.Positions.Builder> change) {
        try {
            StatusProtos.Answer.Builder answer =
                    StatusProtos.Answer.parseFrom(
                            StatusCodec.encodePositions(List.of(POSITION)).getBytes())
                            .toBuilder();
            change.accept(answer.getPositionsBuilder());
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static StatusProtos.Answer.Builder position(Consumer<StatusProtos.Position.Builder> change) {
        return answer(positions -> change.accept(positions.getPositionsBuilder(0)));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void positions_thatCannotBe_areRefused(Map.Entry<String, StatusProtos.Answer.Builder> sample) {
        Buffer bytes = Buffer.buffer(sample.getValue().build().toByteArray());
        assertThatThrownBy(() -> StatusCodec.positions(bytes))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(sample.getKey());
    }

    static Stream<Map.Entry<String, Consumer<StatusProtos.Partitions.Builder>>> impossiblePartitions() {
        return Stream.of(
                Map.entry("an empty page", page -> page.clearPartitions().setMore(true)),
                Map.entry("out of order", page -> page.addPartitions(page.getPartitions(0))),
                Map.entry(
                        "partition numbers",
                        page -> page.getPartitionsBuilder(0).setNumber(-1)),
                Map.entry(
                        "no log has term", page -> page.getPartitionsBuilder(0).setTerm(-1)),
                Map.entry("commit index", page -> page.getPartitionsBuilder(1).setCommitIndex(-1)));
    }

    @ParameterizedTest
    @MethodSource("impossiblePartitions")
    void partitions_thatCannotBe_areRefused(Map.Entry<String, Consumer<StatusProtos.Partitions.Builder>> sample)
            throws IOException {
        StatusProtos.Answer.Builder answer =
                StatusProtos.Answer.parseFrom(
                        StatusCodec.encodePartitions(PARTITIONS_OF_TWO).getBytes())
                        .toBuilder();
        sample.getValue().accept(answer.getPartitionsBuilder());
        Buffer bytes = Buffer.buffer(answer.build().toByteArray());
        assertThatThrownBy(() -> StatusCodec.partitions(bytes))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(sample.getKey());
    }

    @Test
    void lookup_thatCannotBe_isRefused() {
        StatusProtos.Hop hop = StatusProtos.Hop.newBuilder()
                .setNode(ByteString.copyFrom(new byte[16]))
                .build();
        StatusProtos.Found.Builder found = StatusProtos.Found.newBuilder()
                .setPosition(ByteString.copyFrom(new byte[16]))
                .setNode(ByteString.copyFrom(new byte[16]));
        assertRefused(found.clone().addAllPath(Collections.nCopies(LookupReport.HOPS_MAX + 1, hop)), "hops");
        assertRefused(found.clone().addPath(hop.toBuilder().setSourceValue(9)), "unknown source");
        assertRefused(found.clone().addPath(hop.toBuilder().setRoundTripMicros(-1)), "us");
        assertRefused(
                found.clone().addPath(hop.toBuilder().setPosition(ByteString.copyFrom(new byte[15]))), "16 bytes");
        assertRefused(found.clone().clearNode(), "16 bytes");
        assertThatThrownBy(() -> StatusCodec.lookup(StatusCodec.encodePositions(List.of(POSITION))))
                .hasMessageContaining("no answer to a lookup");
        assertThatThrownBy(() -> StatusCodec.positions(StatusCodec.encode(new Found(id(6), NODE, PATH))))
                .hasMessageContaining("no answer to the question");
    }

    private static void assertRefused(StatusProtos.Found.Builder found, String why) {
        Buffer bytes = Buffer.buffer(
                StatusProtos.Answer.newBuilder().setFound(found).build().toByteArray());
        assertThatThrownBy(() -> StatusCodec.lookup(bytes))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(why);
    }

    /** A later release asks what this one does not know: it must refuse, not answer something else. */
    @Test
    void question_ofALaterRelease_isRefused() {
        Buffer unknown = Buffer.buffer(new byte[] {(byte) 0xfa, 0x01, 0x00});
        assertThatThrownBy(() -> StatusCodec.question(unknown)).hasMessageContaining("unknown question");
    }
}

package io.chordata.node.block.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.chordata.node.block.replica.BlockProtos.Answer;
import io.chordata.node.block.replica.BlockProtos.Check;
import io.chordata.node.block.replica.BlockProtos.Commit;
import io.chordata.node.block.replica.BlockProtos.Day;
import io.chordata.node.block.replica.BlockProtos.DayBuckets;
import io.chordata.node.block.replica.BlockProtos.Days;
import io.chordata.node.block.replica.BlockProtos.Digest;
import io.chordata.node.block.replica.BlockProtos.Ensure;
import io.chordata.node.block.replica.BlockProtos.Found;
import io.chordata.node.block.replica.BlockProtos.Ids;
import io.chordata.node.block.replica.BlockProtos.Outcome;
import io.chordata.node.block.replica.BlockProtos.Piece;
import io.chordata.node.block.replica.BlockProtos.Read;
import io.chordata.node.block.replica.BlockProtos.Request;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.GoldenFile;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Uint128;
import io.chordata.node.core.UploadId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.TestNodes;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockCodecTest {
    private static final PartitionId PARTITION = new PartitionId(200);
    private static final Member ONE = new Member(TestNodes.id(1), 0);
    private static final Member TWO = new Member(TestNodes.id(2), 1L << 40);
    private static final BlockTag TAG =
            new BlockTag(2, new Configuration(1L << 41, List.of(TWO), List.of(ONE), List.of()));
    private static final BlockRef BLOCK = new BlockRef(PARTITION, new BodyId(new Uint128(3, 4)), 70_000);
    private static final BlockOwner OWNER = new BlockOwner(
            new BucketId(new Uint128(5, 6)),
            "a/key".getBytes(StandardCharsets.UTF_8),
            new UploadId(new Uint128(7, 8)),
            9,
            1_700_000_000_000L);

    /** The raw bytes follow the header in those that have some. */
    private record Sample(String name, Message message, Buffer bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Sample sample(String name, Request.Builder request) {
        return new Sample(name, request.build(), Buffer.buffer());
    }

    private static Request.Builder request() {
        return BlockMessages.request(PARTITION, TWO, TAG);
    }

    static Stream<Sample> samples() {
        var write = BlockMessages.bytes(new Uint128(10, 11));
        var id = BlockMessages.id(BLOCK);
        var piece = Piece.newBuilder().setWrite(write).setOffset(262_144).setTotal(1 << 20);
        var commit = Commit.newBuilder()
                .setWrite(write)
                .setId(id)
                .setOwner(BlockMessages.owner(OWNER))
                .setTotal(1 << 20)
                .setCrc(0xcafebabe);
        var only = DayBuckets.newBuilder().setDay(19_675).setBuckets(1L << 63 | 1);
        var list = BlockProtos.List.newBuilder()
                .setAfter(id)
                .setSetAside(true)
                .setMax(512)
                .setSettle(true)
                .addOnly(only)
                .setUntilMillis(1_700_000_000_000L);
        var days = Days.newBuilder().addDays(Day.newBuilder().setDay(19_675).addSums(-1));
        return Stream.of(
                new Sample("piece", request().setPiece(piece).build(), Buffer.buffer("raw bytes")),
                sample("commit", request().setCommit(commit)),
                sample("check", request().setCheck(Check.getDefaultInstance())),
                sample(
                        "read",
                        request()
                                .setRead(Read.newBuilder()
                                        .setId(id)
                                        .setOffset(1)
                                        .setLength(2)
                                        .setWithOwner(true))),
                sample("list", request().setList(list)),
                sample(
                        "ensure",
                        request().setEnsure(Ensure.newBuilder().addIds(id).setSettle(true))),
                sample(
                        "digest",
                        request()
                                .setDigest(Digest.newBuilder().setUntilMillis(3).addDays(19_675))),
                new Sample("stored", answer().setCommitted(true).build(), Buffer.buffer()),
                new Sample(
                        "stale",
                        Answer.newBuilder()
                                .setOutcome(Outcome.STALE)
                                .setNewer(BlockMessages.tag(TAG))
                                .build(),
                        Buffer.buffer()),
                new Sample(
                        "found",
                        answer().setFound(Found.newBuilder().setTotal(9).setOwner(BlockMessages.owner(OWNER)))
                                .build(),
                        Buffer.buffer("raw bytes")),
                new Sample(
                        "ids",
                        answer().setIds(Ids.newBuilder().addIds(id).setMore(true))
                                .build(),
                        Buffer.buffer()),
                new Sample("days", answer().setDays(days).build(), Buffer.buffer()));
    }

    private static Answer.Builder answer() {
        return Answer.newBuilder().setOutcome(Outcome.DONE).setTenure(1L << 40);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void frame_ofEachKind_hasTheBytesItAlwaysHad(Sample sample) throws InvalidProtocolBufferException {
        byte[] golden = GoldenFile.bytes("block-golden/" + sample.name());
        assertThat(BlockFrame.encode(sample.message(), sample.bytes()).getBytes())
                .isEqualTo(golden);
        BlockFrame<?> decoded = BlockFrame.decode(sample.message().getParserForType(), Buffer.buffer(golden));
        assertThat(decoded.header()).isEqualTo(sample.message());
        assertThat(decoded.bytes().getBytes()).isEqualTo(sample.bytes().getBytes());
    }

    @Test
    void words_saidToOthers_comeBackAsTheyWere() throws InvalidProtocolBufferException {
        assertThat(BlockMessages.tag(BlockMessages.tag(TAG))).isEqualTo(TAG);
        assertThat(BlockMessages.block(PARTITION, BlockMessages.id(BLOCK))).isEqualTo(BLOCK);
        assertThat(BlockMessages.owner(BlockMessages.owner(OWNER)))
                .usingRecursiveComparison()
                .isEqualTo(OWNER);
    }

    @Test
    void frames_damagedAtRandom_areRefusedOrAnsweredButHarmNobody() {
        BlockWorld world = new BlockWorld(1, BlockRules.SAFE, 2, 1);
        Arrivals arrivals = new Arrivals(world.clock(), 1 << 20);
        BlockReceiver receiver = new BlockReceiver(world.node(1).blocks().holder(), arrivals);
        List<byte[]> frames = samples()
                .filter(sample -> sample.message() instanceof Request)
                .map(sample ->
                        BlockFrame.encode(sample.message(), sample.bytes()).getBytes())
                .toList();
        SimRandom random = new SimRandom(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] frame = frames.get(random.nextInt(frames.size())).clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextLong();
            }
            receiver.onCall(TestNodes.id(2), Buffer.buffer(frame));
        }
        world.scheduler().advanceMillis(10_000);
        assertThat(arrivals.bytes()).isBetween(0L, 1L << 20);
        assertThat(world.node(1).stored()).isEmpty();
    }

    @Test
    void frame_withoutAHeader_isRefused() {
        for (byte[] frame :
                List.of(new byte[0], new byte[3], new byte[] {0, 0, 0, 9, 1}, new byte[] {-1, -1, -1, -1})) {
            assertThatThrownBy(() -> BlockFrame.decode(Request.parser(), Buffer.buffer(frame)))
                    .isInstanceOf(InvalidProtocolBufferException.class);
        }
    }
}

package io.chordata.node.ring.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peers.Receiver;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Position;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nodes that answer questions about themselves by whatever decodes. */
class HostileStatusTest {
    private static final long SEED = 20261127;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private static Receiver answering(Supplier<Future<Buffer>> answer) {
        return new Receiver() {
            @Override
            public void onMessage(NodeId from, Buffer message) {}

            @Override
            public Future<Buffer> onCall(NodeId from, Buffer request) {
                return answer.get();
            }
        };
    }

    /** A position a page, each just in time. */
    @Test
    void node_thatTellsTooLittleAtATime_isGivenUp() {
        RingWorld large = new RingWorld(SEED, 2, Position.PER_NODE_MAX);
        List<PositionReport> all = large.await(large.new TrueRing(1).positions(false));
        List<Integer> asked = new ArrayList<>();
        large.start(1).serve(Service.STATUS, answering(() -> {
            asked.add(asked.size());
            Promise<Buffer> page = Promise.promise();
            Buffer next = pageBeforeTheLast(all.get(asked.size() - 1));
            large.scheduler.after(1_900 * NANOS_PER_MILLI, () -> page.complete(next));
            return page.future();
        }));

        RingPicture picture = large.await(large.ringOf(0).of(large.node(1)));

        assertThat(picture.unanswered()).containsExactly(RingWorld.id(1));
        large.scheduler.advance(60_000 * NANOS_PER_MILLI);
        assertThat(asked.size()).isBetween(5, 6);
    }

    private static Buffer pageBeforeTheLast(PositionReport position) {
        try {
            StatusProtos.Answer.Builder page = StatusProtos.Answer.newBuilder()
                    .mergeFrom(StatusCodec.encodePositions(List.of(position)).getBytes());
            page.getPositionsBuilder().setMore(true);
            return Buffer.buffer(page.build().toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** Who has told nobody of its places yet may have any; not all of them have as many as they can. */
    @Test
    void nodes_thatTogetherClaimMoreThanAPictureTakes_areLeftOut() {
        RingWorld large = new RingWorld(SEED, 70, 0);
        for (int number = 1; number < 70; number++) {
            serveAsMany(large, number);
        }
        RingPicture picture = large.await(large.ringOf(0).whole());
        assertThat(picture.positions().size()).isLessThanOrEqualTo(ClusterRing.POSITIONS_MAX);
        assertThat(picture.unanswered()).isNotEmpty();
    }

    private static void serveAsMany(RingWorld world, int number) {
        List<PositionReport> all = IntStream.range(0, Position.PER_NODE_MAX)
                .mapToObj(index -> new PositionReport(
                        index, 0, RingId.parse("0".repeat(32)), List.of(RingId.parse("1".repeat(32))), List.of()))
                .toList();
        world.serve(number, world.new TrueRing(number) {
            @Override
            public Future<List<PositionReport>> positions(boolean withFingers) {
                return Future.succeededFuture(all);
            }
        });
    }

    /** Every answer that decodes: what of it cannot be is not shown, and nothing fails. */
    @Test
    void node_thatAnswersWhateverDecodes_isShownOrNamed() {
        for (long seed = 1; seed <= 300; seed++) {
            RingWorld any = new RingWorld(seed, 4, 3);
            SimRandom random = new SimRandom(seed);
            for (int number = 1; number < 4; number++) {
                any.start(number).serve(Service.STATUS, answering(() -> Future.succeededFuture(anyAnswer(random))));
            }
            ClusterRing ring = any.ringOf(0);
            RingPicture whole = any.await(ring.whole());
            RingPicture one = any.await(ring.of(any.node(1)));
            assertThat(whole.positions()).as("seed %d", seed).hasSizeBetween(3, 12);
            assertThat(one.positions()).as("seed %d", seed).hasSizeLessThanOrEqualTo(3);
            Future<LookupReport> lookup = ring.lookup(new RingId(random.nextUint128()), any.node(2), true);
            any.scheduler.runUntil(lookup::isComplete, 10_000);
            assertThat(lookup.succeeded() || lookup.cause() instanceof MalformedException)
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    private static Buffer anyAnswer(SimRandom random) {
        StatusProtos.Answer.Builder answer = StatusProtos.Answer.newBuilder();
        switch (random.nextInt(4)) {
            case 0 ->
                answer.getFoundBuilder()
                        .setPosition(anyBytes(random))
                        .setNode(anyBytes(random))
                        .addPath(StatusProtos.Hop.newBuilder().setNode(anyBytes(random)));
            case 1 -> answer.getStoppedBuilder().setPosition(anyBytes(random));
            default -> {
                StatusProtos.Positions.Builder page =
                        answer.getPositionsBuilder().setMore(random.chance(0.3));
                for (int index = random.nextInt(3); index < 1 + random.nextInt(4); index++) {
                    page.addPositions(anyPosition(random, index));
                }
            }
        }
        return Buffer.buffer(answer.build().toByteArray());
    }

    private static StatusProtos.Position.Builder anyPosition(SimRandom random, int index) {
        StatusProtos.Position.Builder position = StatusProtos.Position.newBuilder()
                .setIndex(random.chance(0.1) ? random.nextInt(2_000) : index)
                .setCandidate(random.chance(0.2) ? random.nextInt(100) : 0)
                .setPredecessor(anyBytes(random));
        for (int i = random.nextInt(4); i >= 0; i--) {
            position.setSuccessors(position.getSuccessors().concat(anyBytes(random)));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            position.addFingers(StatusProtos.Finger.newBuilder()
                    .setExponent(random.nextInt(140))
                    .setId(anyBytes(random))
                    .setNode(anyBytes(random)));
        }
        return position;
    }

    private static ByteString anyBytes(SimRandom random) {
        return ByteString.copyFrom(random.nextBytes(random.chance(0.02) ? 15 : 16));
    }
}

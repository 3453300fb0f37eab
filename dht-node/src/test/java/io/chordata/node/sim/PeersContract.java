package io.chordata.node.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.PeerRefusedException;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Peers.Receiver;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.core.Uint128;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Peers} must do. */
public abstract class PeersContract {
    private static final long PATIENCE_MILLIS = 30_000;
    private static final int MESSAGES = 2_000;
    private static final ClusterId CLUSTER = new ClusterId(new Uint128(1, 1));
    private static final ClusterId OTHER_CLUSTER = new ClusterId(new Uint128(1, 2));

    /** Some nodes, numbered from 0, each at an address that stays the same over its restarts. */
    public interface World extends AutoCloseable {
        default Peers start(int number) {
            return start(number, CLUSTER);
        }

        Peers start(int number, ClusterId cluster);

        void stop(int number);

        /** Address and id of a node, started or not. */
        Peer peer(int number);

        /** Whom the node was told to be unreachable. */
        List<Peer> unreachable(int number);

        /** Runs {@code task} on one and the same loop of the node, and waits. */
        <T> T onLoop(int number, Supplier<T> task);

        /** Waits; throws what the future failed with. */
        <T> T await(Future<T> future);

        void until(BooleanSupplier condition);

        @Override
        void close();
    }

    /** Takes messages, and answers a request with the same bytes. */
    protected static final class Echo implements Receiver {
        final List<String> messages = new CopyOnWriteArrayList<>();
        final List<NodeId> askers = new CopyOnWriteArrayList<>();

        @Override
        public void onMessage(NodeId from, Buffer message) {
            askers.add(from);
            messages.add(message.toString());
        }

        @Override
        public Future<Buffer> onCall(NodeId from, Buffer request) {
            askers.add(from);
            return Future.succeededFuture(request);
        }
    }

    /** Leaves the answer to the test. */
    private static final class Slow implements Receiver {
        final List<Promise<Buffer>> asked = new CopyOnWriteArrayList<>();

        @Override
        public void onMessage(NodeId from, Buffer message) {}

        @Override
        public Future<Buffer> onCall(NodeId from, Buffer request) {
            Promise<Buffer> promise = Promise.promise();
            asked.add(promise);
            return promise.future();
        }
    }

    private final World world = newWorld();

    protected abstract World newWorld();

    @AfterEach
    final void closeWorld() {
        world.close();
    }

    private Buffer call(Peers from, Peer to, String request) {
        return world.await(world.onLoop(0, () -> from.call(to, Service.RING, Buffer.buffer(request), PATIENCE_MILLIS)));
    }

    @Test
    void call_toServedService_bringsTheAnswerAndSaysWhoAsks() {
        Echo echo = new Echo();
        Peers zero = world.start(0);
        world.start(1).serve(Service.RING, echo);

        assertThat(call(zero, world.peer(1), "hello")).hasToString("hello");

        assertThat(echo.askers).containsExactly(world.peer(0).node());
    }

    @Test
    void messages_ofOneLoop_arriveOnceAndInOrder() {
        Echo echo = new Echo();
        Peers zero = world.start(0);
        world.start(1).serve(Service.RING, echo);

        world.onLoop(0, () -> {
            IntStream.range(0, MESSAGES)
                    .forEach(i -> zero.send(world.peer(1), Service.RING, Buffer.buffer(Integer.toString(i))));
            return true;
        });

        call(zero, world.peer(1), "all messages of this loop are before this");
        assertThat(echo.messages)
                .containsExactlyElementsOf(
                        IntStream.range(0, MESSAGES).mapToObj(Integer::toString).toList());
    }

    @Test
    void call_thatNobodyAnswers_failsWhenItsTimeIsOver() {
        Slow slow = new Slow();
        Peers zero = world.start(0);
        world.start(1).serve(Service.RING, slow);
        Future<Buffer> call = world.onLoop(0, () -> zero.call(world.peer(1), Service.RING, Buffer.buffer("wait"), 200));

        assertThatThrownBy(() -> world.await(call))
                .isInstanceOfSatisfying(
                        PeerUnreachableException.class,
                        failure -> assertThat(failure.isUnsent()).isFalse())
                .hasMessageContaining("200 ms");
    }

    @Test
    void answer_afterItsTime_isNotTakenForAnother() {
        Slow slow = new Slow();
        Peers zero = world.start(0);
        world.start(1).serve(Service.RING, slow);
        Future<Buffer> late = world.onLoop(0, () -> zero.call(world.peer(1), Service.RING, Buffer.buffer("late"), 300));
        world.until(() -> slow.asked.size() == 1);
        assertThatThrownBy(() -> world.await(late)).isInstanceOf(PeerUnreachableException.class);

        Future<Buffer> next =
                world.onLoop(0, () -> zero.call(world.peer(1), Service.RING, Buffer.buffer("next"), PATIENCE_MILLIS));
        world.until(() -> slow.asked.size() == 2);
        slow.asked.get(0).complete(Buffer.buffer("answer to late"));
        slow.asked.get(1).complete(Buffer.buffer("answer to next"));

        assertThat(world.await(next)).hasToString("answer to next");
    }

    @Test
    void call_toReceiverThatFails_isRefused() {
        Peers zero = world.start(0);
        Peers one = world.start(1);
        one.serve(Service.RING, failing(() -> Future.failedFuture("secret detail")));
        one.serve(Service.DIRECTORY, failing(() -> {
            throw new IllegalStateException("secret detail");
        }));
        one.serve(Service.FOUNDING, failing(() -> Future.failedFuture("secret detail")));

        for (Service service : Service.values()) {
            Future<Buffer> call =
                    world.onLoop(0, () -> zero.call(world.peer(1), service, Buffer.buffer("x"), PATIENCE_MILLIS));
            assertThatThrownBy(() -> world.await(call))
                    .isInstanceOf(PeerRefusedException.class)
                    .hasMessageNotContaining("secret");
        }
    }

    private static Receiver failing(Supplier<Future<Buffer>> answer) {
        return new Receiver() {
            @Override
            public void onMessage(NodeId from, Buffer message) {}

            @Override
            public Future<Buffer> onCall(NodeId from, Buffer request) {
                return answer.get();
            }
        };
    }

    @Test
    void call_toServiceThatNobodyServes_isRefusedUndone() {
        Peers zero = world.start(0);
        world.start(1);

        assertThatThrownBy(() -> call(zero, world.peer(1), "x"))
                .isInstanceOfSatisfying(
                        PeerRefusedException.class,
                        failure -> assertThat(failure.isUndone()).isTrue());
    }

    @Test
    void call_whereNobodyListens_failsUnsentAndIsTold() {
        Peers zero = world.start(0);

        assertThatThrownBy(() -> call(zero, world.peer(1), "x"))
                .isInstanceOfSatisfying(
                        PeerUnreachableException.class,
                        failure -> assertThat(failure.isUnsent()).isTrue());

        world.until(() -> world.unreachable(0).contains(world.peer(1)));
    }

    @Test
    void send_whereNobodyListens_isTold() {
        Peers zero = world.start(0);

        zero.send(world.peer(1), Service.RING, Buffer.buffer("x"));

        world.until(() -> world.unreachable(0).contains(world.peer(1)));
    }

    @Test
    void call_toOneselfByAddress_fails() {
        Peers zero = world.start(0);
        zero.serve(Service.RING, new Echo());

        assertThatThrownBy(() -> call(zero, world.peer(0), "x"))
                .isInstanceOfSatisfying(
                        PeerUnreachableException.class,
                        why -> assertThat(why.isOwnAddress()).isTrue());
    }

    private Future<Buffer> callFor(Service service, Peers from, Peer to) {
        return world.onLoop(0, () -> from.call(to, service, Buffer.buffer("hello"), PATIENCE_MILLIS));
    }

    @Test
    void founding_betweenAnyTwoOfWhomOneHasNoCluster_isServed() {
        List<ClusterId> none = List.of(ClusterId.NONE, CLUSTER);
        for (ClusterId asking : none) {
            for (ClusterId asked : none) {
                Echo echo = new Echo();
                Peers zero = world.start(0, asking);
                world.start(1, asked).serve(Service.FOUNDING, echo);

                assertThat(world.await(callFor(Service.FOUNDING, zero, world.peer(1))))
                        .as("from %s to %s", asking, asked)
                        .hasToString("hello");

                assertThat(echo.askers).containsExactly(world.peer(0).node());
                world.stop(0);
                world.stop(1);
            }
        }
    }

    @Test
    void otherServices_whereOneHasNoCluster_areRefusedAndTheirMessagesDropped() {
        List<ClusterId> none = List.of(ClusterId.NONE, CLUSTER);
        for (ClusterId asking : none) {
            for (ClusterId asked : none) {
                if (asking.isNone() || asked.isNone()) {
                    assertOnlyFounding(asking, asked);
                }
            }
        }
    }

    private void assertOnlyFounding(ClusterId asking, ClusterId asked) {
        Echo others = new Echo();
        Peers zero = world.start(0, asking);
        Peers one = world.start(1, asked);
        one.serve(Service.RING, others);
        one.serve(Service.DIRECTORY, others);
        one.serve(Service.FOUNDING, new Echo());
        for (Service service : List.of(Service.RING, Service.DIRECTORY)) {
            // once while the connection is made, and once on it
            for (int i = 0; i < 2; i++) {
                world.onLoop(0, () -> {
                    zero.send(world.peer(1), service, Buffer.buffer("x"));
                    return true;
                });
                Future<Buffer> call = callFor(service, zero, world.peer(1));
                assertThatThrownBy(() -> world.await(call)).isInstanceOf(PeerRefusedException.class);
            }
        }
        world.await(callFor(Service.FOUNDING, zero, world.peer(1)));
        assertThat(others.messages).isEmpty();
        assertThat(others.askers).isEmpty();
        world.stop(0);
        world.stop(1);
    }

    @Test
    void nodes_ofTwoClusters_doNotReachEachOther() {
        Echo echo = new Echo();
        Peers zero = world.start(0);
        world.start(1, OTHER_CLUSTER).serve(Service.FOUNDING, echo);

        assertThatThrownBy(() -> world.await(callFor(Service.FOUNDING, zero, world.peer(1))))
                .isInstanceOfSatisfying(
                        PeerUnreachableException.class,
                        why -> assertThat(why.isOwnAddress()).isFalse());
        assertThat(echo.askers).isEmpty();
    }

    @Test
    void call_whereAnotherNodeIsMeant_reachesNobody() {
        Echo echo = new Echo();
        Peers zero = world.start(0);
        world.start(1).serve(Service.RING, echo);
        Peer reused = new Peer(world.peer(1).address(), world.peer(2).node());

        assertThatThrownBy(() -> call(zero, reused, "x")).isInstanceOf(PeerUnreachableException.class);

        assertThat(echo.askers).isEmpty();
    }

    @Test
    void call_toSeedOfUnknownId_isAnswered() {
        Peers zero = world.start(0);
        world.start(1).serve(Service.RING, new Echo());

        assertThat(call(zero, new Peer(world.peer(1).address(), null), "hello")).hasToString("hello");
    }

    @Test
    void call_underWayWhenThePeerStops_fails() {
        Slow slow = new Slow();
        Peers zero = world.start(0);
        world.start(1).serve(Service.RING, slow);
        Future<Buffer> call =
                world.onLoop(0, () -> zero.call(world.peer(1), Service.RING, Buffer.buffer("x"), PATIENCE_MILLIS));
        world.until(() -> slow.asked.size() == 1);

        world.stop(1);

        assertThatThrownBy(() -> world.await(call)).isInstanceOf(PeerUnreachableException.class);
        assertThat(world.unreachable(0)).contains(world.peer(1));
    }

    @Test
    void peer_afterItsRestart_isReachedAgain() {
        Peers zero = world.start(0);
        world.start(1).serve(Service.RING, new Echo());
        call(zero, world.peer(1), "before");
        world.stop(1);
        assertThatThrownBy(() -> call(zero, world.peer(1), "down")).isInstanceOf(PeerUnreachableException.class);

        world.start(1).serve(Service.RING, new Echo());

        world.until(() -> {
            try {
                return call(zero, world.peer(1), "after").toString().equals("after");
            } catch (PeerUnreachableException e) {
                return false;
            }
        });
    }

    @Test
    void bytes_moreThanTheServiceTakes_areRefusedAtOnce() {
        Peers zero = world.start(0);
        world.start(1).serve(Service.RING, new Echo());
        Buffer tooLarge = Buffer.buffer(new byte[Service.RING.bytesMax() + 1]);

        assertThatThrownBy(() -> zero.send(world.peer(1), Service.RING, tooLarge))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> zero.call(world.peer(1), Service.RING, tooLarge, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytes_asManyAsTheServiceTakes_comeThrough() {
        Peers zero = world.start(0);
        world.start(1).serve(Service.RING, new Echo());
        Buffer largest = Buffer.buffer(new byte[Service.RING.bytesMax()]);

        Future<Buffer> call = world.onLoop(0, () -> zero.call(world.peer(1), Service.RING, largest, PATIENCE_MILLIS));

        assertThat(world.await(call)).isEqualTo(largest);
    }

    @Test
    void service_servedTwice_isRefused() {
        Peers zero = world.start(0);
        zero.serve(Service.RING, new Echo());

        assertThatThrownBy(() -> zero.serve(Service.RING, new Echo())).isInstanceOf(IllegalStateException.class);
    }
}

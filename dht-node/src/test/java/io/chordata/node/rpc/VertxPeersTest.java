package io.chordata.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.Correlation;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.Peer;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.process.Await;
import io.chordata.node.process.FreePorts;
import io.chordata.node.runtime.VertxCorrelation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxPeersTest {
    private static final long PATIENCE_MILLIS = 30_000;
    private static final Buffer LARGE = Buffer.buffer(new byte[1 << 20]);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(TestNode.LOOPS));
    private final Context loop = vertx.getOrCreateContext();
    private final List<TestNode> nodes = new ArrayList<>();

    private TestNode node(int number) {
        return node(number, TestNode.options(0, null));
    }

    private TestNode node(int number, RpcOptions options) {
        TestNode node = new TestNode(vertx, options, TestNode.identity(number)).start();
        nodes.add(node);
        return node;
    }

    private TestNode echo(int number) {
        TestNode node = node(number);
        node.peers.serve(Service.RING, Recorder.echo());
        return node;
    }

    @AfterEach
    void stop() {
        nodes.forEach(TestNode::close);
        TestNode.await(vertx.close());
    }

    private <T> T onLoop(Supplier<T> task) {
        Promise<T> promise = Promise.promise();
        loop.runOnContext(ignored -> promise.complete(task.get()));
        return TestNode.await(promise.future());
    }

    private Future<Buffer> call(TestNode from, Peer to, Buffer request, long timeoutMillis) {
        return onLoop(() -> from.peers.call(to, Service.RING, request, timeoutMillis));
    }

    private String callAndWait(TestNode from, Peer to, String request) {
        return TestNode.await(call(from, to, Buffer.buffer(request), PATIENCE_MILLIS))
                .toString();
    }

    private static void until(String what, BooleanSupplier condition) {
        Await.until(what, Duration.ofSeconds(30), condition::getAsBoolean);
    }

    @Test
    void calls_ofOneLoop_shareOneConnection() {
        TestNode asker = node(1);
        TestNode answerer = echo(2);

        List<Future<Buffer>> calls = onLoop(() -> IntStream.range(0, 200)
                .mapToObj(i -> asker.peers.call(
                        answerer.peer(), Service.RING, Buffer.buffer(Integer.toString(i)), PATIENCE_MILLIS))
                .toList());

        TestNode.await(Future.all(calls));
        assertThat(calls.get(199).result()).hasToString("199");
        assertThat(asker.observed.opened).hasValue(1);
        assertThat(answerer.observed.opened).hasValue(1);
    }

    @Test
    void call_forAClientsRequest_isKnownAsThatAtThePeerAlone() {
        VertxCorrelation correlation = new VertxCorrelation();
        TestNode asker = node(1);
        TestNode answerer = node(2);
        answerer.peers.serve(
                Service.RING,
                Recorder.answering(
                        asked -> Future.succeededFuture(Buffer.buffer(Correlation.text(correlation.current())))));

        Future<Buffer> asked = onLoop(() -> correlation.within(
                0xabc, () -> asker.peers.call(answerer.peer(), Service.RING, Buffer.buffer(), PATIENCE_MILLIS)));

        assertThat(TestNode.await(asked)).hasToString("0000000000000ABC");
        assertThat(callAndWait(asker, answerer.peer(), "")).isEqualTo(Correlation.text(Correlation.NONE));
    }

    @Test
    void answer_toAnEventLoop_comesOnThatLoop() {
        TestNode asker = node(1);
        TestNode answerer = echo(2);
        for (int i = 0; i < TestNode.LOOPS; i++) {
            Context own = ((VertxInternal) vertx).createEventLoopContext();
            Promise<Thread> asked = Promise.promise();
            Promise<Thread> answered = Promise.promise();
            own.runOnContext(ignored -> {
                asked.complete(Thread.currentThread());
                asker.peers
                        .call(answerer.peer(), Service.RING, Buffer.buffer(), PATIENCE_MILLIS)
                        .onComplete(answer -> answered.complete(Thread.currentThread()));
            });
            assertThat(TestNode.await(answered.future())).isSameAs(TestNode.await(asked.future()));
        }
        assertThat(asker.observed.opened).hasValue(TestNode.LOOPS);
    }

    @Test
    void nodes_thatDialEachOtherAtOnce_areBothAnswered() {
        TestNode one = echo(1);
        TestNode two = echo(2);

        Future<Buffer> there = call(one, two.peer(), Buffer.buffer("there"), PATIENCE_MILLIS);
        Future<Buffer> back = call(two, one.peer(), Buffer.buffer("back"), PATIENCE_MILLIS);

        assertThat(TestNode.await(there)).hasToString("there");
        assertThat(TestNode.await(back)).hasToString("back");
        assertThat(one.observed.opened).hasValue(2);
    }

    @Test
    void node_withAnotherSecret_isToldThatItsProofWasRefusedAlsoWhileItWaitsToTryAgain() {
        TestNode answerer = echo(2);
        ClusterSecret other = ClusterSecret.of("another secret, 0123456789abcdefgh");
        RpcOptions options = TestNode.options(0, null);
        TestNode asker = new TestNode(vertx, options, new RpcIdentity(TestNode.CLUSTER, TestNode.id(1), other)).start();
        nodes.add(asker);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> callAndWait(asker, answerer.peer(), "x"))
                    .isInstanceOf(PeerUnreachableException.class)
                    .hasMessageContaining("different cluster secrets");
        }
        assertThat(asker.observed.closed(Closing.PROOF_REFUSED)).isPositive();
        assertThat(answerer.observed.closed(Closing.WRONG_SECRET)).isPositive();
    }

    @Test
    void connection_withoutWork_isKeptByHeartbeats() {
        RpcOptions quick = times(50, 400, 60_000);
        TestNode asker = node(1, quick);
        TestNode answerer = node(2, quick);
        answerer.peers.serve(Service.RING, Recorder.echo());
        callAndWait(asker, answerer.peer(), "first");

        Await.pass(Duration.ofMillis(1_500));

        callAndWait(asker, answerer.peer(), "second");
        assertThat(asker.observed.opened).hasValue(1);
        assertThat(answerer.observed.closed(Closing.SILENT)).isZero();
    }

    @Test
    void connection_idleForLong_isClosedAndDialedAnew() {
        TestNode asker = node(1, times(50, 5_000, 200));
        TestNode answerer = echo(2);
        callAndWait(asker, answerer.peer(), "first");

        until("the idle end", () -> asker.observed.closed(Closing.IDLE) == 1);

        assertThat(callAndWait(asker, answerer.peer(), "second")).isEqualTo("second");
        assertThat(asker.unreachable).isEmpty();
    }

    @Test
    void call_thatTakesLong_keepsItsConnection() {
        TestNode asker = node(1, times(50, 5_000, 100));
        Recorder silent = Recorder.silent();
        TestNode answerer = node(2);
        answerer.peers.serve(Service.RING, silent);
        Future<Buffer> call = call(asker, answerer.peer(), Buffer.buffer("x"), PATIENCE_MILLIS);
        until("the request", () -> silent.unanswered.size() == 1);

        Await.pass(Duration.ofMillis(500));
        silent.unanswered.get(0).complete(Buffer.buffer("late"));

        assertThat(TestNode.await(call)).hasToString("late");
        assertThat(asker.observed.opened).hasValue(1);
    }

    /** The peer proves itself, takes the request, and says nothing any more. */
    @Test
    void call_toAPeerThatFallsSilent_failsBeforeItsTime() throws IOException {
        TestNode asker = node(1, times(50, 400, 60_000));
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Peer peer = new Peer(new NodeAddress("127.0.0.1", server.getLocalPort()), TestNode.id(9));
            Future<Buffer> call = call(asker, peer, Buffer.buffer("x"), PATIENCE_MILLIS);
            try (RawPeer silent = RawPeer.acceptedAndProved(server, 9)) {
                assertThatThrownBy(() -> TestNode.await(call)).hasMessageContaining("said nothing for too long");
                assertThat(silent.read()).hasSize(1);
            }
        }
        assertThat(asker.observed.closed(Closing.SILENT)).isEqualTo(1);
    }

    private static RpcOptions times(long heartbeatMillis, long silenceMillis, long idleMillis) {
        return new RpcOptions(
                "127.0.0.1",
                0,
                null,
                5_000,
                heartbeatMillis,
                silenceMillis,
                idleMillis,
                20,
                200,
                4 << 20,
                4_096,
                64,
                64);
    }

    @Test
    void connections_outgoing_comeFromTheInternalAddress() {
        Promise<String> from = Promise.promise();
        NetServer server = TestNode.await(vertx.createNetServer()
                .connectHandler(socket -> from.complete(socket.remoteAddress().hostAddress()))
                .listen(0, "127.0.0.1"));
        RpcOptions bound =
                new RpcOptions("127.0.0.2", 0, null, 5_000, 500, 5_000, 60_000, 20, 200, 4 << 20, 4_096, 64, 64);
        TestNode node = node(1, bound);

        node.peers.send(
                new Peer(new NodeAddress("127.0.0.1", server.actualPort()), null), Service.RING, Buffer.buffer());

        assertThat(TestNode.await(from.future())).isEqualTo("127.0.0.2");
    }

    @Test
    void name_lookedUpAtTheDial_reachesThePeer() {
        TestNode asker = node(1);
        TestNode answerer = echo(2);
        Peer byName = new Peer(new NodeAddress("localhost", answerer.peers.port()), TestNode.id(2));

        assertThat(callAndWait(asker, byName, "hello")).isEqualTo("hello");
    }

    @Test
    void name_thatDoesNotExist_isUnreachable() {
        TestNode asker = node(1);
        Peer nowhere = new Peer(new NodeAddress("no-such-host.invalid", 7000), null);

        assertThatThrownBy(() -> callAndWait(asker, nowhere, "x")).isInstanceOf(PeerUnreachableException.class);
    }

    /** Node 2 moves away, and node 3 takes its address: what is meant for 2 never reaches 3. */
    @Test
    void address_takenByAnotherNode_leadsToNobodyUntilTheNewOneIsKnown() {
        TestNode asker = node(1);
        TestNode second = echo(2);
        Peer old = second.peer();
        callAndWait(asker, old, "before");
        second.close();
        nodes.remove(second);
        Recorder third = Recorder.echo();
        node(3, TestNode.options(old.address().port(), null)).peers.serve(Service.RING, third);
        TestNode moved = echo(2);

        until("the wrong node to be noticed", () -> {
            assertThatThrownBy(() -> callAndWait(asker, old, "x")).isInstanceOf(PeerUnreachableException.class);
            return asker.observed.closed(Closing.WRONG_NODE) > 0;
        });

        assertThat(third.taken).hasValue(0);
        assertThat(callAndWait(asker, moved.peer(), "after")).isEqualTo("after");
    }

    /** Between two of the questions the wait is over, and so the link might be forgotten. */
    @Test
    void peer_thatIsNotThere_isDialedMoreAndMoreSeldomThoughRarelyAskedFor() {
        int questions = 25;
        TestNode asker = node(
                1, new RpcOptions("127.0.0.1", 0, null, 5_000, 20, 5_000, 60_000, 20, 10_000, 4 << 20, 4_096, 64, 64));
        Peer absent = new Peer(new NodeAddress("127.0.0.1", FreePorts.one()), TestNode.id(2));
        for (int question = 0; question < questions; question++) {
            assertThatThrownBy(() -> callAndWait(asker, absent, "x")).isInstanceOf(PeerUnreachableException.class);
            Await.pass(Duration.ofMillis(80));
        }
        assertThat(asker.observed.closed(Closing.NOT_CONNECTED)).isLessThan(questions / 2);
    }

    /** A minute's wait after the failed dial ends when the peer calls by itself. */
    @Test
    void peer_thatCallsByItself_isTriedAtOnce() {
        TestNode asker = node(
                1,
                new RpcOptions(
                        "127.0.0.1", 0, null, 5_000, 500, 5_000, 60_000, 60_000, 60_000, 4 << 20, 4_096, 64, 64));
        asker.peers.serve(Service.RING, Recorder.echo());
        int port = FreePorts.one();
        Peer late = new Peer(new NodeAddress("127.0.0.1", port), TestNode.id(2));
        assertThatThrownBy(() -> callAndWait(asker, late, "x")).isInstanceOf(PeerUnreachableException.class);
        TestNode second = node(2, TestNode.options(port, null));
        second.peers.serve(Service.RING, Recorder.echo());
        assertThatThrownBy(() -> callAndWait(asker, late, "x")).hasMessageContaining("a moment ago");

        callAndWait(second, asker.peer(), "here I am");

        until("the link to be free", () -> {
            try {
                return callAndWait(asker, late, "hello").equals("hello");
            } catch (PeerUnreachableException e) {
                return false;
            }
        });
    }

    @Test
    void requests_beyondTheBound_waitForTheirTurn() {
        TestNode asker = node(1);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        TestNode answerer = node(2);
        answerer.peers.serve(Service.RING, Recorder.answering(request -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Promise<Buffer> promise = Promise.promise();
            vertx.setTimer(5, fired -> {
                running.decrementAndGet();
                promise.complete(request);
            });
            return promise.future();
        }));

        List<Future<Buffer>> calls = onLoop(() -> IntStream.range(0, 1_000)
                .mapToObj(i ->
                        asker.peers.call(answerer.peer(), Service.RING, Buffer.buffer(new byte[100]), PATIENCE_MILLIS))
                .toList());

        TestNode.await(Future.all(calls));
        assertThat(most).hasValue(64);
    }

    /** The first holds the only place for half a second; the second's time is over by then. */
    @Test
    void request_whoseTimeIsOver_isNotBegun() {
        TestNode asker = node(1);
        Recorder silent = Recorder.silent();
        TestNode answerer = node(
                2, new RpcOptions("127.0.0.1", 0, null, 5_000, 500, 5_000, 60_000, 20, 200, 4 << 20, 4_096, 1, 64));
        answerer.peers.serve(Service.RING, silent);
        Future<Buffer> first = call(asker, answerer.peer(), Buffer.buffer("first"), PATIENCE_MILLIS);
        Future<Buffer> second = call(asker, answerer.peer(), Buffer.buffer("second"), 100);
        assertThatThrownBy(() -> TestNode.await(second)).isInstanceOf(PeerUnreachableException.class);
        Await.pass(Duration.ofMillis(300));
        silent.unanswered.get(0).complete(Buffer.buffer("done"));
        TestNode.await(first);

        Future<Buffer> third = call(asker, answerer.peer(), Buffer.buffer("third"), PATIENCE_MILLIS);
        until("the third request", () -> silent.unanswered.size() == 2);
        silent.unanswered.get(1).complete(Buffer.buffer("done"));

        TestNode.await(third);
        assertThat(silent.requests).containsExactly("first", "third");
    }

    /** A request that is never answered gives its place back when nobody waits for it any more. */
    @Test
    void request_neverAnswered_givesItsPlaceBack() {
        TestNode asker = node(1);
        Recorder silent = Recorder.silent();
        TestNode answerer = node(
                2, new RpcOptions("127.0.0.1", 0, null, 5_000, 500, 5_000, 60_000, 20, 200, 4 << 20, 4_096, 1, 64));
        answerer.peers.serve(Service.RING, silent);
        Future<Buffer> lost = call(asker, answerer.peer(), Buffer.buffer("lost"), 200);
        Future<Buffer> next = call(asker, answerer.peer(), Buffer.buffer("next"), PATIENCE_MILLIS);

        until("the next to be begun", () -> silent.unanswered.size() == 2);
        silent.unanswered.get(1).complete(Buffer.buffer("done"));

        assertThat(TestNode.await(next)).hasToString("done");
        assertThatThrownBy(() -> TestNode.await(lost)).isInstanceOf(PeerUnreachableException.class);
    }

    @Test
    void message_behindRequestsThatWait_passesThem() {
        TestNode asker = node(1);
        Recorder silent = Recorder.silent();
        Recorder heard = Recorder.echo();
        TestNode answerer = node(
                2, new RpcOptions("127.0.0.1", 0, null, 5_000, 500, 5_000, 60_000, 20, 200, 4 << 20, 4_096, 1, 64));
        answerer.peers.serve(Service.RING, silent);
        answerer.peers.serve(Service.STATUS, heard);
        List<Future<Buffer>> calls = onLoop(() -> {
            List<Future<Buffer>> begun = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                begun.add(asker.peers.call(
                        answerer.peer(), Service.RING, Buffer.buffer(new byte[10_000]), PATIENCE_MILLIS));
            }
            asker.peers.send(answerer.peer(), Service.STATUS, Buffer.buffer("heartbeat"));
            return begun;
        });

        until("the message to come", () -> heard.messages.contains("heartbeat"));
        assertThat(silent.taken).hasValue(1);
        for (int i = 0; i < calls.size(); i++) {
            int next = i;
            until("the next to be begun", () -> silent.unanswered.size() > next);
            silent.unanswered.get(i).complete(Buffer.buffer("done"));
        }
        TestNode.await(Future.all(calls));
    }

    /**
     * One is worked on, two wait, which are more than half of the 4 MiB that may; then the connection is not read. What came in
     * the record with the end of the third is, so a fourth lies between that and the message.
     */
    @Test
    void requests_beyondWhatMayWait_areNotRead() {
        TestNode asker = node(1, waiting(8 << 20));
        Recorder silent = Recorder.silent();
        Recorder heard = Recorder.echo();
        TestNode answerer = node(2, waiting(4 << 20));
        answerer.peers.serve(Service.GROUPS, silent);
        answerer.peers.serve(Service.STATUS, heard);
        List<Future<Buffer>> calls = onLoop(() -> {
            List<Future<Buffer>> begun = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                begun.add(asker.peers.call(
                        answerer.peer(), Service.GROUPS, Buffer.buffer(new byte[1_300_000]), PATIENCE_MILLIS));
            }
            asker.peers.send(answerer.peer(), Service.STATUS, Buffer.buffer("late"));
            return begun;
        });

        until("the first to be begun", () -> silent.unanswered.size() == 1);
        assertThat(heard.messages).isEmpty();
        silent.unanswered.get(0).complete(Buffer.buffer("done"));
        until("the message to come", () -> heard.messages.contains("late"));
        for (int i = 1; i < calls.size(); i++) {
            int next = i;
            until("the next to be begun", () -> silent.unanswered.size() > next);
            silent.unanswered.get(i).complete(Buffer.buffer("done"));
        }
        TestNode.await(Future.all(calls));
    }

    private static RpcOptions waiting(int bytes) {
        return new RpcOptions("127.0.0.1", 0, null, 5_000, 500, 5_000, 60_000, 20, 200, bytes, 4_096, 1, 64);
    }

    /** The peer proves itself and then reads nothing: 4 MiB may wait, and the kernel takes some. */
    @Test
    void peer_thatReadsNothing_costsWhatMayWaitAndNoMore() throws IOException {
        TestNode sender = node(1);
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            server.setReceiveBufferSize(64 << 10);
            Peer deaf = new Peer(new NodeAddress("127.0.0.1", server.getLocalPort()), TestNode.id(9));
            onLoop(() -> {
                sender.peers.send(deaf, Service.RING, LARGE);
                return true;
            });
            try (RawPeer peer = RawPeer.acceptedAndProved(server, 9)) {
                until("messages to be dropped", () -> {
                    onLoop(() -> {
                        sender.peers.send(deaf, Service.RING, LARGE);
                        return true;
                    });
                    return sender.observed.dropped.get() > 50;
                });
                Future<Buffer> call = call(sender, deaf, LARGE, PATIENCE_MILLIS);
                assertThatThrownBy(() -> TestNode.await(call)).hasMessageContaining("too much waits");
                assertThat(peer.read()).hasSize(1);
            }
        }
        until("the end to be told", () -> sender.unreachable.size() == 1);
    }

    @Test
    void calls_beyondTheBound_failAtOnce() {
        TestNode asker =
                node(1, new RpcOptions("127.0.0.1", 0, null, 5_000, 500, 5_000, 60_000, 20, 200, 4 << 20, 2, 64, 64));
        Recorder silent = Recorder.silent();
        TestNode answerer = node(2);
        answerer.peers.serve(Service.RING, silent);
        call(asker, answerer.peer(), Buffer.buffer("one"), PATIENCE_MILLIS);
        call(asker, answerer.peer(), Buffer.buffer("two"), PATIENCE_MILLIS);
        Future<Buffer> third = call(asker, answerer.peer(), Buffer.buffer("three"), PATIENCE_MILLIS);

        assertThatThrownBy(() -> TestNode.await(third)).hasMessageContaining("too much waits");
    }

    @Test
    void listener_thatProvesNothing_isGivenUp() throws IOException {
        RpcOptions quick =
                new RpcOptions("127.0.0.1", 0, null, 400, 500, 5_000, 60_000, 20, 200, 4 << 20, 4_096, 64, 64);
        TestNode asker = node(1, quick);
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Peer peer = new Peer(new NodeAddress("127.0.0.1", mute.getLocalPort()), null);
            assertThatThrownBy(() -> callAndWait(asker, peer, "x")).isInstanceOf(PeerUnreachableException.class);
        }
        assertThat(asker.observed.closed(Closing.HANDSHAKE_TIMEOUT)).isEqualTo(1);
    }

    @Test
    void answer_fromAThreadOfTheReceiversOwn_isSent() {
        TestNode asker = node(1);
        TestNode answerer = node(2);
        answerer.peers.serve(Service.RING, Recorder.answering(request -> {
            Promise<Buffer> promise = Promise.promise();
            new Thread(() -> promise.complete(request)).start();
            return promise.future();
        }));

        assertThat(callAndWait(asker, answerer.peer(), "hello")).isEqualTo("hello");
    }

    @Test
    void answer_largerThanTheServiceTakes_isRefused() {
        TestNode asker = node(1);
        TestNode answerer = node(2);
        answerer.peers.serve(
                Service.RING,
                Recorder.answering(
                        request -> Future.succeededFuture(Buffer.buffer(new byte[Service.RING.bytesMax() + 1]))));

        assertThatThrownBy(() -> callAndWait(asker, answerer.peer(), "x")).hasMessageContaining("it failed");
    }

    @Test
    void port_takenByAnother_failsTheStart() {
        TestNode first = node(1);
        Vertx otherProcess = Vertx.vertx();
        TestNode second = new TestNode(otherProcess, TestNode.options(first.peers.port(), null), TestNode.identity(2));

        assertThatThrownBy(second::start).isInstanceOf(BindException.class);
        TestNode.await(otherProcess.close());
    }

    @Test
    void node_stopped_answersNobodyAndCallsNobody() {
        TestNode asker = node(1);
        TestNode answerer = echo(2);
        callAndWait(asker, answerer.peer(), "x");

        asker.close();
        nodes.remove(asker);

        assertThatThrownBy(() -> callAndWait(asker, answerer.peer(), "x")).isInstanceOf(PeerUnreachableException.class);
        until("the other side to see it", () -> answerer.observed.closed(Closing.DISCONNECTED) == 1);
    }
}

package io.chordata.node.rpc;

import io.chordata.node.core.Correlation;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peers.Receiver;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.rpc.RpcProtos.Envelope;
import io.chordata.node.rpc.RpcProtos.Kind;
import io.chordata.node.rpc.RpcProtos.Refusal;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The listener's side of a connection: takes messages at once and requests in the order in which they came, and gives answers.
 * Requests wait while {@code runningCallsMax} are worked on; messages, among them the heartbeats of groups, pass them. The
 * connection is not read any more while half of {@code waitingBytesMax} of requests wait, or as much waits for a peer that does
 * not take its answers.
 */
final class AcceptedConnection implements Connection.Owner {
    /** What one takes in memory beside its payload, about. */
    private static final int REQUEST_BYTES = 512;

    /** Told how the connection fares. */
    interface Door {
        void onProved(AcceptedConnection connection, NodeId peer);

        void onEnded(AcceptedConnection connection);
    }

    private final NetSocket socket;
    private final ContextInternal context;
    private final RpcSetting setting;
    private final Door door;
    private final Connection connection;
    /** Requests that are not begun. */
    private final Queue<Arrival> arrivals = new ArrayDeque<>();

    private long arrivedBytes;

    /** Requests that were begun, each with when its asker stops waiting, in nanoseconds. */
    private final Map<Long, Long> running = new LinkedHashMap<>();

    private @Nullable NodeId peer;
    private boolean newcomer;
    private boolean working;

    private record Arrival(Envelope frame, long arrivedNanos) {
        long bytes() {
            return REQUEST_BYTES + frame.getPayload().size();
        }

        long deadlineNanos() {
            return arrivedNanos + TimeUnit.MILLISECONDS.toNanos(Integer.toUnsignedLong(frame.getTimeoutMillis()));
        }
    }

    AcceptedConnection(NetSocket socket, ContextInternal context, RpcSetting setting, Door door) {
        this.socket = socket;
        this.context = context;
        this.setting = setting;
        this.door = door;
        this.connection = new Connection(socket, context, setting, setting.listening(), this);
    }

    void begin() {
        connection.begin();
    }

    void close(Closing why) {
        connection.close(why);
    }

    void tick(long nowNanos) {
        connection.tick(nowNanos);
        if (running.values().removeIf(deadlineNanos -> nowNanos - deadlineNanos > 0)) {
            work();
        }
    }

    @Override
    public void onOpen(NodeId proved, boolean isNewcomer) {
        peer = proved;
        newcomer = isNewcomer;
        setting.reports().observer().opened(false);
        door.onProved(this, proved);
    }

    @Override
    public void onFrame(Envelope frame) {
        Arrival arrival = new Arrival(frame, setting.nowNanos());
        if (frame.getKind() == Kind.MESSAGE) {
            handle(arrival);
            return;
        }
        arrivals.add(arrival);
        arrivedBytes += arrival.bytes();
        work();
    }

    @Override
    public boolean isAtWork() {
        return !running.isEmpty() || !arrivals.isEmpty() || connection.waitingBytes() > 0;
    }

    @Override
    public void onDrained() {
        work();
    }

    @Override
    public void onClosed(Closing why) {
        arrivals.clear();
        arrivedBytes = 0;
        running.clear();
        setting.reports().closed(false, socket.remoteAddress(), why);
        door.onEnded(this);
    }

    /** Begins what may be begun. A receiver that answers at once leads here again, from within. */
    private void work() {
        if (working) {
            return;
        }
        working = true;
        while (mayBegin() && !arrivals.isEmpty()) {
            Arrival arrival = arrivals.remove();
            arrivedBytes -= arrival.bytes();
            handle(arrival);
        }
        working = false;
        if (mayRead()) {
            connection.resume();
        } else {
            connection.pause();
        }
    }

    private boolean mayBegin() {
        return running.size() < setting.options().runningCallsMax() && areAnswersTaken();
    }

    private boolean mayRead() {
        return arrivals.isEmpty()
                || (areAnswersTaken() && arrivedBytes <= setting.options().waitingBytesMax() / 2);
    }

    private boolean areAnswersTaken() {
        return connection.waitingBytes() <= setting.options().waitingBytesMax() / 2;
    }

    private void handle(Arrival arrival) {
        Envelope frame = arrival.frame();
        Service service = Receivers.numbered(frame.getService());
        Receiver receiver = service == null || isBarred(service)
                ? null
                : setting.receivers().of(service);
        if (service != null && frame.getPayload().size() > service.bytesMax()) {
            connection.close(Closing.MALFORMED);
        } else if (service == null || receiver == null || !isForMe(frame.getKind())) {
            decline(frame);
        } else if (frame.getKind() == Kind.MESSAGE) {
            take(service, receiver, frame);
        } else {
            begin(service, receiver, arrival);
        }
    }

    private boolean isBarred(Service service) {
        return newcomer && !service.isForNewcomers();
    }

    private static boolean isForMe(Kind kind) {
        return kind == Kind.MESSAGE || kind == Kind.REQUEST;
    }

    /** A newer release asks for what this one does not know, or a node is not ready yet. */
    private void decline(Envelope frame) {
        boolean isAnswer = frame.getKind() == Kind.ANSWER || frame.getKind() == Kind.REFUSAL;
        if (frame.getRequest() != 0 && !isAnswer) {
            connection.write(Frames.refusal(frame.getRequest(), Refusal.UNKNOWN_SERVICE));
        } else {
            setting.reports().observer().stray();
        }
    }

    private void take(Service service, Receiver receiver, Envelope frame) {
        try {
            receiver.onMessage(peer(), Frames.payload(frame));
        } catch (RuntimeException e) {
            setting.reports().failed(service, Correlation.NONE, e);
        }
    }

    private void begin(Service service, Receiver receiver, Arrival arrival) {
        long request = arrival.frame().getRequest();
        if (setting.nowNanos() - arrival.deadlineNanos() > 0) {
            connection.write(Frames.refusal(request, Refusal.EXPIRED));
        } else if (running.putIfAbsent(request, arrival.deadlineNanos()) != null) {
            connection.close(Closing.MALFORMED);
        } else {
            ask(receiver, arrival.frame()).onComplete(outcome -> onLoop(() -> finish(service, arrival, outcome)));
        }
    }

    private Future<Buffer> ask(Receiver receiver, Envelope frame) {
        try {
            return setting.ports()
                    .correlation()
                    .within(frame.getClientRequest(), () -> receiver.onCall(peer(), Frames.payload(frame)));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** A receiver may answer on a loop of its own. */
    private void onLoop(Runnable task) {
        if (context.nettyEventLoop().inEventLoop()) {
            task.run();
        } else {
            context.nettyEventLoop().execute(task);
        }
    }

    private void finish(Service service, Arrival arrival, AsyncResult<Buffer> outcome) {
        long request = arrival.frame().getRequest();
        long clientRequest = arrival.frame().getClientRequest();
        if (outcome.failed()) {
            setting.reports().failed(service, clientRequest, outcome.cause());
        }
        setting.reports()
                .served(service, peer(), clientRequest, setting.nowNanos() - arrival.arrivedNanos(), outcome.cause());
        if (running.remove(request) == null) {
            return;
        }
        connection.write(outcome.succeeded() ? answer(service, arrival.frame(), outcome.result()) : failure(request));
        work();
    }

    private Envelope answer(Service service, Envelope asked, Buffer answer) {
        long request = asked.getRequest();
        if (answer.length() > service.bytesMax()) {
            setting.reports()
                    .failed(
                            service,
                            asked.getClientRequest(),
                            new IllegalArgumentException("an answer of " + answer.length() + " bytes"));
            return failure(request);
        }
        boolean fits =
                connection.waitingBytes() + answer.length() <= setting.options().waitingBytesMax();
        return fits ? Frames.answer(request, answer) : Frames.refusal(request, Refusal.BUSY);
    }

    private static Envelope failure(long request) {
        return Frames.refusal(request, Refusal.FAILED);
    }

    private NodeId peer() {
        if (peer == null) {
            throw new IllegalStateException("frames follow the handshake");
        }
        return peer;
    }
}

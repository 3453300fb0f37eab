package io.chordata.node.rpc;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.rpc.RpcProtos.Envelope;
import io.chordata.node.rpc.RpcProtos.Kind;
import io.chordata.node.rpc.RpcProtos.Refusal;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way from one event loop to one peer: dialed when something is to be sent, kept while there is work. After a failed
 * dial everything fails at once until the wait before the next is over.
 *
 * <pre>
 *   idle ── send, call ──▶ dialing ── proved ──▶ open
 *    ▲                        │                    │
 *    └── failed, after a wait ┴── broken, or idle ─┘
 * </pre>
 */
final class PeerLink implements Connection.Owner {
    private static final int DOUBLINGS_MAX = 20;

    private final Peer peer;
    private final ContextInternal context;
    private final RpcSetting setting;
    private final OpenCalls calls;
    private final Queue<Envelope> queue = new ArrayDeque<>();
    private long queuedBytes;

    /** Counts dials, so that the outcome of one that was given up is known as such. */
    private int dial;

    private boolean dialing;
    private Closing lastClosing = Closing.NOT_CONNECTED;
    private boolean newcomer;
    private long dialedNanos;
    private @Nullable Connection connection;
    private long openedNanos;
    private int failures;
    private long retryNanos;
    private boolean stopped;

    PeerLink(Peer peer, ContextInternal context, RpcSetting setting) {
        this.peer = peer;
        this.context = context;
        this.setting = setting;
        this.calls = new OpenCalls(peer, setting, () -> dialing);
        this.retryNanos = setting.nowNanos();
    }

    void send(Service service, Buffer payload) {
        if (isWaiting()) {
            setting.reports().observer().dropped(service);
            context.nettyEventLoop().execute(() -> setting.ports().listener().onUnreachable(peer));
        } else if (isFull(payload) || isBarred(service)) {
            setting.reports().observer().dropped(service);
        } else {
            submit(Frames.message(service, payload));
        }
    }

    void call(Service service, Buffer payload, long timeoutMillis, Promise<Buffer> promise) {
        if (isWaiting()) {
            refuse(service, promise, lastClosing.notTriedAgain(peer).unsent());
        } else if (isFull(payload) || calls.size() >= setting.options().openCallsMax()) {
            refuse(service, promise, new PeerUnreachableException(peer, "too much waits for it already").unsent());
        } else if (isBarred(service)) {
            refuse(service, promise, Refusals.exception(peer, Refusal.UNKNOWN_SERVICE));
        } else {
            long request = calls.open(service, timeoutMillis, promise);
            long clientRequest = setting.ports().correlation().current();
            submit(Frames.request(service, request, timeoutMillis, clientRequest, payload));
        }
    }

    private void refuse(Service service, Promise<Buffer> promise, RuntimeException why) {
        setting.reports().observer().failed(service);
        promise.fail(why);
    }

    private boolean isBarred(@Nullable Service service) {
        return connection != null && connection.isOpen() && newcomer && (service == null || !service.isForNewcomers());
    }

    /** Whether nothing would be lost if this link were forgotten: also not how often in a row its dials failed. */
    boolean isForgettable() {
        boolean isWaitOver = setting.nowNanos() - retryNanos > (failures == 0 ? 0 : retryMaxNanos());
        return connection == null && !dialing && calls.size() == 0 && isWaitOver;
    }

    /** The node has called by itself, so it can be tried at once. */
    void onHeardOf(NodeId node) {
        if (node.equals(peer.node())) {
            failures = 0;
            retryNanos = setting.nowNanos();
        }
    }

    void tick(long nowNanos) {
        if (dialing
                && nowNanos - dialedNanos
                        > TimeUnit.MILLISECONDS.toNanos(setting.options().dialTimeoutMillis())) {
            giveUp();
        } else if (connection != null) {
            connection.tick(nowNanos);
        }
        if (connection != null && calls.size() == 0 && connection.isIdle(nowNanos)) {
            connection.close(Closing.IDLE);
        }
    }

    private void giveUp() {
        if (connection != null) {
            connection.close(Closing.HANDSHAKE_TIMEOUT);
        } else {
            onClosed(Closing.NOT_CONNECTED);
        }
    }

    void stop() {
        stopped = true;
        if (connection != null) {
            connection.close(Closing.STOPPED);
        } else {
            onClosed(Closing.STOPPED);
        }
    }

    private boolean isWaiting() {
        return stopped || (connection == null && !dialing && setting.nowNanos() - retryNanos < 0);
    }

    private boolean isFull(Buffer payload) {
        long waitingBytes = queuedBytes + (connection == null ? 0 : connection.waitingBytes());
        return waitingBytes + payload.length() > setting.options().waitingBytesMax();
    }

    private void submit(Envelope frame) {
        if (connection != null && connection.isOpen()) {
            connection.write(frame);
            return;
        }
        queue.add(frame);
        queuedBytes += Frames.size(frame);
        if (!dialing) {
            dial();
        }
    }

    private void dial() {
        dialing = true;
        dialedNanos = setting.nowNanos();
        int current = ++dial;
        context.runOnContext(ignored -> setting.client()
                .connect(peer.address().port(), peer.address().host())
                .onSuccess(socket -> onConnected(current, socket))
                .onFailure(cause -> onNotConnected(current)));
    }

    private void onConnected(int number, NetSocket socket) {
        if (number != dial || !dialing) {
            socket.close();
            return;
        }
        if (!Sockets.isNode(socket, setting.options())) {
            socket.close();
            onClosed(Closing.WRONG_NAME);
            return;
        }
        connection = new Connection(socket, context, setting, setting.dialing(peer), this);
        connection.begin();
    }

    private void onNotConnected(int number) {
        if (number == dial && dialing) {
            onClosed(Closing.NOT_CONNECTED);
        }
    }

    @Override
    public void onOpen(NodeId proved, boolean isNewcomer) {
        dialing = false;
        newcomer = isNewcomer;
        openedNanos = setting.nowNanos();
        setting.reports().observer().opened(true);
        while (!queue.isEmpty()) {
            sendQueued(queue.remove());
        }
        queuedBytes = 0;
    }

    private void sendQueued(Envelope frame) {
        Service service = Receivers.numbered(frame.getService());
        if (isBarred(service)) {
            bar(service, frame);
            return;
        }
        Envelope current = frame.getKind() == Kind.REQUEST ? calls.renewed(frame) : frame;
        if (current != null && connection != null) {
            connection.write(current);
        }
    }

    private void bar(@Nullable Service service, Envelope frame) {
        if (frame.getKind() == Kind.REQUEST) {
            calls.settle(Frames.refusal(frame.getRequest(), Refusal.UNKNOWN_SERVICE));
        } else if (service != null) {
            setting.reports().observer().dropped(service);
        }
    }

    @Override
    public void onFrame(Envelope frame) {
        boolean isAnswer = frame.getKind() == Kind.ANSWER || frame.getKind() == Kind.REFUSAL;
        if (!isAnswer || !calls.settle(frame)) {
            setting.reports().observer().stray();
        }
    }

    @Override
    public boolean isAtWork() {
        return calls.size() > 0;
    }

    @Override
    public void onDrained() {}

    @Override
    public void onClosed(Closing why) {
        boolean neverOpened = dialing;
        boolean hadFailed = neverOpened || setting.nowNanos() - openedNanos < retryMaxNanos();
        connection = null;
        dialing = false;
        lastClosing = why;
        dropQueue();
        waitBeforeNextDial(hadFailed && why != Closing.IDLE);
        setting.reports().closed(true, peer.address(), why);
        calls.failAll(why, neverOpened);
        if (why != Closing.IDLE && why != Closing.STOPPED) {
            setting.ports().listener().onUnreachable(peer);
        }
    }

    private void dropQueue() {
        for (Envelope frame : queue) {
            Service service = Receivers.numbered(frame.getService());
            if (frame.getKind() == Kind.MESSAGE && service != null) {
                setting.reports().observer().dropped(service);
            }
        }
        queue.clear();
        queuedBytes = 0;
    }

    private void waitBeforeNextDial(boolean hadFailed) {
        failures = hadFailed ? failures + 1 : 0;
        if (failures == 0) {
            retryNanos = setting.nowNanos();
            return;
        }
        RpcOptions options = setting.options();
        long doubled = options.retryMinMillis() << Math.min(failures - 1, DOUBLINGS_MAX);
        int waitMillis = (int) Math.min(doubled, options.retryMaxMillis());
        int chosenMillis = waitMillis - setting.ports().random().nextInt(waitMillis / 2 + 1);
        retryNanos = setting.nowNanos() + TimeUnit.MILLISECONDS.toNanos(chosenMillis);
    }

    private long retryMaxNanos() {
        return TimeUnit.MILLISECONDS.toNanos(setting.options().retryMaxMillis());
    }
}

package io.chordata.node.rpc;

import io.chordata.node.core.NodeId;
import io.chordata.node.rpc.Handshake.Session;
import io.chordata.node.rpc.RpcProtos.Envelope;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection on one event loop: first the handshake, then sealed records of frames. Sends a heartbeat (an empty
 * record) where nothing else is sent, and ends where nothing is heard, so that a half-dead connection is noticed by both
 * sides, each for itself: no answer to a heartbeat is needed, and a side that does not read for a while is heard still.
 *
 * <p>That is as often as the options say while somebody waits for an answer. Otherwise it is far more rare, because a node has
 * two such connections with each other node: whoever sends messages sees by what comes back whether they arrive, and bytes
 * that nobody acknowledges end the connection by themselves ({@link Sockets}).
 */
final class Connection {
    /** Who uses the connection. Called on its event loop; {@link #onClosed} last and once. */
    interface Owner {
        /** @param newcomer whether only what is for newcomers may be said on it */
        void onOpen(NodeId peer, boolean newcomer);

        void onFrame(Envelope frame);

        /** Whether one side owes the other an answer, as far as this side knows. */
        boolean isAtWork();

        /** Something that waited was taken by the socket. */
        void onDrained();

        void onClosed(Closing why);
    }

    /** How many times more rarely a connection without work shows that it lives. */
    private static final int QUIET_FACTOR = 30;

    private final NetSocket socket;
    private final ContextInternal context;
    private final RpcSetting setting;
    private final Handshake handshake;
    private final Owner owner;
    private final ByteQueue incoming = new ByteQueue();
    private final FrameReader frames = new FrameReader();
    private final long beganNanos;
    private @Nullable RecordKey opener;
    private @Nullable Outbound outbound;
    private long heardNanos;
    private long saidNanos;
    private long workedNanos;
    /** Since when, at least, the other side knows that there is work. */
    private long atWorkNanos;

    private boolean wasAtWork;
    private boolean paused;
    private boolean closed;

    Connection(NetSocket socket, ContextInternal context, RpcSetting setting, Handshake handshake, Owner owner) {
        this.socket = socket;
        this.context = context;
        this.setting = setting;
        this.handshake = handshake;
        this.owner = owner;
        this.beganNanos = setting.nowNanos();
    }

    void begin() {
        socket.exceptionHandler(broken -> onEnded());
        socket.closeHandler(ended -> onEnded());
        socket.handler(this::onBytes);
        reply(handshake.opening());
    }

    private void onEnded() {
        close(handshake.isProofUnanswered() ? Closing.PROOF_REFUSED : Closing.DISCONNECTED);
    }

    boolean isOpen() {
        return outbound != null && !closed;
    }

    /** Bytes that the socket has not taken yet. */
    long waitingBytes() {
        return outbound == null ? 0 : outbound.waitingBytes();
    }

    /** Sends a frame; without effect once closed. */
    void write(Envelope frame) {
        if (outbound == null) {
            throw new IllegalStateException("frames follow the handshake");
        }
        outbound.write(frame);
        saidNanos = setting.nowNanos();
        workedNanos = saidNanos;
    }

    /** Reads no more until {@link #resume}; what was read is delivered still. */
    void pause() {
        if (!paused) {
            paused = true;
            socket.pause();
        }
    }

    void resume() {
        if (paused) {
            paused = false;
            heardNanos = setting.nowNanos();
            socket.resume();
        }
    }

    void close(Closing why) {
        if (closed) {
            return;
        }
        closed = true;
        if (outbound != null) {
            outbound.close();
        }
        socket.close();
        owner.onClosed(why);
    }

    /** Looks at the clock. */
    void tick(long nowNanos) {
        if (outbound == null) {
            if (isPast(nowNanos, beganNanos, setting.options().dialTimeoutMillis())) {
                close(Closing.HANDSHAKE_TIMEOUT);
            }
        } else {
            watch(nowNanos, outbound);
        }
    }

    private void watch(long nowNanos, Outbound open) {
        int factor = rarity(nowNanos);
        if (!paused && isSilent(nowNanos, factor * setting.options().silenceMillis())) {
            close(Closing.SILENT);
        } else if (open.waitingBytes() == 0
                && isPast(nowNanos, saidNanos, factor * setting.options().heartbeatMillis())) {
            saidNanos = nowNanos;
            open.heartbeat();
        }
    }

    private int rarity(long nowNanos) {
        boolean isAtWork = owner.isAtWork();
        if (isAtWork && !wasAtWork) {
            atWorkNanos = nowNanos;
        }
        wasAtWork = isAtWork;
        return isAtWork ? 1 : QUIET_FACTOR;
    }

    /** Silence before the work began is none. */
    private boolean isSilent(long nowNanos, long millis) {
        return isPast(nowNanos, heardNanos, millis) && isPast(nowNanos, atWorkNanos, millis);
    }

    boolean isIdle(long nowNanos) {
        return isOpen() && isPast(nowNanos, workedNanos, setting.options().idleMillis());
    }

    private static boolean isPast(long nowNanos, long sinceNanos, long millis) {
        return nowNanos - sinceNanos > TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void onBytes(Buffer chunk) {
        if (closed) {
            return;
        }
        incoming.add(chunk);
        boolean more = true;
        while (more && !closed) {
            more = opener == null ? shakeHands() : readRecord(opener);
        }
    }

    private boolean shakeHands() {
        int expected = handshake.expectedBytes();
        if (incoming.size() < expected) {
            return false;
        }
        Handshake.Step step = handshake.on(incoming.take(expected));
        reply(step.reply());
        if (step.refusal() != null) {
            close(step.refusal());
        } else if (step.session() != null) {
            open(step.session());
        }
        return true;
    }

    private void reply(byte[] bytes) {
        if (bytes.length > 0) {
            socket.write(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes)));
        }
    }

    private void open(Session session) {
        opener = session.incoming();
        outbound = new Outbound(socket, context, session.outgoing(), owner::onDrained);
        heardNanos = setting.nowNanos();
        saidNanos = heardNanos;
        workedNanos = heardNanos;
        atWorkNanos = heardNanos;
        owner.onOpen(session.peer(), session.newcomer());
    }

    private boolean readRecord(RecordKey key) {
        if (incoming.size() < RecordKey.HEADER_BYTES) {
            return false;
        }
        int length = incoming.peekInt();
        if (length < RecordKey.TAG_BYTES || length > RecordKey.PLAIN_BYTES_MAX + RecordKey.TAG_BYTES) {
            close(Closing.OVERSIZED);
            return false;
        }
        if (incoming.size() < RecordKey.HEADER_BYTES + length) {
            return false;
        }
        openRecord(key, length);
        return true;
    }

    private void openRecord(RecordKey key, int length) {
        try {
            byte[] record = key.open(incoming.array(), incoming.offset() + RecordKey.HEADER_BYTES, length);
            incoming.skip(RecordKey.HEADER_BYTES + length);
            heardNanos = setting.nowNanos();
            if (record.length > 0) {
                workedNanos = heardNanos;
                deliver(record);
            }
        } catch (GeneralSecurityException e) {
            close(Closing.TAMPERED);
        }
    }

    private void deliver(byte[] record) {
        frames.add(record);
        try {
            Envelope frame = frames.next();
            while (frame != null && !closed) {
                owner.onFrame(frame);
                frame = frames.next();
            }
        } catch (IOException e) {
            close(Closing.MALFORMED);
        }
    }
}

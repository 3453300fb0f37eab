package io.chordata.node.rpc;

import io.chordata.node.core.Peer;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.rpc.RpcProtos.Envelope;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The calls to one peer that have no answer yet. */
final class OpenCalls {
    private final Peer peer;
    private final RpcSetting setting;
    private final Map<Long, OpenCall> calls = new LinkedHashMap<>();
    private final BooleanSupplier holdsBack;
    private long lastRequest;

    private record OpenCall(
            Service service, Promise<Buffer> promise, long beganNanos, long deadlineNanos, long timer) {}

    /** @param holdsBack whether nothing that was submitted has been sent yet */
    OpenCalls(Peer peer, RpcSetting setting, BooleanSupplier holdsBack) {
        this.peer = peer;
        this.setting = setting;
        this.holdsBack = holdsBack;
    }

    int size() {
        return calls.size();
    }

    /** Opens a call that fails by itself when its time is over; returns its number. */
    long open(Service service, long timeoutMillis, Promise<Buffer> promise) {
        Vertx vertx = setting.ports().vertx();
        long request = ++lastRequest;
        long now = setting.nowNanos();
        long timer = vertx.setTimer(timeoutMillis, fired -> expire(request, timeoutMillis));
        long deadline = now + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        calls.put(request, new OpenCall(service, promise, now, deadline, timer));
        return request;
    }

    /** The frame with the time that is left; null if nobody waits any more. */
    @Nullable
    Envelope renewed(Envelope request) {
        OpenCall call = calls.get(request.getRequest());
        if (call == null) {
            return null;
        }
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(call.deadlineNanos() - setting.nowNanos());
        return request.toBuilder()
                .setTimeoutMillis((int) Math.max(leftMillis, 1))
                .build();
    }

    /** Takes what the peer says; false if nobody waits for it. */
    boolean settle(Envelope frame) {
        OpenCall call = close(frame.getRequest());
        if (call == null) {
            return false;
        }
        switch (frame.getKind()) {
            case ANSWER -> succeed(call, Frames.payload(frame));
            default -> fail(call, Refusals.exception(peer, frame.getRefusal()));
        }
        return true;
    }

    /**
     * The connection broke: whether the peer has acted is unknown.
     *
     * @param unsent nothing was sent, as it never came to be open
     */
    void failAll(Closing why, boolean unsent) {
        PeerUnreachableException cause = why.unreachable(peer);
        List<Long> requests = new ArrayList<>(calls.keySet());
        for (long request : requests) {
            failUnanswered(request, unsent ? cause.unsent() : cause);
        }
    }

    private void expire(long request, long timeoutMillis) {
        PeerUnreachableException cause = new PeerUnreachableException(peer, "not within " + timeoutMillis + " ms");
        failUnanswered(request, holdsBack.getAsBoolean() ? cause.unsent() : cause);
    }

    private void failUnanswered(long request, PeerUnreachableException why) {
        OpenCall call = close(request);
        if (call != null) {
            fail(call, why);
        }
    }

    private @Nullable OpenCall close(long request) {
        OpenCall call = calls.remove(request);
        if (call != null) {
            setting.ports().vertx().cancelTimer(call.timer());
        }
        return call;
    }

    private void succeed(OpenCall call, Buffer answer) {
        setting.reports().observer().answered(call.service(), setting.nowNanos() - call.beganNanos());
        call.promise().complete(answer);
    }

    private void fail(OpenCall call, RuntimeException why) {
        setting.reports().observer().failed(call.service());
        call.promise().fail(why);
    }
}

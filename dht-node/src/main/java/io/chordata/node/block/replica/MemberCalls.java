package io.chordata.node.block.replica;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.block.BufferBudget;
import io.chordata.node.block.replica.BlockProtos.Answer;
import io.chordata.node.block.replica.BlockProtos.Outcome;
import io.chordata.node.block.replica.BlockProtos.Request;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.PeerBytes;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Asks members, this node without a socket. Never fails: whoever gives no answer, or none that can be read, counts as
 * {@link Outcome#FAILED}. From any loop; completes on the caller's.
 *
 * <p><b>Why pieces.</b> Messages to a peer share one connection for each loop, and what is before a message delays it. A block
 * of 16 MiB would not even fit what may wait there; one of 1 MiB holds up Raft's heartbeats by its transmission. So a block goes
 * in pieces, and at most {@code laneBytes} of them are under way to one peer: a heartbeat waits for some milliseconds of a
 * gigabit at most. A piece is answered when it is taken, so that the lane does not wait for a disk; the block's one
 * {@code Commit} is answered when it is synced.
 */
final class MemberCalls {
    private static final int LANES_MAX = 4_096;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final BlockPorts ports;
    private final ReplicaOptions options;
    private final BlockHolder holder;
    private final Latencies latencies = new Latencies();
    private final PeerBytes written = new PeerBytes();
    private final Map<NodeId, BufferBudget> lanes = new LinkedHashMap<>();

    MemberCalls(BlockPorts ports, ReplicaOptions options, BlockHolder holder) {
        this.ports = ports;
        this.options = options;
        this.holder = holder;
    }

    Latencies latencies() {
        return latencies;
    }

    /** Of bodies, by whom they were sent to. */
    PeerBytes written() {
        return written;
    }

    boolean isSelf(Member member) {
        return member.node().equals(ports.self());
    }

    /** Everything but writes. */
    Future<BlockFrame<Answer>> ask(Member member, Request request) {
        return ask(member, request, options.callMillis());
    }

    Future<BlockFrame<Answer>> ask(Member member, Request request, long timeoutMillis) {
        if (isSelf(member)) {
            try {
                return holder.answer(request);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("what this node asks itself does not parse", e);
            }
        }
        Future<BlockFrame<Answer>> answer = call(member.node(), BlockFrame.encode(request), timeoutMillis);
        return request.hasRead() ? timed(member.node(), answer, timeoutMillis) : answer;
    }

    /** One that refuses at once counts as slow as one that is silent: neither is to be asked first. */
    private Future<BlockFrame<Answer>> timed(NodeId node, Future<BlockFrame<Answer>> answer, long timeoutMillis) {
        long beganNanos = ports.clock().monotonicNanos();
        return answer.onSuccess(told -> {
            Outcome outcome = told.header().getOutcome();
            if (outcome == Outcome.DONE) {
                latencies.note(node, ports.clock().monotonicNanos() - beganNanos);
            } else if (outcome == Outcome.FAILED) {
                latencies.note(node, timeoutMillis * NANOS_PER_MILLI);
            }
        });
    }

    /** What is written. */
    record Write(BlockRef block, BlockOwner owner, Buffer body, int crc) {
        static Write of(BlockRef block, BlockOwner owner, Buffer body) {
            return new Write(block, owner, body, crcOf(body));
        }
    }

    static int crcOf(Buffer body) {
        CRC32C crc = new CRC32C();
        crc.update(((BufferInternal) body).getByteBuf().nioBuffer());
        return (int) crc.getValue();
    }

    /** A write to one member. */
    interface Sent {
        Future<BlockFrame<Answer>> answer();

        /** What was not sent yet is not, and nothing is kept of it; it is answered by {@link Outcome#FAILED} then. */
        void callOff();
    }

    Sent write(Member member, BlockTag tag, Write write) {
        if (!isSelf(member)) {
            Sending sending = new Sending(this, options, ports.loops().current(), lane(member.node()), member, tag);
            sending.start(BlockMessages.bytes(ports.random().nextUint128()), write);
            return sending;
        }
        return sent(holder.write(tag, member.tenure(), write.block(), write.owner(), write.body()));
    }

    /** To this node's own disk, which has it at once. */
    private static Sent sent(Future<BlockFrame<Answer>> answer) {
        return new Sent() {
            @Override
            public Future<BlockFrame<Answer>> answer() {
                return answer;
            }

            @Override
            public void callOff() {}
        };
    }

    /** Pieces that wait for others on their way to the same member. */
    int waitingPieces() {
        synchronized (lanes) {
            return lanes.values().stream().mapToInt(BufferBudget::waiting).sum();
        }
    }

    private BufferBudget lane(NodeId node) {
        synchronized (lanes) {
            if (lanes.size() >= LANES_MAX) {
                lanes.clear();
            }
            return lanes.computeIfAbsent(node, added -> new BufferBudget(options.laneBytes()));
        }
    }

    Future<BlockFrame<Answer>> call(NodeId node, Buffer frame, long timeoutMillis) {
        @Nullable Peer peer = ports.groups().peer(node);
        if (peer == null) {
            return Future.succeededFuture(Answers.of(Outcome.FAILED));
        }
        return ports.peers()
                .call(peer, Service.BLOCKS, frame, timeoutMillis)
                .compose(MemberCalls::decode)
                .otherwise(Answers.of(Outcome.FAILED));
    }

    private static Future<BlockFrame<Answer>> decode(Buffer frame) {
        try {
            return Future.succeededFuture(BlockFrame.decode(Answer.parser(), frame));
        } catch (InvalidProtocolBufferException e) {
            return Future.failedFuture(e);
        }
    }
}

package io.chordata.node.partition;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.Loop;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Peer;
import io.chordata.node.core.PeerBytes;
import io.chordata.node.core.Peers.Receiver;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.RaftCodec;
import io.chordata.node.partition.raft.RaftCodec.Addressed;
import io.chordata.node.partition.raft.RaftCodec.Frame;
import io.chordata.node.partition.raft.RaftMessage;
import io.chordata.node.partition.raft.RaftMessage.Append;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the replicas here and those on other nodes say to each other, on {@link Service#GROUPS}. All that one turn of a loop
 * has to say to one node goes as one frame, so that one frame carries the heartbeats of all groups that two nodes share; it
 * is split where it would be long to work on. What comes is spread over the loops of the partitions.
 *
 * <p>Bounded: what goes out waits at the peers, which drop what is too much; what comes in waits for the loops within a
 * budget, and is dropped beyond it, as are frames that nobody here could have sent. The groups count on losses.
 */
final class GroupTraffic implements GroupLinks, Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(GroupTraffic.class);
    /** Short enough for a loop not to work on it for long. */
    private static final int FRAME_BYTES = 1 << 20;

    private static final long WAITING_FRAMES_MAX = 16_384;
    private static final long WAITING_BYTES_MAX = 64L << 20;
    private static final long PAGES_AT_ONCE = 8;
    private static final long PAGE_TIMEOUT_MILLIS = 10_000;

    private final PeerBytes entries = new PeerBytes();
    private final PeerBytes snapshots = new PeerBytes();
    private final NodeId self;
    private final Partitioning partitioning;
    private final PartitionPorts ports;
    private final GroupPeers peers;
    private final Replicas replicas;
    private final Map<Loop, Outgoing> outgoing = new ConcurrentHashMap<>();
    private final PeerClocks clocks = new PeerClocks();
    private final QueueBudget waiting = new QueueBudget(WAITING_FRAMES_MAX, WAITING_BYTES_MAX);
    private final QueueBudget pages = new QueueBudget(PAGES_AT_ONCE, Long.MAX_VALUE);

    /** The replicas here. Called on the partition's loop. */
    interface Replicas {
        void onMessage(PartitionId partition, RaftMessage message);

        Future<SnapshotPage> page(PartitionId partition, SnapshotRequest request);
    }

    GroupTraffic(NodeId self, Partitioning partitioning, PartitionPorts ports, GroupPeers peers, Replicas replicas) {
        this.self = self;
        this.partitioning = partitioning;
        this.ports = ports;
        this.peers = peers;
        this.replicas = replicas;
    }

    void serve() {
        peers.peers().serve(Service.GROUPS, this);
    }

    @Override
    public void send(PartitionId partition, RaftMessage message) {
        outgoing.computeIfAbsent(ports.loops().ownerOf(partition), Outgoing::new)
                .add(partition, message);
    }

    /** What one loop has to say at the end of this turn. */
    private final class Outgoing {
        private final Loop loop;
        private final Map<NodeId, List<Addressed>> messages = new LinkedHashMap<>();

        Outgoing(Loop loop) {
            this.loop = loop;
        }

        void add(PartitionId partition, RaftMessage message) {
            if (messages.isEmpty()) {
                loop.execute(this::flush);
            }
            messages.computeIfAbsent(message.to().node(), node -> new ArrayList<>())
                    .add(new Addressed(partition, message));
        }

        private void flush() {
            Map<NodeId, List<Addressed>> taken = new LinkedHashMap<>(messages);
            messages.clear();
            taken.forEach(GroupTraffic.this::sendOrDrop);
        }
    }

    /** What cannot be sent to one node is lost to it alone. */
    private void sendOrDrop(NodeId to, List<Addressed> messages) {
        try {
            send(to, messages);
        } catch (RuntimeException e) {
            LOG.error("event=group_frame_dropped to={}", to, e);
        }
    }

    private void send(NodeId to, List<Addressed> messages) {
        Peer peer = peers.holders().peer(to);
        if (peer == null) {
            return;
        }
        for (byte[] frame : RaftCodec.encode(messages, ports.clock().wallMillis(), FRAME_BYTES)) {
            peers.peers().send(peer, Service.GROUPS, Buffer.buffer(frame));
        }
        long bytes = messages.stream().mapToLong(GroupTraffic::entryBytes).sum();
        if (bytes > 0) {
            entries.add(to, bytes);
        }
    }

    private static long entryBytes(Addressed addressed) {
        return addressed.message().body() instanceof Append append
                ? append.entries().stream()
                        .mapToLong(entry -> entry.data().length)
                        .sum()
                : 0;
    }

    @Override
    public void onMessage(NodeId from, Buffer frame) {
        int bytes = frame.length();
        if (!waiting.tryAcquire(bytes)) {
            return;
        }
        Map<Loop, List<Addressed>> byLoop;
        try {
            Frame read = RaftCodec.read(from, self, frame.getBytes());
            clocks.onHeard(from, read.wallMillis(), now().monotonicMillis());
            byLoop = byLoop(read.messages());
        } catch (InvalidProtocolBufferException | MalformedException e) {
            LOG.debug("event=group_frame_refused from={} cause=\"{}\"", from, e.getMessage());
            waiting.release(bytes);
            return;
        }
        AtomicInteger left = new AtomicInteger(byLoop.size() + 1);
        Runnable done = () -> {
            if (left.decrementAndGet() == 0) {
                waiting.release(bytes);
            }
        };
        byLoop.forEach((loop, messages) -> loop.execute(() -> deliver(messages, done)));
        done.run();
    }

    private Now now() {
        return Now.of(ports.clock());
    }

    @Override
    public boolean mayStampTime() {
        return clocks.isNear(now());
    }

    private Map<Loop, List<Addressed>> byLoop(List<Addressed> messages) {
        Map<Loop, List<Addressed>> byLoop = new LinkedHashMap<>();
        for (Addressed addressed : messages) {
            PartitionId partition =
                    GroupCodec.partition(partitioning, addressed.partition().number());
            Loop owner = ports.loops().ownerOf(partition);
            byLoop.computeIfAbsent(owner, loop -> new ArrayList<>()).add(addressed);
        }
        return byLoop;
    }

    private void deliver(List<Addressed> messages, Runnable done) {
        try {
            messages.forEach(addressed -> replicas.onMessage(addressed.partition(), addressed.message()));
        } finally {
            done.run();
        }
    }

    @Override
    public Future<SnapshotPage> fetch(NodeId leader, PartitionId partition, SnapshotRequest request) {
        Peer peer = peers.holders().peer(leader);
        if (peer == null) {
            return Future.failedFuture(new PartitionRefusedException(
                    partition, Reason.NOT_SERVING, "nobody knows where " + leader + " is"));
        }
        return peers.peers()
                .call(peer, Service.GROUPS, GroupCodec.encode(partition, request), PAGE_TIMEOUT_MILLIS)
                .onSuccess(page -> snapshots.add(leader, page.length()))
                .map(GroupCodec::page);
    }

    /** Of log entries, by whom they were sent to. */
    PeerBytes entries() {
        return entries;
    }

    /** Of pages of snapshots, by whom they came from. */
    PeerBytes snapshots() {
        return snapshots;
    }

    @Override
    public Future<Buffer> onCall(NodeId from, Buffer request) {
        if (!pages.tryAcquire(0)) {
            return Future.failedFuture("enough pages are being read");
        }
        return Future.<Void>succeededFuture()
                .compose(ignored -> page(GroupCodec.pageQuestion(from, partitioning, request)))
                .map(GroupCodec::encode)
                .onComplete(done -> pages.release(0));
    }

    private Future<SnapshotPage> page(GroupCodec.PageQuestion question) {
        PartitionId partition = question.partition();
        return LoopCalls.call(
                ports.loops(), ports.loops().ownerOf(partition), () -> replicas.page(partition, question.request()));
    }
}

package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.core.SpaceGuard.Room;
import io.chordata.node.partition.raft.EntryKind;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftCodec;
import io.chordata.node.partition.raft.RaftCodec.Addressed;
import io.chordata.node.partition.raft.RaftMessage;
import io.chordata.node.partition.raft.RaftMessage.Append;
import io.chordata.node.partition.raft.RaftMessage.Heartbeat;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimRecordDisk;
import io.chordata.node.sim.SimRecordStore;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.SimTimers;
import io.chordata.node.sim.TestNodes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupTrafficTest {
    private static final Partitioning PARTITIONING = new Partitioning(4);
    private static final NodeId SELF = TestNodes.id(0);

    private final SimScheduler scheduler = new SimScheduler(5);
    private final SimLoops loops = new SimLoops(scheduler, 2);
    private final List<Buffer> sent = new ArrayList<>();
    private final List<Addressed> received = new ArrayList<>();
    private final GroupTraffic traffic = new GroupTraffic(SELF, PARTITIONING, ports(), peers(), replicas());

    private PartitionPorts ports() {
        return new PartitionPorts(
                loops,
                new SimClock(scheduler),
                new SimTimers(scheduler, loops),
                scheduler.random().fork(),
                new SimRecordStore(new SimRecordDisk(), scheduler, loops),
                new SimDrops(scheduler, loops),
                () -> Room.ALL);
    }

    private GroupPeers peers() {
        return new GroupPeers(
                new Peers() {
                    @Override
                    public void send(Peer to, Service service, Buffer message) {
                        assertThat(service).isEqualTo(Service.GROUPS);
                        if (message.length() > service.bytesMax()) {
                            throw new IllegalArgumentException("a frame of " + message.length() + " bytes");
                        }
                        sent.add(message);
                    }

                    @Override
                    public Future<Buffer> call(Peer to, Service service, Buffer request, long timeoutMillis) {
                        return Future.failedFuture("nobody answers");
                    }

                    @Override
                    public void serve(Service service, Receiver receiver) {}
                },
                new GroupHolders() {
                    @Override
                    public Peer peer(NodeId node) {
                        return new Peer(TestNodes.address(1), node);
                    }

                    @Override
                    public Future<List<NodeId>> of(PartitionId partition) {
                        return Future.succeededFuture(List.of());
                    }
                });
    }

    private GroupTraffic.Replicas replicas() {
        return new GroupTraffic.Replicas() {
            @Override
            public void onMessage(PartitionId partition, RaftMessage message) {
                assertThat(loops.ownerOf(partition).isCurrent()).isTrue();
                received.add(new Addressed(partition, message));
            }

            @Override
            public Future<SnapshotPage> page(PartitionId partition, SnapshotRequest request) {
                return Future.failedFuture("there is none");
            }
        };
    }

    private static RaftMessage message(int to, RaftMessage.Body body) {
        return new RaftMessage(new Member(SELF, 1), new Member(TestNodes.id(to), 2), 0, 3, body);
    }

    private static RaftMessage heartbeat(int to) {
        return message(to, new Heartbeat(4, 5, 6));
    }

    private void onLoop(int loop, Runnable task) {
        loops.ownerOf(new PartitionId(loop)).execute(task);
    }

    private void run() {
        while (scheduler.step()) {
            // until nothing is left to do
        }
    }

    @Test
    void messages_ofOneTurnToOneNode_goAsOneFrame() {
        onLoop(0, () -> {
            for (int p = 0; p < PARTITIONING.count(); p += 2) {
                traffic.send(new PartitionId(p), heartbeat(1));
            }
        });
        run();
        assertThat(sent).hasSize(1);
        traffic.onMessage(TestNodes.id(2), sent.get(0));
        run();
        assertThat(received).hasSize(8);
    }

    @Test
    void messages_toSeveralNodesOrInSeveralTurns_goApart() {
        onLoop(0, () -> traffic.send(new PartitionId(0), heartbeat(1)));
        onLoop(0, () -> traffic.send(new PartitionId(2), heartbeat(2)));
        onLoop(1, () -> traffic.send(new PartitionId(1), heartbeat(1)));
        run();
        onLoop(0, () -> traffic.send(new PartitionId(0), heartbeat(1)));
        run();
        assertThat(sent).hasSize(4);
    }

    @Test
    void messages_thatAreLongTogether_areSplitInOrder() {
        onLoop(0, () -> {
            for (int i = 1; i <= 5; i++) {
                LogEntry entry = new LogEntry(i, 1, 1, 1, EntryKind.COMMAND, new byte[i == 3 ? 4 << 20 : 400_000]);
                traffic.send(new PartitionId(0), message(1, new Append(i - 1, 1, List.of(entry), 0)));
            }
        });
        run();
        assertThat(sent).hasSize(3);
        sent.forEach(frame -> traffic.onMessage(TestNodes.id(1), frame));
        run();
        assertThat(received)
                .extracting(addressed -> ((Append) addressed.message().body()).prevIndex())
                .containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void message_thatCannotBeSent_keepsNoOtherBack() {
        LogEntry entry = new LogEntry(1, 1, 1, 1, EntryKind.COMMAND, new byte[Service.GROUPS.bytesMax()]);
        onLoop(0, () -> {
            traffic.send(new PartitionId(0), message(1, new Append(0, 1, List.of(entry), 0)));
            traffic.send(new PartitionId(0), heartbeat(2));
        });
        run();
        assertThat(sent).hasSize(1);
        onLoop(0, () -> traffic.send(new PartitionId(0), heartbeat(1)));
        run();
        assertThat(sent).hasSize(2);
    }

    @Test
    void command_thatFitsIntoNoFrame_isRefusedAsAnOption() {
        int bytes = Service.GROUPS.bytesMax();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PartitionOptions(bytes, 1, bytes, 1, bytes, 1, 1, 1, 1))
                .withMessageContaining("maxCommandBytes");
    }

    @Test
    void frame_forAPartitionThatIsNone_isRefusedAsAWhole() {
        Addressed none = new Addressed(new PartitionId(16), heartbeat(1));
        Addressed some = new Addressed(new PartitionId(3), heartbeat(1));
        traffic.onMessage(TestNodes.id(1), Buffer.buffer(RaftCodec.encode(List.of(some, none))));
        run();
        assertThat(received).isEmpty();
    }

    @Test
    void garbage_ofWhateverKind_doesNoHarm() {
        SimRandom random = scheduler.random().fork();
        for (int i = 0; i < 20_000; i++) {
            traffic.onMessage(TestNodes.id(1), Buffer.buffer(random.nextBytes(random.nextInt(60))));
            Future<Buffer> answer =
                    traffic.onCall(TestNodes.id(1), Buffer.buffer(random.nextBytes(random.nextInt(30))));
            run();
            assertThat(answer.failed()).isTrue();
        }
        traffic.onMessage(
                TestNodes.id(1),
                Buffer.buffer(RaftCodec.encode(List.of(new Addressed(new PartitionId(3), heartbeat(1))))));
        received.clear();
        run();
        assertThat(received).hasSize(1);
    }

    @Test
    void frames_beyondWhatMayWait_areDroppedUntilSomeAreWorkedOff() {
        byte[] command = new byte[4 << 20];
        LogEntry entry = new LogEntry(1, 1, 1, 1, EntryKind.COMMAND, command);
        Buffer frame = Buffer.buffer(RaftCodec.encode(List.of(
                new Addressed(new PartitionId(0), message(1, new Append(0, 1, List.of(entry), 0))))));
        for (int i = 0; i < 100; i++) {
            traffic.onMessage(TestNodes.id(1), frame);
        }
        run();
        assertThat(received).hasSize(15);
        traffic.onMessage(TestNodes.id(1), frame);
        run();
        assertThat(received).hasSize(16);
    }
}

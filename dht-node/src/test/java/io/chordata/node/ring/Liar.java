package io.chordata.node.ring;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.ring.ServiceCluster.SimNode;
import io.chordata.node.ring.directory.DirectoryLies;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Position;
import io.chordata.node.ring.view.Weight;
import io.chordata.node.sim.SimPeers;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.BiConsumer;

/** A process that knows the cluster's secret, takes part under a name of its own, and says whatever decodes. */
final class Liar {
    private final SimRandom random;
    private final ServiceCluster cluster;
    private final NodeAddress address;
    private final Contact self;
    private final SimPeers peers;
    private final RingLies ring;
    private final DirectoryLies directory;
    private final double answerChance;
    private final double directoryChance;
    long said;

    Liar(ServiceCluster cluster, SimRandom random) {
        this.random = random;
        this.cluster = cluster;
        this.address = new NodeAddress("liar", 6666);
        this.self = new Contact(NodeId.random(random), address, 1);
        this.peers = new SimPeers(cluster.network, ServiceCluster.CLUSTER, self.node(), address, peer -> {});
        this.ring = new RingLies(random.fork(), self);
        this.directory = new DirectoryLies(random.fork(), record());
        this.answerChance = random.chance(0.2) ? 0 : random.nextInt(11) / 10.0;
        this.directoryChance = random.chance(0.5) ? 0 : random.nextInt(11) / 10.0;
        peers.serve(Service.RING, receiver(this::onRing));
        peers.serve(Service.DIRECTORY, receiver(this::onDirectory));
        cluster.members().values().forEach(member -> ring.keep(member.self()));
    }

    private NodeRecord record() {
        return new NodeRecord(
                self,
                "liar",
                address,
                address,
                "zone",
                Weight.ONE,
                "1.0",
                List.of(1, 2, 3, 4),
                NodeState.ALIVE,
                NodeState.ALIVE);
    }

    private static Peers.Receiver receiver(BiConsumer<NodeId, byte[]> handler) {
        return new Peers.Receiver() {
            @Override
            public void onMessage(NodeId from, Buffer message) {
                handler.accept(from, message.getBytes());
            }

            @Override
            public Future<Buffer> onCall(NodeId from, Buffer request) {
                return Future.failedFuture("it never answers");
            }
        };
    }

    private void onRing(NodeId from, byte[] bytes) {
        try {
            RingMessage message = RingCodec.decode(bytes);
            ring.hear(message);
            if (message instanceof RingMessage.Questions questions && random.chance(answerChance)) {
                send(message.from(), Service.RING, RingCodec.encode(ring.answer(questions)));
            }
        } catch (MalformedException e) {
            throw new AssertionError("an honest node says nonsense", e);
        }
    }

    private void onDirectory(NodeId from, byte[] bytes) {
        byte[] honest = directory.hear(from, bytes);
        if (random.chance(directoryChance)) {
            send(nodeOf(from).contact(), Service.DIRECTORY, directory.lie(from));
        } else if (honest != null) {
            send(nodeOf(from).contact(), Service.DIRECTORY, honest);
        }
    }

    private SimNode nodeOf(NodeId id) {
        return cluster.nodes.stream()
                .filter(node -> node.id.equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void send(Contact to, Service service, byte[] bytes) {
        said++;
        peers.send(new Peer(to.address(), to.node()), service, Buffer.buffer(bytes));
    }

    void introduceItself() {
        cluster.nodes.forEach(node -> send(node.contact(), Service.DIRECTORY, directory.introduction()));
    }

    /** Says something to somebody. */
    void speak() {
        if (random.chance(0.05)) {
            introduceItself();
        }
        SimNode to = cluster.nodes.get(random.nextInt(cluster.nodes.size()));
        if (random.chance(directoryChance)) {
            send(to.contact(), Service.DIRECTORY, directory.lie(to.id));
        } else {
            send(to.contact(), Service.RING, RingCodec.encode(ring.anything(to.id)));
        }
    }

    /** Names a node on the ring to everybody. */
    void name(Contact contact) {
        Position own = Position.of(self, 0, 1);
        Notice notice = new Notice.Leaving(own.id(), own, Position.of(contact, 0, 0));
        RingMessage message = new RingMessage.Notices(self, List.of(notice));
        cluster.up().forEach(node -> send(node.contact(), Service.RING, RingCodec.encode(message)));
    }

    void stop() {
        peers.stop();
    }
}

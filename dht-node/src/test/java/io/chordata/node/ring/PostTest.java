package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers.Receiver;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.core.Uint128;
import io.chordata.node.sim.SimPeerNetwork;
import io.chordata.node.sim.SimPeers;
import io.chordata.node.sim.SimScheduler;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostTest {
    private static final NodeAddress HERE = new NodeAddress("here", 1);
    private static final NodeAddress THERE = new NodeAddress("there", 2);
    private static final NodeId OTHER = new NodeId(new Uint128(1, 2));

    private final SimScheduler scheduler = new SimScheduler(1);
    private final SimPeerNetwork network = new SimPeerNetwork(scheduler);
    private final List<Integer> lengths = new ArrayList<>();
    private final Post post = new Post(peers(new NodeId(new Uint128(1, 1)), HERE));

    PostTest() {
        peers(OTHER, THERE).serve(Service.RING, new Receiver() {
            @Override
            public void onMessage(NodeId from, Buffer message) {
                lengths.add(message.length());
            }

            @Override
            public Future<Buffer> onCall(NodeId from, Buffer request) {
                return Future.failedFuture("no calls");
            }
        });
    }

    private SimPeers peers(NodeId node, NodeAddress address) {
        return new SimPeers(network, ServiceCluster.CLUSTER, node, address, peer -> {});
    }

    private void send(int length) {
        post.send(new Peer(THERE, OTHER), Service.RING, new byte[length]);
        scheduler.runUntilIdle(1_000);
    }

    @Test
    void message_largerThanTheServiceTakes_isLostAndCounted() {
        send(Service.RING.bytesMax() + 1);
        send(Service.RING.bytesMax());
        assertThat(post.tooLarge()).isEqualTo(1);
        assertThat(lengths).containsExactly(Service.RING.bytesMax());
    }

    @Test
    void post_onceClosed_sendsNothing() {
        post.close();
        send(10);
        assertThat(lengths).isEmpty();
    }
}

package io.chordata.node.sim;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Uint128;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

class SimPeersTest extends PeersContract {
    private static final int EVENTS_MAX = 100_000;
    private static final long SEED = 20261124;

    @Override
    protected World newWorld() {
        return new SimWorld();
    }

    private static final class SimWorld implements World {
        private final SimScheduler scheduler = new SimScheduler(SEED);
        private final SimPeerNetwork network = new SimPeerNetwork(scheduler);
        private final Map<Integer, SimPeers> nodes = new TreeMap<>();
        private final Map<Integer, List<Peer>> unreachable = new TreeMap<>();

        @Override
        public Peers start(int number, ClusterId cluster) {
            SimPeers peers = new SimPeers(
                    network,
                    cluster,
                    id(number),
                    peer(number).address(),
                    peer -> unreachable(number).add(peer));
            nodes.put(number, peers);
            return peers;
        }

        @Override
        public void stop(int number) {
            Objects.requireNonNull(nodes.remove(number)).stop();
        }

        @Override
        public Peer peer(int number) {
            return new Peer(new NodeAddress("node-" + number, 7000), id(number));
        }

        private static NodeId id(int number) {
            return new NodeId(new Uint128(7, number));
        }

        @Override
        public List<Peer> unreachable(int number) {
            return unreachable.computeIfAbsent(number, added -> new ArrayList<>());
        }

        @Override
        public <T> T onLoop(int number, Supplier<T> task) {
            return task.get();
        }

        @Override
        public <T> T await(Future<T> future) {
            return scheduler.await(future);
        }

        @Override
        public void until(BooleanSupplier condition) {
            scheduler.runUntil(condition, EVENTS_MAX);
        }

        @Override
        public void close() {
            nodes.values().forEach(SimPeers::stop);
        }
    }
}

package io.chordata.node.rpc;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers;
import io.chordata.node.process.Await;
import io.chordata.node.process.FreePorts;
import io.chordata.node.sim.PeersContract;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

class VertxPeersContractTest extends PeersContract {
    @Override
    protected World newWorld() {
        return new RealWorld();
    }

    private static final class RealWorld implements World {
        private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(TestNode.LOOPS));
        private final Context loop = vertx.getOrCreateContext();
        private final Map<Integer, Integer> ports = new HashMap<>();
        private final Map<Integer, TestNode> nodes = new HashMap<>();

        @Override
        public Peers start(int number, ClusterId cluster) {
            RpcIdentity identity = new RpcIdentity(cluster, TestNode.id(number), TestNode.SECRET);
            TestNode node = new TestNode(vertx, TestNode.options(portOf(number), null), identity);
            nodes.put(number, node.start());
            return node.peers;
        }

        private int portOf(int number) {
            return ports.computeIfAbsent(number, added -> FreePorts.one());
        }

        @Override
        public void stop(int number) {
            Objects.requireNonNull(nodes.remove(number)).close();
        }

        @Override
        public Peer peer(int number) {
            return new Peer(new NodeAddress("127.0.0.1", portOf(number)), TestNode.id(number));
        }

        @Override
        public List<Peer> unreachable(int number) {
            return Objects.requireNonNull(nodes.get(number)).unreachable;
        }

        @Override
        public <T> T onLoop(int number, Supplier<T> task) {
            Promise<T> promise = Promise.promise();
            loop.runOnContext(ignored -> promise.complete(task.get()));
            return TestNode.await(promise.future());
        }

        @Override
        public <T> T await(Future<T> future) {
            return TestNode.await(future);
        }

        @Override
        public void until(BooleanSupplier condition) {
            Await.until("the condition", Duration.ofSeconds(30), condition::getAsBoolean);
        }

        @Override
        public void close() {
            nodes.values().forEach(TestNode::close);
            TestNode.await(vertx.close());
        }
    }
}

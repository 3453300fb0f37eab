package io.chordata.node.partition;

import io.chordata.node.core.RequestId;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.LedgerMachine.Op;
import io.chordata.node.partition.LedgerMachine.Receipt;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimRandom;

/**
 * Clients of a {@link ReplicaSimulation} that ask again, at any node, whatever came of the attempts before: soon, late, and
 * when it is too late. The state machine notices when one of their commands is applied twice.
 */
final class RequestClients {
    private static final long MILLI = 1_000_000;
    private static final int ATTEMPTS = 6;

    private final ReplicaSimulation world;
    private final SimRandom random;
    private final RequestRules rules;
    private final SimClock clock;

    RequestClients(ReplicaSimulation world, SimRandom random, RequestRules rules) {
        this.world = world;
        this.random = random;
        this.rules = rules;
        this.clock = new SimClock(world.scheduler());
    }

    void begin() {
        long id = world.nextId();
        byte[] command = LedgerMachine.command(random.chance(0.8) ? Op.ADD : Op.TRIM, id, random.nextInt(60));
        Request request = new Request(requestId(id), clock.wallMillis(), command);
        attempt(id, request, request.timeMillis(), ATTEMPTS);
    }

    /** The client asks another coordinator, which takes its own time for the command's. */
    private Request anew(Request request) {
        return new Request(request.id(), clock.wallMillis(), request.command());
    }

    static RequestId requestId(long id) {
        return new RequestId(new Uint128(0, id));
    }

    private void attempt(long id, Request request, long firstMillis, int left) {
        ReplicaSimulation.Node node = world.anyNode();
        node.onLoop(() -> {
            PartitionReplica replica = node.replica();
            if (replica != null) {
                replica.propose(request)
                        .onSuccess(answer -> world.onAcknowledged(id, Receipt.parse(answer)))
                        .onFailure(world::onRefused);
            }
        });
        if (left > 1) {
            boolean late = random.chance(0.1);
            long delayMillis = late ? random.nextLong(0, 5 * rules.windowMillis()) : random.nextLong(1, 300);
            world.scheduler().after(delayMillis * MILLI, () -> {
                boolean elsewhere = clock.wallMillis() - firstMillis <= rules.windowMillis() && random.chance(0.3);
                attempt(id, elsewhere ? anew(request) : request, firstMillis, left - 1);
            });
        }
    }
}

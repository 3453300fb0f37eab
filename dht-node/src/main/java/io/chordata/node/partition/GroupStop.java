package io.chordata.node.partition;

import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.Timers.Timer;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftView;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The end of a node's replicas in good order: first the leaderships go to members that are up to date, so that nobody waits
 * for an election; then what was taken is answered. Both take only so long: what a group without a majority took may never be
 * answered, and ends as unknown.
 */
final class GroupStop {
    private static final long HAND_OVER_MILLIS_MAX = 2_000;
    private static final long LOOK_MILLIS = 20;
    private static final long DRAIN_MILLIS_MAX = 5_000;

    private final PartitionPorts ports;
    private final Supplier<Collection<PartitionReplica>> replicas;

    GroupStop(PartitionPorts ports, Supplier<Collection<PartitionReplica>> replicas) {
        this.ports = ports;
        this.replicas = replicas;
    }

    Future<Void> run() {
        List<Future<Void>> stops = new ArrayList<>();
        for (PartitionReplica replica : replicas.get()) {
            stops.add(LoopCalls.call(ports.loops(), replica.loop(), () -> stop(replica)));
        }
        return Future.join(stops).mapEmpty();
    }

    private Future<Void> stop(PartitionReplica replica) {
        PartitionGroup group = replica.group();
        Member successor = successor(group);
        if (successor == null || !group.handOver(successor)) {
            return drain(replica);
        }
        Promise<Void> handedOver = Promise.promise();
        awaitHandOver(replica, HAND_OVER_MILLIS_MAX, handedOver);
        return handedOver.future().compose(done -> drain(replica));
    }

    /** The voter that would lose least by leading; null if this is no leader, or alone. */
    private static @Nullable Member successor(PartitionGroup group) {
        if (!group.takesPart()) {
            return null;
        }
        List<Member> voters = group.configuration().voters();
        return group.recovered().view().followers().stream()
                .filter(follower -> follower.isReplicating() && voters.contains(follower.member()))
                .max(Comparator.comparingLong(RaftView.Follower::match))
                .map(RaftView.Follower::member)
                .orElse(null);
    }

    private void awaitHandOver(PartitionReplica replica, long leftMillis, Promise<Void> handedOver) {
        if (leftMillis <= 0 || !replica.self().equals(replica.group().leader())) {
            handedOver.complete();
        } else {
            ports.timers().once(LOOK_MILLIS, () -> awaitHandOver(replica, leftMillis - LOOK_MILLIS, handedOver));
        }
    }

    private Future<Void> drain(PartitionReplica replica) {
        if (replica.isAlone()) {
            return replica.stop();
        }
        Timer patience = ports.timers().once(DRAIN_MILLIS_MAX, replica::abandon);
        return replica.stop().onComplete(done -> patience.cancel());
    }
}

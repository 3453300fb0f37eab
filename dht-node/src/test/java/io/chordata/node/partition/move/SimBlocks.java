package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a node does with blocks: writes them as a coordinator, takes them as a member, lists and brings them when members change.
 * By the rules of {@link CopyRules}, over the simulated network.
 */
final class SimBlocks implements BlockTransfer {
    private static final int ATTEMPTS_MAX = 6;
    private static final int ATTEMPT_MILLIS = 400;
    private static final int SETTLE_MILLIS = 1_500;
    private static final int ROUND_MILLIS = 150;

    private final MoveNode node;
    /** What it knows as a coordinator. */
    private final Map<PartitionId, Configuration> known = new TreeMap<>();

    SimBlocks(MoveNode node) {
        this.node = node;
    }

    private MoveCluster cluster() {
        return node.cluster;
    }

    /** What a member answers to a block: it has it, or knows a newer configuration. */
    record Reply(Member member, boolean isTaken, Configuration knows) {}

    // as a coordinator

    void write(PartitionId partition, long id) {
        new BlockWrite(partition, id).attempt();
    }

    void learn(PartitionId partition, @Nullable Configuration configuration) {
        if (configuration != null) {
            known.merge(partition, configuration, (old, now) -> now.index() > old.index() ? now : old);
        }
    }

    private final class BlockWrite {
        private final PartitionId partition;
        private final long id;
        private final Map<Long, Set<Member>> acks = new TreeMap<>();
        private int attempts;
        private boolean isDone;

        BlockWrite(PartitionId partition, long id) {
            this.partition = partition;
            this.id = id;
        }

        void attempt() {
            if (isDone || attempts++ == ATTEMPTS_MAX) {
                return;
            }
            Configuration tag = known.get(partition);
            if (tag == null || attempts > 2) {
                refresh();
            }
            if (tag != null) {
                tag.members().forEach(member -> send(tag, member));
            }
            node.later(ATTEMPT_MILLIS, this::attempt);
        }

        void send(Configuration tag, Member member) {
            cluster()
                    .sendLate(
                            node,
                            member.node(),
                            to -> to.blocks
                                    .onWrite(partition, id, tag, member)
                                    .onSuccess(reply -> cluster().send(to, node.id, me -> onReply(tag, reply))));
        }

        private void onReply(Configuration tag, Reply reply) {
            learn(partition, reply.knows());
            if (reply.isTaken()) {
                Set<Member> counted = acks.computeIfAbsent(tag.index(), key -> new TreeSet<>());
                counted.add(reply.member());
                if (!isDone && isMost(tag.voters(), counted) && isMost(tag.outgoing(), counted)) {
                    isDone = true;
                    cluster().oracle.onAcknowledged(partition, id);
                }
            }
        }

        private void refresh() {
            List<NodeId> nodes = new ArrayList<>(node.directory.keySet());
            NodeId asked = nodes.get(node.random.nextInt(nodes.size()));
            cluster()
                    .call(node, asked, to -> to.committed(partition))
                    .onSuccess(found -> learn(partition, found == null ? null : found.configuration()));
        }
    }

    private static boolean isMost(List<Member> voters, Set<Member> agreed) {
        return voters.isEmpty() || 2 * voters.stream().filter(agreed::contains).count() > voters.size();
    }

    // as a member

    Future<Reply> onWrite(PartitionId partition, long id, Configuration tag, Member to) {
        SimReplica replica = node.replica(partition);
        if (replica == null
                || (cluster().copyRules.isTenureNamed() && !replica.self().equals(to))) {
            return Future.failedFuture("not here");
        }
        if (isTooOld(tag, replica)) {
            return Future.succeededFuture(new Reply(to, false, replica.committed()));
        }
        Promise<Reply> promise = Promise.promise();
        node.later(node.random.nextInt(node.random.chance(0.3) ? 800 : 10), () -> {
            boolean refused = cluster().copyRules.isTagLookedAtAgain() && isTooOld(tag, replica);
            if (node.replica(partition) == replica && !refused) {
                replica.copy().blocks.add(id);
                promise.complete(new Reply(to, true, replica.committed()));
            } else {
                promise.complete(new Reply(to, false, replica.committed()));
            }
        });
        return promise.future();
    }

    private boolean isTooOld(Configuration tag, SimReplica replica) {
        return cluster().copyRules.isOlderTagRefused()
                && tag.index() < replica.synced().index();
    }

    /** The blocks that it holds as that member, once it refuses what is older than the joint configuration. */
    private Future<Set<Long>> list(PartitionId partition, Member member, Configuration joint) {
        SimReplica replica = node.replica(partition);
        if (replica == null || !replica.self().equals(member)) {
            return Future.failedFuture("no such member here");
        }
        boolean refusesOlder =
                replica.committed().index() == joint.index() && replica.synced().index() >= joint.index();
        if (!refusesOlder) {
            return Future.failedFuture("not joint yet");
        }
        return Future.succeededFuture(new TreeSet<>(replica.copy().blocks));
    }

    private Future<Void> bring(PartitionId partition, Member member, Map<Long, NodeId> ids) {
        SimReplica replica = node.replica(partition);
        if (replica == null || !replica.self().equals(member)) {
            return Future.failedFuture("no such member here");
        }
        List<Future<Void>> copied = new ArrayList<>();
        ids.forEach((id, source) -> {
            if (!replica.copy().blocks.contains(id)) {
                copied.add(copy(partition, replica, id, source));
            }
        });
        return Future.all(copied).mapEmpty();
    }

    private Future<Void> copy(PartitionId partition, SimReplica replica, long id, NodeId source) {
        return cluster()
                .call(node, source, from -> from.blocks.has(partition, id))
                .compose(there -> {
                    if (node.replica(partition) != replica) {
                        return Future.failedFuture("it is another now");
                    }
                    replica.copy().blocks.add(id);
                    return Future.succeededFuture();
                });
    }

    private Future<Boolean> has(PartitionId partition, long id) {
        SimReplica replica = node.replica(partition);
        return replica != null && replica.copy().blocks.contains(id)
                ? Future.succeededFuture(true)
                : Future.failedFuture("not here");
    }

    // as the leader's node

    /** From this node alone: what it lacks is not brought. */
    @Override
    public Future<Void> backfill(PartitionId partition, Configuration configuration, Member learner) {
        SimReplica replica = node.replica(partition);
        if (replica == null) {
            return Future.failedFuture("no replica here");
        }
        Map<Long, NodeId> ids = new TreeMap<>();
        replica.copy().blocks.forEach(id -> ids.put(id, node.id));
        return call(learner, to -> to.blocks.bring(partition, learner, ids));
    }

    private <T> Future<T> call(Member member, Function<MoveNode, Future<T>> call) {
        return cluster().call(node, member.node(), call);
    }

    @Override
    public Future<Void> settle(PartitionId partition, Configuration joint) {
        Settling settling = new Settling(partition, joint);
        settling.round();
        return settling.done.future();
    }

    private final class Settling {
        private final PartitionId partition;
        private final Configuration joint;
        private final Promise<Void> done = Promise.promise();
        private final Set<Member> listed = new TreeSet<>();
        private final Set<Member> brought = new TreeSet<>();
        private final Map<Long, NodeId> sources = new TreeMap<>();
        private final long endMillis = node.nowMillis() + SETTLE_MILLIS;

        Settling(PartitionId partition, Configuration joint) {
            this.partition = partition;
            this.joint = joint;
        }

        void round() {
            if (done.future().isComplete()) {
                return;
            }
            if (node.nowMillis() > endMillis) {
                done.fail("it takes too long");
                return;
            }
            if (isListed()) {
                joint.voters().stream()
                        .filter(voter -> !brought.contains(voter))
                        .forEach(this::bringTo);
            } else {
                joint.outgoing().stream()
                        .filter(voter -> !listed.contains(voter))
                        .forEach(this::askForList);
            }
            node.later(ROUND_MILLIS, this::round);
        }

        private boolean isListed() {
            return cluster().copyRules.isMajorityListed() ? isMost(joint.outgoing(), listed) : !listed.isEmpty();
        }

        private void askForList(Member voter) {
            call(voter, to -> to.blocks.list(partition, voter, joint)).onSuccess(ids -> {
                if (!isListed()) {
                    listed.add(voter);
                    ids.forEach(id -> sources.putIfAbsent(id, voter.node()));
                }
            });
        }

        private void bringTo(Member voter) {
            Map<Long, NodeId> ids = new TreeMap<>(sources);
            call(voter, to -> to.blocks.bring(partition, voter, ids)).onSuccess(confirmed -> {
                brought.add(voter);
                checkDone();
            });
            checkDone();
        }

        private boolean haveNewcomers() {
            return joint.voters().stream()
                    .filter(voter -> !joint.outgoing().contains(voter))
                    .allMatch(voter ->
                            brought.contains(voter) || node.directory.get(voter.node()) != NodeCondition.ALIVE);
        }

        private void checkDone() {
            boolean isEnough =
                    !cluster().copyRules.isBroughtToMajority() || (isMost(joint.voters(), brought) && haveNewcomers());
            if (isEnough) {
                done.tryComplete();
            }
        }
    }

    @Override
    public Future<Void> deleteCopy(PartitionId partition) {
        return Future.succeededFuture();
    }
}

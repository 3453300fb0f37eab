package io.chordata.node.partition;

import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.Loops;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of who keeps which partition: what its own replicas know, and what others said. All of it are hints,
 * and there may be none for any partition. From any thread.
 */
final class GroupRoutes {
    private static final int HEARD_MAX = 65_536;

    private final NodePartitions local;
    private final GroupQuestions questions;
    private final GroupHolders holders;
    private final Loops loops;
    private final Map<PartitionId, GroupKnowledge> heard = new ConcurrentHashMap<>();
    private final Map<PartitionId, Future<@Nullable GroupKnowledge>> searches = new ConcurrentHashMap<>();

    GroupRoutes(NodePartitions local, GroupQuestions questions, GroupHolders holders, Loops loops) {
        this.local = local;
        this.questions = questions;
        this.holders = holders;
        this.loops = loops;
    }

    @Nullable
    GroupKnowledge known(PartitionId partition) {
        Standing standing = local.standing(partition);
        if (standing != null && standing.serves()) {
            return standing.knowledge();
        }
        GroupKnowledge cached = heard.get(partition);
        if (standing == null) {
            return cached;
        }
        return cached == null ? standing.knowledge() : cached.merge(standing.knowledge());
    }

    /** Null where none is known. */
    @Nullable
    NodeId leader(PartitionId partition) {
        GroupKnowledge known = known(partition);
        Member leader = known == null ? null : known.leader();
        return leader == null ? null : leader.node();
    }

    void learn(GroupKnowledge knowledge) {
        makeRoomFor(knowledge.partition());
        heard.merge(knowledge.partition(), knowledge, GroupKnowledge::merge);
    }

    /** Only of more partitions than most clusters have is any forgotten; which one does not matter. */
    private void makeRoomFor(PartitionId partition) {
        if (heard.size() >= HEARD_MAX && !heard.containsKey(partition)) {
            heard.remove(heard.keySet().iterator().next());
        }
    }

    /** The node has done what only a leader can. */
    void onAnswered(PartitionId partition, NodeId node) {
        GroupKnowledge cached = heard.get(partition);
        Member member = cached == null ? null : cached.configuration().memberOf(node);
        if (cached != null && member != null && !member.equals(cached.leader())) {
            heard.put(partition, cached.withLeader(member));
        }
    }

    /** The node is not the leader that it was taken for, or is not reached. */
    void onNotLeader(PartitionId partition, NodeId node) {
        heard.computeIfPresent(
                partition,
                (id, cached) ->
                        cached.leader() != null && cached.leader().node().equals(node)
                                ? cached.withLeader(null)
                                : cached);
    }

    /**
     * Looks for the leader, unless somebody does so already. Completes on the caller's loop, with what {@link LeaderSearch}
     * found.
     */
    Future<@Nullable GroupKnowledge> search(PartitionId partition) {
        Future<@Nullable GroupKnowledge> search = searches.get(partition);
        return LoopCalls.here(loops, search != null ? search : begin(partition));
    }

    private Future<@Nullable GroupKnowledge> begin(PartitionId partition) {
        Future<@Nullable GroupKnowledge> search = LoopCalls.call(
                loops,
                loops.ownerOf(partition),
                () -> new LeaderSearch(partition, questions, holders).run(known(partition)));
        searches.put(partition, search);
        return search.onComplete(done -> searches.remove(partition, search)).onSuccess(this::onFound);
    }

    /** A leader of the newest term knows best, also that a configuration that others told of never came to be. */
    private void onFound(@Nullable GroupKnowledge found) {
        if (found == null) {
            return;
        }
        makeRoomFor(found.partition());
        heard.merge(
                found.partition(),
                found,
                (cached, now) -> now.leader() != null && now.isOfNoEarlierTermThan(cached) ? now : cached.merge(now));
    }
}

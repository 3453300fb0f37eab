package io.chordata.node.cluster;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.PartitionId;
import io.chordata.node.history.LedgerReport;
import io.chordata.node.object.ObjectError;
import io.chordata.node.object.ObjectLayer;
import io.chordata.node.partition.ReplicaRows;
import io.chordata.node.partition.Standing;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What must hold when all is mended and nothing is asked of the cluster any more. */
final class ClusterAudit {
    private static final long ANSWER_MILLIS_MAX = 30_000;
    private static final long EQUAL_MILLIS_MAX = 60_000;

    /** Repair leaves out what is younger, by whatever clock it was begun; garbage and what nothing refers to goes until then. */
    private static final long UNTIL_REPAIRED_MILLIS = 40_000_000_000L;

    private static final int LOOK_MILLIS = 300;
    private static final String MARK = "";

    private final Cluster cluster;
    private final Oracles oracles;

    ClusterAudit(Cluster cluster, Oracles oracles) {
        this.cluster = cluster;
        this.oracles = oracles;
    }

    /**
     * Reads all that is owed, through every node.
     *
     * @param mayBeUnreadable as the only copy of some of it rotted
     */
    void readAll(boolean mayBeUnreadable) {
        for (Machine machine : cluster.present()) {
            Map<String, Reply<Requests.Seen>> replies = read(machine, oracles.ledger.keys());
            LedgerReport report = oracles.ledger.verify(key -> hashOf(Objects.requireNonNull(replies.get(key))));
            if (report.findings().stream()
                    .anyMatch(finding -> !(mayBeUnreadable && finding.kind() == LedgerReport.Kind.UNREAD))) {
                throw new AssertionError("through " + machine + ": " + report);
            }
        }
    }

    private Map<String, Reply<Requests.Seen>> read(Machine machine, List<String> keys) {
        Map<String, Reply<Requests.Seen>> replies = new TreeMap<>();
        long end = cluster.scheduler.nowMillis() + ANSWER_MILLIS_MAX;
        keys.forEach(key -> read(machine, key, end, replies));
        cluster.await("all keys to be read", 2 * ANSWER_MILLIS_MAX, () -> replies.size() == keys.size());
        return replies;
    }

    /** A group may still be about to elect its leader, or to find out that the one it has stands still. */
    private void read(Machine machine, String key, long end, Map<String, Reply<Requests.Seen>> replies) {
        cluster.request(machine, ANSWER_MILLIS_MAX, Requests.get(key), reply -> {
            boolean isFinal = !reply.isWorthRetrying() || reply.is(ObjectError.UNREADABLE);
            if (isFinal || cluster.scheduler.nowMillis() > end) {
                replies.put(key, reply);
            } else {
                cluster.scheduler.afterMillis(LOOK_MILLIS, () -> read(machine, key, end, replies));
            }
        });
    }

    private static Optional<String> hashOf(Reply<Requests.Seen> reply) {
        if (reply.value() != null) {
            return Optional.of(Body.md5(reply.value().bytes()));
        }
        if (reply.is(ObjectError.NO_SUCH_KEY)) {
            return Optional.empty();
        }
        throw new IllegalStateException("answered with " + reply);
    }

    <T> Reply<T> await(Machine machine, Function<ObjectLayer, Future<T>> operation) {
        Box<T> box = new Box<>();
        cluster.request(machine, ANSWER_MILLIS_MAX, operation, reply -> box.reply = reply);
        cluster.await("an answer", ANSWER_MILLIS_MAX + LOOK_MILLIS, () -> box.reply != null);
        if (box.reply == null) {
            throw new IllegalStateException("no answer");
        }
        return box.reply;
    }

    private static final class Box<T> {
        private @Nullable Reply<T> reply;
    }

    /** Each group's replicas come to hold the same: once each, as housekeeping goes on. */
    void compareReplicas() {
        List<PartitionId> left = new ArrayList<>(cluster.partitions());
        long end = cluster.scheduler.nowMillis() + EQUAL_MILLIS_MAX;
        while (!left.isEmpty()) {
            if (cluster.scheduler.nowMillis() > end) {
                throw new AssertionError("the replicas of " + left + " do not become equal");
            }
            for (Iterator<PartitionId> each = left.iterator(); each.hasNext(); ) {
                if (areEqual(each.next())) {
                    each.remove();
                }
            }
            cluster.run(LOOK_MILLIS);
        }
    }

    /**
     * Each group's members come to hold the same blocks, once they compare them. A rotten copy of what a write left behind can
     * be the only one: nobody can have it whole, and nobody needs it.
     */
    void compareBlocks() {
        cluster.machines.forEach(machine -> machine.clock.jump(UNTIL_REPAIRED_MILLIS));
        for (PartitionId partition : cluster.partitions()) {
            long end = cluster.scheduler.nowMillis() + EQUAL_MILLIS_MAX;
            while (!holdTheSameBlocks(partition)) {
                if (cluster.scheduler.nowMillis() > end) {
                    throw new AssertionError("the blocks of " + partition + " do not become equal: " + held(partition));
                }
                members(partition).forEach(machine -> machine.process().repair(partition));
                cluster.run(LOOK_MILLIS);
            }
        }
    }

    private boolean holdTheSameBlocks(PartitionId partition) {
        Map<Machine, List<BlockRef>> held = held(partition);
        return !held.isEmpty() && new HashSet<>(held.values()).size() == 1;
    }

    private Map<Machine, List<BlockRef>> held(PartitionId partition) {
        Map<Machine, List<BlockRef>> held = new LinkedHashMap<>();
        for (Machine machine : members(partition)) {
            held.put(
                    machine,
                    machine.blocks.wholeBlocks().stream()
                            .filter(block -> block.partition().equals(partition))
                            .toList());
        }
        return held;
    }

    /** None while it has no leader. */
    private List<Machine> members(PartitionId partition) {
        Machine leader = cluster.leaderOf(partition);
        Standing standing = leader == null ? null : leader.standing(partition);
        List<Machine> machines = new ArrayList<>();
        if (standing != null) {
            standing.configuration()
                    .members()
                    .forEach(member -> machines.add(Objects.requireNonNull(cluster.machineOf(member.node()))));
        }
        return machines;
    }

    /** Those that are at the same index hold the same in any case. */
    private boolean areEqual(PartitionId partition) {
        Machine leader = cluster.leaderOf(partition);
        Standing standing = leader == null ? null : leader.standing(partition);
        if (leader == null || standing == null) {
            return false;
        }
        Map<String, String> expected = rows(leader, partition);
        boolean areAllThere = true;
        for (Member member : standing.configuration().members()) {
            Machine machine = cluster.machineOf(member.node());
            Map<String, String> rows = machine == null ? Map.of() : rows(machine, partition);
            if (!String.valueOf(rows.get(MARK)).equals(expected.get(MARK))) {
                areAllThere = false;
            } else if (!rows.equals(expected)) {
                throw new AssertionError("at one index, " + machine + " and " + leader + " differ in " + partition
                        + " by " + difference(rows, expected));
            }
        }
        return areAllThere;
    }

    private static String difference(Map<String, String> rows, Map<String, String> expected) {
        TreeSet<String> keys = new TreeSet<>(rows.keySet());
        keys.addAll(expected.keySet());
        keys.removeIf(key -> String.valueOf(rows.get(key)).equals(expected.get(key)));
        return keys.toString();
    }

    private static Map<String, String> rows(Machine machine, PartitionId partition) {
        try {
            return ReplicaRows.of(machine.process().records, partition);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(machine + " has a base of " + partition + " that cannot be read", e);
        }
    }
}

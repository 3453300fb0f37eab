package io.chordata.node.partition.move;

import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sees everything at once, and holds it against what movement promises. */
final class MoveOracle {
    private final MoveCluster cluster;
    private final Map<PartitionId, TreeMap<Long, Configuration>> committed = new TreeMap<>();
    private final Map<PartitionId, Set<Long>> acknowledged = new TreeMap<>();
    /** Members whose disks are lost: they count as holders, as whoever loses fewer than a majority loses nothing. */
    private final Set<Member> destroyed = new TreeSet<>();

    private long blocks;
    private long removals;

    MoveOracle(MoveCluster cluster) {
        this.cluster = cluster;
    }

    void onCommitted(PartitionId partition, Configuration configuration) {
        Configuration before = committed
                .computeIfAbsent(partition, key -> new TreeMap<>())
                .putIfAbsent(configuration.index(), configuration);
        check(
                before == null || before.equals(configuration),
                partition + " has two configurations: " + before + " and " + configuration);
        if (before == null) {
            checkBlocks(partition);
        }
    }

    /** The newest that anybody knows to be committed. */
    Configuration latest(PartitionId partition) {
        return Objects.requireNonNull(committed.get(partition)).lastEntry().getValue();
    }

    int changes() {
        return committed.values().stream().mapToInt(all -> all.size() - 1).sum();
    }

    void onAcknowledged(PartitionId partition, long block) {
        acknowledged.computeIfAbsent(partition, key -> new TreeSet<>()).add(block);
        blocks++;
    }

    long blocks() {
        return blocks;
    }

    long removals() {
        return removals;
    }

    void onDestroyed(MoveNode node) {
        node.disk.values().forEach(copy -> destroyed.add(copy.self()));
    }

    /** A copy is about to be deleted. */
    void onRemoved(PartitionId partition, Member member) {
        removals++;
        check(
                !latest(partition).members().contains(member),
                partition + ": the copy of the member " + member + " is deleted, in " + latest(partition));
    }

    void checkBlocks() {
        committed.keySet().forEach(this::checkBlocks);
    }

    /** Every majority of the voters has each acknowledged block; of the old voters while joint. */
    private void checkBlocks(PartitionId partition) {
        Configuration latest = latest(partition);
        List<Member> voters = latest.isJoint() ? latest.outgoing() : latest.voters();
        for (long block : acknowledged.getOrDefault(partition, Set.of())) {
            long holders = voters.stream()
                    .filter(voter -> holds(partition, voter, block))
                    .count();
            check(
                    2 * holders > voters.size(),
                    partition + ": block " + block + " lies at " + holders + " of " + voters + ", in " + latest);
        }
    }

    private boolean holds(PartitionId partition, Member member, long block) {
        SimCopy copy = cluster.node(member.node()).disk.get(partition);
        return destroyed.contains(member)
                || (copy != null && copy.self().equals(member) && copy.blocks.contains(block));
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise + cluster.describe());
        }
    }
}

package io.chordata.node.storage;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.PartitionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What may be in the store, by what was asked of it and what it answered. Blocks are told by the length of their body,
 * 0 for a block that is not there; each write has a length of its own.
 */
final class BlockLedger {
    static final int ABSENT = 0;

    private static final Comparator<BlockRef> ORDER = Comparator.comparing(BlockRef::partition)
            .thenComparing(BlockRef::body)
            .thenComparingInt(BlockRef::index);

    private final Map<BlockRef, List<Change>> changes = new TreeMap<>(ORDER);

    /** A change of one block, in the order asked. */
    static final class Change {
        private final int length;
        private boolean acknowledged;
        private boolean refused;

        private Change(int length) {
            this.length = length;
        }
    }

    Change write(BlockRef block, int length) {
        Change change = new Change(length);
        changes.computeIfAbsent(block, none -> startsAbsent()).add(change);
        return change;
    }

    private static List<Change> startsAbsent() {
        Change absent = new Change(ABSENT);
        absent.acknowledged = true;
        return new ArrayList<>(List.of(absent));
    }

    List<Change> drop(PartitionId partition, BodyId body) {
        List<Change> drops = new ArrayList<>();
        changes.forEach((block, ofBlock) -> {
            if (block.partition().equals(partition) && block.body().equals(body)) {
                drops.add(new Change(ABSENT));
                ofBlock.add(drops.get(drops.size() - 1));
            }
        });
        return drops;
    }

    void acknowledge(Change change) {
        change.acknowledged = true;
    }

    /** The store said that it did not and will not do it. */
    void refuse(Change change) {
        change.refused = true;
    }

    Set<BlockRef> blocks() {
        return changes.keySet();
    }

    /** Lengths that the block may have: of the last acknowledged change, or of a later one that was not answered. */
    Set<Integer> allowed(BlockRef block) {
        Set<Integer> allowed = new LinkedHashSet<>();
        for (Change change : changes.getOrDefault(block, startsAbsent())) {
            if (change.acknowledged) {
                allowed.clear();
            }
            if (!change.refused) {
                allowed.add(change.length);
            }
        }
        return allowed;
    }

    /** After a crash: what was seen is so for good. */
    void settle(BlockRef block, int length) {
        Change seen = new Change(length);
        seen.acknowledged = true;
        changes.put(block, new ArrayList<>(List.of(seen)));
    }

    @Nullable
    BlockRef any(int number) {
        List<BlockRef> all = List.copyOf(changes.keySet());
        return all.isEmpty() ? null : all.get(Math.floorMod(number, all.size()));
    }
}

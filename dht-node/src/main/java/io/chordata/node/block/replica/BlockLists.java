package io.chordata.node.block.replica;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.block.replica.BlockProtos.Answer;
import io.chordata.node.block.replica.BlockProtos.Day;
import io.chordata.node.block.replica.BlockProtos.DayBuckets;
import io.chordata.node.block.replica.BlockProtos.Days;
import io.chordata.node.block.replica.BlockProtos.Digest;
import io.chordata.node.block.replica.BlockProtos.Ids;
import io.chordata.node.block.replica.BlockProtos.Outcome;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.BlockStore.StoredBlock;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.FutureLoop;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Uint128;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What this node's index says of one partition's blocks. Reads rows, never bodies. */
final class BlockLists {
    /** Of one answer: some 25 bytes for each id. */
    static final int IDS_MAX = 4_096;

    private static final int ROWS_AT_ONCE = 1_024;
    private static final BodyId LAST_BODY = new BodyId(new Uint128(-1, -1));

    private final BlockStore store;
    private final BlockRules rules;

    /**
     * @param after null: from the start
     * @param setAside those that were set aside as corrupt
     * @param wanted which blocks
     */
    record Query(
            PartitionId partition,
            @Nullable BlockRef after,
            boolean setAside,
            int max,
            Predicate<StoredBlock> wanted) {}

    BlockLists(BlockStore store, BlockRules rules) {
        this.store = store;
        this.rules = rules;
    }

    static Query query(PartitionId partition, BlockProtos.List list) throws InvalidProtocolBufferException {
        BlockRef after = list.hasAfter() ? BlockMessages.block(partition, list.getAfter()) : null;
        int max = Math.max(1, Math.min(list.getMax(), IDS_MAX));
        return new Query(partition, after, list.getSetAside(), max, filter(list));
    }

    private static Predicate<StoredBlock> filter(BlockProtos.List list) {
        if (list.getOnlyCount() == 0) {
            return block -> true;
        }
        Map<Integer, Long> buckets = new TreeMap<>();
        for (DayBuckets only : list.getOnlyList()) {
            buckets.put(only.getDay(), only.getBuckets());
        }
        long until = list.getUntilMillis();
        return block -> isCompared(block, until)
                && (buckets.getOrDefault(BlockDigest.dayOf(block), 0L) >>> BlockDigest.bucketOf(block.block()) & 1)
                        != 0;
    }

    Future<BlockFrame<Answer>> page(Query query) {
        return query.setAside() ? withSetAside(query) : find(query).map(found -> page(query.max(), List.of(found)));
    }

    /**
     * What is whole and what is set aside in one answer, as a copy may be found rotten, or be made whole, at any moment: asked for
     * one after the other, by answers of different voters, it could be in neither. Both at once cannot happen between three looks.
     */
    private Future<BlockFrame<Answer>> withSetAside(Query query) {
        Query whole = new Query(query.partition(), query.after(), false, query.max(), query.wanted());
        return find(whole)
                .compose(before -> find(query)
                        .compose(setAside ->
                                find(whole).map(behind -> page(query.max(), List.of(before, setAside, behind)))));
    }

    /** Up to {@code max} ids behind {@code after}. */
    Future<List<BlockRef>> page(PartitionId partition, @Nullable BlockRef after, boolean setAside, int max) {
        return find(new Query(partition, after, setAside, max, block -> true));
    }

    private Future<List<BlockRef>> find(Query query) {
        if (!query.setAside()) {
            return new Walk(query).run();
        }
        return rules.areSetAsideListed()
                ? store.listSetAside(start(query), query.max()).map(found -> ofPartition(query, found))
                : Future.succeededFuture(List.of());
    }

    /** Through the rows of one partition. */
    private final class Walk {
        private final Query query;
        private final List<BlockRef> found = new ArrayList<>();
        private @Nullable BlockRef after;

        Walk(Query query) {
            this.query = query;
            this.after = start(query);
        }

        Future<List<BlockRef>> run() {
            return FutureLoop.until(() -> store.list(after, ROWS_AT_ONCE).map(this::take))
                    .map(found);
        }

        /** Whether there may be more. */
        private boolean take(List<StoredBlock> rows) {
            for (StoredBlock row : rows) {
                if (!row.block().partition().equals(query.partition()) || found.size() == query.max()) {
                    return false;
                }
                if (query.wanted().test(row)) {
                    found.add(row.block());
                }
                after = row.block();
            }
            return rows.size() == ROWS_AT_ONCE;
        }
    }

    private static List<BlockRef> ofPartition(Query query, List<BlockRef> blocks) {
        return blocks.stream()
                .filter(block -> block.partition().equals(query.partition()))
                .toList();
    }

    /** All of the lists, up to where none was cut off at {@code max}. */
    private static BlockFrame<Answer> page(int max, List<List<BlockRef>> lists) {
        SortedSet<BlockRef> all = new TreeSet<>(VoterLists.ORDER);
        lists.forEach(all::addAll);
        Optional<BlockRef> horizon = lists.stream()
                .filter(list -> list.size() == max)
                .map(list -> list.get(list.size() - 1))
                .min(VoterLists.ORDER);
        List<BlockRef> found = new ArrayList<>(all);
        horizon.ifPresent(last -> found.removeIf(block -> VoterLists.ORDER.compare(block, last) > 0));
        Ids.Builder ids = Ids.newBuilder().addAllIds(BlockMessages.ids(found)).setMore(horizon.isPresent());
        return Answers.of(Answer.newBuilder().setOutcome(Outcome.DONE).setIds(ids));
    }

    private static @Nullable BlockRef start(Query query) {
        return query.after() != null ? query.after() : before(query.partition());
    }

    /** Behind this come the partition's blocks; null if they are the first of all. */
    static @Nullable BlockRef before(PartitionId partition) {
        return partition.number() == 0
                ? null
                : new BlockRef(new PartitionId(partition.number() - 1), LAST_BODY, Integer.MAX_VALUE);
    }

    private static @Nullable BlockRef before(BlockRef block) {
        if (block.index() > 0) {
            return new BlockRef(block.partition(), block.body(), block.index() - 1);
        }
        Uint128 body = block.body().value();
        return body.equals(Uint128.ZERO)
                ? before(block.partition())
                : new BlockRef(block.partition(), new BodyId(body.minus(new Uint128(0, 1))), Integer.MAX_VALUE);
    }

    /** What the index has of a block that is whole as far as it knows; null if there is none. */
    Future<@Nullable StoredBlock> describe(BlockRef block) {
        return store.list(before(block), 1)
                .map(found -> !found.isEmpty() && found.get(0).block().equals(block) ? found.get(0) : null);
    }

    Future<BlockFrame<Answer>> digest(PartitionId partition, Digest asked) {
        return digest(partition, asked.getUntilMillis()).map(digest -> {
            Days.Builder days = Days.newBuilder();
            if (asked.getDaysCount() == 0) {
                digest.days()
                        .forEach((day, sums) ->
                                days.addDays(Day.newBuilder().setDay(day).addSums(BlockDigest.sumOf(sums))));
            } else {
                asked.getDaysList().forEach(day -> {
                    Day.Builder sums = Day.newBuilder().setDay(day);
                    for (long sum : digest.sumsOf(day)) {
                        sums.addSums(sum);
                    }
                    days.addDays(sums);
                });
            }
            return Answers.of(Answer.newBuilder().setOutcome(Outcome.DONE).setDays(days));
        });
    }

    /**
     * Not those that may be on their way: of bodies begun at any time soon before or after the asker's clock. What is further ahead
     * was stamped while somebody's clock was wrong, and is not to be without repair until the time has come.
     */
    private static boolean isCompared(StoredBlock block, long untilMillis) {
        long started = block.owner().startedMillis();
        return started <= untilMillis || started - untilMillis > 2 * BlockRepair.NEWEST_MILLIS;
    }

    /** Of blocks whose bodies were begun until then, or far ahead. */
    Future<BlockDigest> digest(PartitionId partition, long untilMillis) {
        BlockDigest digest = new BlockDigest();
        Query all = new Query(partition, null, false, Integer.MAX_VALUE, row -> {
            if (isCompared(row, untilMillis)) {
                digest.add(row);
            }
            return false;
        });
        return new Walk(all).run().map(digest);
    }
}

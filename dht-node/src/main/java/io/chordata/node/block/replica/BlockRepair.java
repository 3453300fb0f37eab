package io.chordata.node.block.replica;

import io.chordata.node.block.replica.BlockFetcher.Purpose;
import io.chordata.node.block.replica.BlockProtos.Answer;
import io.chordata.node.block.replica.BlockProtos.Check;
import io.chordata.node.block.replica.BlockProtos.Day;
import io.chordata.node.block.replica.BlockProtos.DayBuckets;
import io.chordata.node.block.replica.BlockProtos.Digest;
import io.chordata.node.block.replica.BlockProtos.Outcome;
import io.chordata.node.block.replica.BlockProtos.Request;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.FutureLoop;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares this node's blocks with those of the other members and fetches what it lacks: sums of days, then of buckets, then ids.
 * Sums only serve to find what to repair; no change of voters rests on them. Bodies begun in the newest ten minutes, or
 * in the next ten, are left out: their blocks may be on their way.
 */
public final class BlockRepair {
    static final long NEWEST_MILLIS = 600_000;

    private static final int DAYS_AT_ONCE = 64;
    private static final int IDS_AT_ONCE = 1_024;

    /** For an answer for which an index is read. */
    private static final long LOOK_MILLIS = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(BlockRepair.class);

    private final AtomicLong uncompared = new AtomicLong();
    private final BlockPorts ports;
    private final MemberCalls calls;
    private final BlockHolder holder;
    private final BlockFetcher fetcher;

    BlockRepair(BlockPorts ports, MemberCalls calls, BlockHolder holder, BlockFetcher fetcher) {
        this.ports = ports;
        this.calls = calls;
        this.holder = holder;
        this.fetcher = fetcher;
    }

    /** How often a member that was there did not say what it has. */
    long uncompared() {
        return uncompared.get();
    }

    /**
     * Removes the blocks of bodies that were dropped: needed after a state came as a whole, as its drops were not applied here.
     * Looks each body up, so not to be done often.
     */
    public Future<Void> sweep(PartitionId partition) {
        return ports.groups().standing(partition) == null
                ? Future.succeededFuture()
                : FutureLoop.each(List.of(false, true), setAside -> new Sweep(partition, setAside).run());
    }

    private final class Sweep {
        private final PartitionId partition;
        private final boolean setAside;
        private @Nullable BlockRef after;

        Sweep(PartitionId partition, boolean setAside) {
            this.partition = partition;
            this.setAside = setAside;
        }

        Future<Void> run() {
            return FutureLoop.until(() -> holder.lists()
                    .page(partition, after, setAside, IDS_AT_ONCE)
                    .compose(page -> {
                        after = page.isEmpty() ? null : page.get(page.size() - 1);
                        TreeSet<BodyId> bodies = new TreeSet<>();
                        page.forEach(block -> bodies.add(block.body()));
                        return FutureLoop.each(bodies, body -> sweep(partition, body))
                                .map(done -> page.size() == IDS_AT_ONCE);
                    }));
        }
    }

    private Future<Void> sweep(PartitionId partition, BodyId body) {
        return ports.groups()
                .isDropped(partition, body)
                .compose(dropped -> dropped ? ports.store().drop(partition, body) : Future.succeededFuture());
    }

    /** Fetches what other members have. Nothing where this node is no member; who gives no answer is passed over. */
    public Future<Void> repair(PartitionId partition) {
        BlockStanding standing = ports.groups().standing(partition);
        if (standing == null) {
            return Future.succeededFuture();
        }
        BlockTag tag = standing.tag();
        long untilMillis = Math.max(0, ports.clock().wallMillis() - NEWEST_MILLIS);
        return holder.lists().digest(partition, untilMillis).compose(own -> {
            Future<Void> chain = Future.succeededFuture();
            for (Member member : tag.members()) {
                if (!calls.isSelf(member)) {
                    chain = chain.compose(before -> new Comparison(partition, tag, member, untilMillis).run(own));
                }
            }
            return chain;
        });
    }

    /** With one other member. */
    private final class Comparison {
        private final PartitionId partition;
        private final BlockTag tag;
        private final Member member;
        private final long untilMillis;

        Comparison(PartitionId partition, BlockTag tag, Member member, long untilMillis) {
            this.partition = partition;
            this.tag = tag;
            this.member = member;
            this.untilMillis = untilMillis;
        }

        /**
         * A member that is gone is found out by a question that costs it nothing, as sums may take long.
         *
         * @param own as it was before the first comparison: what that brought is not fetched again
         */
        Future<Void> run(BlockDigest own) {
            Request check = BlockMessages.request(partition, member, tag)
                    .setCheck(Check.getDefaultInstance())
                    .build();
            return calls.ask(member, check)
                    .compose(answer -> answer.header().getOutcome() == Outcome.FAILED
                            ? Future.succeededFuture()
                            : days(List.of()).compose(sums -> compareBuckets(own, differing(own, sums))));
        }

        private Future<List<Day>> days(List<Integer> named) {
            Digest digest = Digest.newBuilder()
                    .setUntilMillis(untilMillis)
                    .addAllDays(named)
                    .build();
            Request request = BlockMessages.request(partition, member, tag)
                    .setDigest(digest)
                    .build();
            return calls.ask(member, request, LOOK_MILLIS)
                    .map(answer -> answered("sums", answer.header()).getDays().getDaysList());
        }

        /** What gave none is passed over until the next round, and yet not taken for equal without a word. */
        private Answer answered(String what, Answer answer) {
            if (answer.getOutcome() != Outcome.DONE) {
                uncompared.incrementAndGet();
                LOG.warn(
                        "event=blocks_uncompared partition={} with={} asked={} outcome={}",
                        partition,
                        member,
                        what,
                        answer.getOutcome());
            }
            return answer;
        }

        private List<Integer> differing(BlockDigest own, List<Day> sums) {
            return sums.stream()
                    .filter(day ->
                            day.getSumsCount() == 1 && day.getSums(0) != BlockDigest.sumOf(own.sumsOf(day.getDay())))
                    .map(Day::getDay)
                    .toList();
        }

        private Future<Void> compareBuckets(BlockDigest own, List<Integer> days) {
            List<List<Integer>> some = new ArrayList<>();
            for (int from = 0; from < days.size(); from += DAYS_AT_ONCE) {
                some.add(days.subList(from, Math.min(days.size(), from + DAYS_AT_ONCE)));
            }
            return FutureLoop.each(some, named -> days(named).compose(sums -> fetch(differingBuckets(own, sums))));
        }

        private List<DayBuckets> differingBuckets(BlockDigest own, List<Day> sums) {
            List<DayBuckets> differing = new ArrayList<>();
            for (Day day : sums) {
                long[] mine = own.sumsOf(day.getDay());
                long buckets = 0;
                for (int bucket = 0; bucket < Math.min(day.getSumsCount(), BlockDigest.BUCKETS); bucket++) {
                    buckets |= day.getSums(bucket) == mine[bucket] ? 0 : 1L << bucket;
                }
                differing.add(DayBuckets.newBuilder()
                        .setDay(day.getDay())
                        .setBuckets(buckets)
                        .build());
            }
            return differing;
        }

        private Future<Void> fetch(List<DayBuckets> only) {
            return only.isEmpty() ? Future.succeededFuture() : new Fetching(only).run();
        }

        /** Of what the member lists. */
        private final class Fetching {
            private final List<DayBuckets> only;
            private @Nullable BlockRef after;

            Fetching(List<DayBuckets> only) {
                this.only = only;
            }

            Future<Void> run() {
                return FutureLoop.until(() -> calls.ask(member, request(), LOOK_MILLIS)
                        .compose(answer -> fetch(answered("ids", answer.header()))));
            }

            private Request request() {
                BlockProtos.List.Builder list = BlockProtos.List.newBuilder()
                        .setMax(IDS_AT_ONCE)
                        .addAllOnly(only)
                        .setUntilMillis(untilMillis);
                if (after != null) {
                    list.setAfter(BlockMessages.id(after));
                }
                return BlockMessages.request(partition, member, tag)
                        .setList(list)
                        .build();
            }

            /** Gives whether there is more. */
            private Future<Boolean> fetch(Answer answer) {
                List<BlockRef> listed = answer.getOutcome() == Outcome.DONE
                        ? BlockMessages.blocksOrNull(partition, answer.getIds().getIdsList())
                        : null;
                if (listed == null || listed.isEmpty()) {
                    return Future.succeededFuture(false);
                }
                after = listed.get(listed.size() - 1);
                return fetcher.fetchAll(tag, listed, Purpose.REPAIR, false)
                        .map(lacking -> answer.getIds().getMore());
            }
        }
    }
}

package io.chordata.node.block.replica;

import io.chordata.node.block.replica.BlockProtos.Answer;
import io.chordata.node.block.replica.BlockProtos.Ensure;
import io.chordata.node.block.replica.BlockProtos.Outcome;
import io.chordata.node.block.replica.BlockProtos.Request;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.FutureLoop;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.PartitionRefusedException;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.move.BlockTransfer;
import io.chordata.node.partition.raft.Configuration;
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
 * Brings blocks along when a partition moves. Called where its group's leader is; everything can be done again, and goes on
 * where it was: what a node has is not sent. Futures complete on the caller's loop; they fail with
 * {@link PartitionRefusedException} where too few answer, or the group has gone on.
 */
public final class BlockMoves implements BlockTransfer {
    private static final int IDS_AT_ONCE = 16;
    private static final int ROWS_AT_ONCE = 512;
    private static final long FETCH_MILLIS = 60_000;
    private static final Logger LOG = LoggerFactory.getLogger(BlockMoves.class);

    private final BlockPorts ports;
    private final BlockRules rules;
    private final MemberCalls calls;
    private final BlockHolder holder;
    private final AtomicLong unsettled = new AtomicLong();

    BlockMoves(BlockPorts ports, BlockRules rules, MemberCalls calls, BlockHolder holder) {
        this.ports = ports;
        this.rules = rules;
        this.calls = calls;
        this.holder = holder;
    }

    /**
     * Has the learner fetch what this node has of the partition, within the learner's bandwidth budget. Not a condition of
     * anything: what it lacks still, {@link #settle} brings.
     */
    @Override
    public Future<Void> backfill(PartitionId partition, Configuration configuration, Member learner) {
        return own(partition, configuration).compose(tag -> new Backfill(partition, tag, learner).run());
    }

    private final class Backfill {
        private final PartitionId partition;
        private final BlockTag tag;
        private final Member learner;
        private @Nullable BlockRef after;

        Backfill(PartitionId partition, BlockTag tag, Member learner) {
            this.partition = partition;
            this.tag = tag;
            this.learner = learner;
        }

        Future<Void> run() {
            return FutureLoop.until(() -> holder.lists()
                    .page(partition, after, false, ROWS_AT_ONCE)
                    .compose(page -> {
                        after = page.isEmpty() ? null : page.get(page.size() - 1);
                        return FutureLoop.each(batches(page), this::bring).map(done -> page.size() == ROWS_AT_ONCE);
                    }));
        }

        private Future<Void> bring(List<BlockRef> batch) {
            return ensure(partition, tag, learner, batch, false).compose(answer -> {
                List<BlockRef> lacking = lacking(partition, learner, answer);
                return lacking == null || !lacking.isEmpty()
                        ? refused(partition, learner + " could not be brought all blocks")
                        : Future.succeededFuture();
            });
        }
    }

    /**
     * Makes that each block acknowledged under an earlier configuration is on a majority of the new voters. The joint
     * configuration must be committed. Ranges of ids, one after the other: each listed by a majority of the outgoing voters, the
     * ids of all that listed taken together, each brought to all new voters and confirmed by a majority of them.
     */
    @Override
    public Future<Void> settle(PartitionId partition, Configuration joint) {
        BlockStanding standing = ports.groups().standing(partition);
        if (standing == null || !joint.isJoint() || !standing.configuration().equals(joint)) {
            return refused(partition, "it is not changing its voters by " + joint.index());
        }
        if (!standing.isConfigurationCommitted()) {
            return refused(partition, "the change of voters " + joint.index() + " is not committed yet");
        }
        return new Settling(this, rules, calls, partition, standing.tag()).run();
    }

    /** How often a change of voters had to wait for a block that nobody who answers has, though somebody lists it. */
    long unsettled() {
        return unsettled.get();
    }

    /** The change waits, as the last copy may be on a voter that is away. */
    <T> Future<T> unsettled(BlockTag joint, BlockRef block) {
        unsettled.incrementAndGet();
        LOG.warn(
                "event=block_unsettled block={} configuration={}",
                block,
                joint.configuration().index());
        return refused(block.partition(), block + " is not on a majority of the new voters");
    }

    Future<List<BlockRef>> withoutDropped(PartitionId partition, List<BlockRef> blocks) {
        List<Future<Boolean>> dropped = new ArrayList<>();
        blocks.forEach(block -> dropped.add(ports.groups().isDropped(partition, block.body())));
        return Future.all(dropped).map(all -> {
            List<BlockRef> wanted = new ArrayList<>();
            for (int i = 0; i < blocks.size(); i++) {
                if (!dropped.get(i).result()) {
                    wanted.add(blocks.get(i));
                }
            }
            return wanted;
        });
    }

    Future<Answer> ensure(PartitionId partition, BlockTag tag, Member member, List<BlockRef> blocks, boolean settle) {
        Ensure.Builder ensure =
                Ensure.newBuilder().addAllIds(BlockMessages.ids(blocks)).setSettle(settle);
        Request request =
                BlockMessages.request(partition, member, tag).setEnsure(ensure).build();
        return calls.ask(member, request, FETCH_MILLIS).map(BlockFrame::header);
    }

    /** What the member lacks still; null if it did not say. */
    static @Nullable List<BlockRef> lacking(PartitionId partition, Member member, Answer answer) {
        boolean isDone = answer.getOutcome() == Outcome.DONE && answer.getTenure() == member.tenure();
        return isDone ? BlockMessages.blocksOrNull(partition, answer.getIds().getIdsList()) : null;
    }

    /** Removes this node's blocks of a partition that it keeps no more, those on their way to its disk too. */
    @Override
    public Future<Void> deleteCopy(PartitionId partition) {
        return deletePages(partition)
                .compose(deleted -> holder.writesOver(partition))
                .compose(over -> deletePages(partition));
    }

    private Future<Void> deletePages(PartitionId partition) {
        return FutureLoop.until(() -> deletePage(partition));
    }

    /** Gives false where nothing was left. */
    private Future<Boolean> deletePage(PartitionId partition) {
        if (ports.groups().standing(partition) != null) {
            return refused(partition, "this node is a member of its group");
        }
        return holder.lists()
                .page(partition, null, false, ROWS_AT_ONCE)
                .compose(whole -> whole.isEmpty()
                        ? holder.lists().page(partition, null, true, ROWS_AT_ONCE)
                        : Future.succeededFuture(whole))
                .compose(page -> {
                    List<Future<Void>> drops = new ArrayList<>();
                    TreeSet<BodyId> bodies = new TreeSet<>();
                    page.forEach(block -> bodies.add(block.body()));
                    bodies.forEach(body -> drops.add(ports.store().drop(partition, body)));
                    return Future.all(drops).map(dropped -> !page.isEmpty());
                });
    }

    private Future<BlockTag> own(PartitionId partition, Configuration configuration) {
        BlockStanding standing = ports.groups().standing(partition);
        return standing == null || !standing.configuration().equals(configuration)
                ? refused(partition, "the group has gone on from configuration " + configuration.index())
                : Future.succeededFuture(standing.tag());
    }

    static <T> Future<T> refused(PartitionId partition, String why) {
        return Future.failedFuture(new PartitionRefusedException(partition, Reason.NOT_SERVING, why));
    }

    static List<List<BlockRef>> batches(List<BlockRef> blocks) {
        List<List<BlockRef>> batches = new ArrayList<>();
        for (int from = 0; from < blocks.size(); from += IDS_AT_ONCE) {
            batches.add(blocks.subList(from, Math.min(blocks.size(), from + IDS_AT_ONCE)));
        }
        return batches;
    }
}

package io.chordata.node.object;

import com.google.protobuf.ByteString;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.BlockStore.StoredBlock;
import io.chordata.node.core.Clock;
import io.chordata.node.core.FutureLoop;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.Condemn;
import io.chordata.node.object.rules.MessageProtos.GetShard;
import io.chordata.node.object.rules.MessageProtos.IsReferenced;
import io.chordata.node.object.rules.MessageProtos.Owner;
import io.chordata.node.object.rules.MessageProtos.Query;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the blocks on this node against the index, a page at a time, and has those condemned that nothing refers to: of
 * uploads that broke off, or of commands that were refused without anyone knowing.
 */
final class OrphanCollector {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanCollector.class);

    /** A body younger than this may still be referred to; the rules judge by log time, this only saves asking. */
    private static final long YOUNG_MILLIS = 86_400_000;

    /** A mebibyte of keys at most; what is more waits until all blocks are read the next time. */
    private static final int PUT_OFF_MAX = 1_000;

    private final Index index;
    private final BlockStore blocks;
    private final Clock clock;
    private final int blocksMax;

    /** What could not be judged when it was met. */
    private List<StoredBlock> putOff = new ArrayList<>();

    private long condemned;

    OrphanCollector(ObjectLayer.Ports ports, Index index, ObjectOptions options) {
        this.index = index;
        this.blocks = ports.blocks();
        this.clock = ports.clock();
        this.blocksMax = options.housekeepingRowsMax();
    }

    /** How many (body, partition) pairs were condemned so far. */
    long condemned() {
        return condemned;
    }

    /** Looks at the page behind {@code after}; gives its last block, null at the end of all. */
    Future<@Nullable BlockRef> page(@Nullable BlockRef after) {
        return blocks.list(after, blocksMax).recover(Failures::ofStep).compose(page -> {
            BlockRef last = page.isEmpty() ? null : page.get(page.size() - 1).block();
            return judgeAll(onePerBody(page)).map(done -> last);
        });
    }

    /** Judges what was put off. */
    Future<Void> again() {
        List<StoredBlock> again = putOff;
        putOff = new ArrayList<>();
        return judgeAll(again);
    }

    /** One partition out of service keeps back what it has to answer for, and nothing else. */
    private Future<Void> judgeAll(List<StoredBlock> chosen) {
        return FutureLoop.each(
                chosen,
                block -> judge(block).recover(failure -> {
                    putOff(block, failure);
                    return Future.succeededFuture();
                }));
    }

    private void putOff(StoredBlock block, Throwable failure) {
        if (putOff.isEmpty()) {
            LOG.warn("event=orphans_put_off block={} reason={}", block.block(), String.valueOf(failure.getMessage()));
        }
        if (putOff.size() < PUT_OFF_MAX) {
            putOff.add(block);
        }
    }

    /** The blocks of a body in one partition follow each other, and one answer is for all of them. */
    private List<StoredBlock> onePerBody(List<StoredBlock> page) {
        long bornBefore = clock.wallMillis() - YOUNG_MILLIS;
        List<StoredBlock> chosen = new ArrayList<>();
        @Nullable StoredBlock last = null;
        for (StoredBlock block : page) {
            if (block.owner().startedMillis() < bornBefore && (last == null || !isSameBody(last, block))) {
                chosen.add(block);
                last = block;
            }
        }
        return chosen;
    }

    private static boolean isSameBody(StoredBlock a, StoredBlock b) {
        return a.block().partition().equals(b.block().partition())
                && a.block().body().equals(b.block().body());
    }

    private Future<Void> judge(StoredBlock block) {
        BlockOwner owner = block.owner();
        Owner message = message(block);
        return shardOf(owner)
                .compose(shard -> index.read(
                                owner.bucket(),
                                shard,
                                Query.newBuilder()
                                        .setIsReferenced(
                                                IsReferenced.newBuilder().setOwner(message)))
                        .compose(answer -> answer.getVerdict().getReferenced()
                                ? Future.succeededFuture()
                                : condemn(block, shard, message)));
    }

    /** Any shard can say of a bucket that is gone that it is gone. */
    private Future<Integer> shardOf(BlockOwner owner) {
        return index.read(owner.bucket(), 0, Query.newBuilder().setGetShard(GetShard.getDefaultInstance()))
                .map(answer -> Index.shardOf(owner.bucket(), answer.getShard().getShardBits(), owner.key()))
                .recover(failure -> Failures.is(failure, ObjectError.NO_SUCH_BUCKET)
                        ? Future.succeededFuture(0)
                        : Future.failedFuture(failure));
    }

    private Future<Void> condemn(StoredBlock block, int shard, Owner owner) {
        Condemn condemn = Condemn.newBuilder()
                .setOwner(owner)
                .setPartition(block.block().partition().number())
                .build();
        return index.propose(block.owner().bucket(), shard, Command.newBuilder().setCondemn(condemn))
                .map(answer -> {
                    condemned += answer.getVerdict().getReferenced() ? 0 : 1;
                    return null;
                });
    }

    private static Owner message(StoredBlock block) {
        BlockOwner owner = block.owner();
        Owner.Builder message = Owner.newBuilder()
                .setBody(Ids.of(block.block().body()))
                .setKey(ByteString.copyFrom(owner.key()))
                .setPart(owner.part())
                .setStartedMillis(owner.startedMillis());
        if (owner.upload() != null) {
            message.setUpload(Ids.of(owner.upload()));
        }
        return message.build();
    }
}

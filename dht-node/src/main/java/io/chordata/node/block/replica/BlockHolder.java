package io.chordata.node.block.replica;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.block.replica.BlockFetcher.Purpose;
import io.chordata.node.block.replica.BlockProtos.Answer;
import io.chordata.node.block.replica.BlockProtos.Found;
import io.chordata.node.block.replica.BlockProtos.Outcome;
import io.chordata.node.block.replica.BlockProtos.Read;
import io.chordata.node.block.replica.BlockProtos.Request;
import io.chordata.node.core.BlockMissingException;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.BlockStore.StoredBlock;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.Loops;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This node as a member of groups: takes, gives and lists blocks for whoever goes by a configuration in which it is one. Looks
 * at its standing on the partition's loop, before it acts and again before it acknowledges.
 */
final class BlockHolder {
    private final NodeId self;
    private final BlockStore store;
    private final BlockGroups groups;
    private final Loops loops;
    private final BlockRules rules;
    private final BlockLists lists;
    private final WritesUnderWay writes = new WritesUnderWay();
    private final int pieceBytes;
    private @Nullable BlockFetcher fetcher;

    BlockHolder(NodeId self, BlockStore store, BlockGroups groups, Loops loops, BlockRules rules, int pieceBytes) {
        this.self = self;
        this.store = store;
        this.groups = groups;
        this.loops = loops;
        this.rules = rules;
        this.pieceBytes = pieceBytes;
        this.lists = new BlockLists(store, rules);
    }

    /** Where it gets what it is asked to have. Once, before anything is asked. */
    void fetchWith(BlockFetcher found) {
        fetcher = found;
    }

    NodeId self() {
        return self;
    }

    BlockLists lists() {
        return lists;
    }

    /** Completes when the block is synced and acknowledged under the tag, or refused. */
    Future<BlockFrame<Answer>> write(BlockTag tag, long tenure, BlockRef block, BlockOwner owner, Buffer body) {
        PartitionId partition = block.partition();
        Member meant = new Member(self, tenure);
        return onLoop(partition, () -> {
            Answer.Builder refusal = refusal(partition, meant, tag);
            if (refusal != null) {
                return Future.succeededFuture(Answers.of(refusal));
            }
            Future<Void> stored = store(block, owner, body);
            return rules.isSyncedBeforeTold()
                    ? stored.map(done -> acknowledge(partition, meant, tag))
                    : Future.succeededFuture(acknowledge(partition, meant, tag));
        });
    }

    /** A copy from another member, which nobody counts by itself. On the partition's loop or any other. */
    Future<Void> keep(BlockRef block, BlockOwner owner, Buffer body) {
        return LoopCalls.call(loops, loops.ownerOf(block.partition()), () -> store(block, owner, body));
    }

    private Future<Void> store(BlockRef block, BlockOwner owner, Buffer body) {
        writes.begin(block.partition());
        Future<Void> stored = rules.areDropsChecked()
                ? groups.unlessDropped(block.partition(), block.body(), () -> store.write(block, owner, body))
                : store.write(block, owner, body);
        return stored.onComplete(done -> writes.end(block.partition()));
    }

    /** Completes, on the caller's loop, once no write to the partition is on its way to the disk. */
    Future<Void> writesOver(PartitionId partition) {
        return LoopCalls.here(loops, writes.over(partition));
    }

    private BlockFrame<Answer> acknowledge(PartitionId partition, Member meant, BlockTag tag) {
        Answer.Builder refusal = refusal(partition, meant, tag);
        return Answers.of(refusal != null ? refusal : done(partition, tag));
    }

    private Answer.Builder done(PartitionId partition, BlockTag tag) {
        BlockStanding standing = groups.standing(partition);
        boolean committed = standing != null && standing.tag().equals(tag) && standing.isConfigurationCommitted();
        return Answer.newBuilder()
                .setOutcome(Outcome.DONE)
                .setTenure(standing == null ? 0 : standing.self().tenure())
                .setCommitted(committed);
    }

    /** Why nothing is done for this asker; null if it may be. */
    private Answer.@Nullable Builder refusal(PartitionId partition, Member meant, BlockTag tag) {
        Answer.Builder foreign = foreign(partition, meant, tag);
        if (foreign != null) {
            return foreign;
        }
        return newer(partition, tag) == null ? null : stale(partition, tag, Outcome.STALE);
    }

    private Answer.@Nullable Builder foreign(PartitionId partition, Member meant, BlockTag tag) {
        BlockStanding standing = groups.standing(partition);
        boolean isMeant =
                standing != null && rules.isMeant(meant, standing.self()) && standing.generation() >= tag.generation();
        return isMeant ? null : stale(partition, tag, Outcome.NOT_MEMBER);
    }

    private Answer.Builder stale(PartitionId partition, BlockTag tag, Outcome outcome) {
        BlockTag newer = newer(partition, tag);
        Answer.Builder answer = Answer.newBuilder().setOutcome(outcome);
        return newer == null ? answer : answer.setNewer(BlockMessages.tag(newer));
    }

    /** What this node goes by, where that makes the tag stale. */
    private @Nullable BlockTag newer(PartitionId partition, BlockTag tag) {
        BlockStanding standing = groups.standing(partition);
        return standing != null && rules.isStale(tag, standing.tag()) ? standing.tag() : null;
    }

    /** Everything but writes. */
    Future<BlockFrame<Answer>> answer(Request request) throws InvalidProtocolBufferException {
        PartitionId partition = new PartitionId(request.getPartition());
        Member meant = new Member(self, Math.max(0, request.getTenure()));
        BlockTag tag = BlockMessages.tag(request.getTag());
        return switch (request.getAskCase()) {
            case CHECK -> onLoop(partition, () -> Future.succeededFuture(acknowledge(partition, meant, tag)));
            case READ -> {
                BlockRef block =
                        BlockMessages.block(partition, request.getRead().getId());
                yield Answers.settled(read(meant, tag, block, request.getRead()));
            }
            case LIST -> {
                BlockLists.Query query = BlockLists.query(partition, request.getList());
                boolean settle = request.getList().getSettle();
                yield onLoop(partition, () -> ifSettled(partition, meant, tag, settle, () -> lists.page(query)));
            }
            case DIGEST ->
                onLoop(
                        partition,
                        () -> ifSettled(
                                partition, meant, tag, false, () -> lists.digest(partition, request.getDigest())));
            case ENSURE -> {
                List<BlockRef> blocks =
                        BlockMessages.blocks(partition, request.getEnsure().getIdsList());
                boolean settle = request.getEnsure().getSettle();
                yield onLoop(
                        partition, () -> ifSettled(partition, meant, tag, settle, () -> ensure(tag, blocks, settle)));
            }
            default -> throw new InvalidProtocolBufferException("asks for " + request.getAskCase());
        };
    }

    private Future<BlockFrame<Answer>> read(Member meant, BlockTag tag, BlockRef block, Read read) {
        Answer.Builder foreign = foreign(block.partition(), meant, tag);
        if (foreign != null) {
            return Future.succeededFuture(Answers.of(foreign));
        }
        if (read.getOffset() < 0 || read.getLength() < 0 || read.getLength() > pieceBytes) {
            return Future.succeededFuture(Answers.of(Outcome.OUT_OF_BOUNDS));
        }
        Future<BlockFrame<Answer>> found = read.getWithOwner()
                ? readWithOwner(block, read.getOffset())
                : store.read(block, read.getOffset(), read.getLength())
                        .map(bytes -> new BlockFrame<>(found(Found.newBuilder()), bytes));
        return found.otherwise(failure -> Answers.of(stale(block.partition(), tag, Answers.outcomeOf(failure))));
    }

    private Future<BlockFrame<Answer>> readWithOwner(BlockRef block, int offset) {
        return lists.describe(block)
                .compose(described -> described == null
                        ? store.read(block, 0, 1)
                                .compose(none -> Future.failedFuture(new BlockMissingException("" + block)))
                        : readDescribed(described, offset));
    }

    private Future<BlockFrame<Answer>> readDescribed(StoredBlock described, int offset) {
        int length = Math.max(0, Math.min(pieceBytes, described.length() - offset));
        Found.Builder found =
                Found.newBuilder().setTotal(described.length()).setOwner(BlockMessages.owner(described.owner()));
        return store.read(described.block(), offset, length).map(bytes -> new BlockFrame<>(found(found), bytes));
    }

    private static Answer found(Found.Builder found) {
        return Answer.newBuilder().setOutcome(Outcome.DONE).setFound(found).build();
    }

    private Future<BlockFrame<Answer>> ifSettled(
            PartitionId partition,
            Member meant,
            BlockTag tag,
            boolean settle,
            Supplier<Future<BlockFrame<Answer>>> answer) {
        Answer.Builder foreign = foreign(partition, meant, tag);
        if (foreign != null) {
            return Future.succeededFuture(Answers.of(foreign));
        }
        return settle && !mayList(partition, tag)
                ? Future.succeededFuture(Answers.of(stale(partition, tag, Outcome.NOT_READY)))
                : answer.get();
    }

    private boolean mayList(PartitionId partition, BlockTag joint) {
        BlockStanding standing = groups.standing(partition);
        return standing != null && rules.mayListForSettling(joint, standing);
    }

    /** Answers the ids of those that it still lacks. */
    private Future<BlockFrame<Answer>> ensure(BlockTag tag, List<BlockRef> blocks, boolean settle) {
        if (fetcher == null || blocks.isEmpty()) {
            return Future.succeededFuture(Answers.of(Outcome.DONE));
        }
        PartitionId partition = blocks.get(0).partition();
        return fetcher.fetchAll(tag, blocks, Purpose.MOVE, settle)
                .map(lacking -> settle && !mayList(partition, tag)
                        ? Answers.of(stale(partition, tag, Outcome.NOT_READY))
                        : Answers.of(done(partition, tag)
                                .setIds(BlockProtos.Ids.newBuilder().addAllIds(BlockMessages.ids(lacking)))));
    }

    private Future<BlockFrame<Answer>> onLoop(PartitionId partition, Supplier<Future<BlockFrame<Answer>>> call) {
        return Answers.settled(LoopCalls.call(loops, loops.ownerOf(partition), call));
    }
}

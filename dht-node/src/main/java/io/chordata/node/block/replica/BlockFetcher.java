package io.chordata.node.block.replica;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.block.BufferBudget;
import io.chordata.node.block.replica.BlockProtos.Answer;
import io.chordata.node.block.replica.BlockProtos.Outcome;
import io.chordata.node.block.replica.BlockProtos.Read;
import io.chordata.node.block.replica.BlockProtos.Request;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.BodyDroppedException;
import io.chordata.node.core.FutureLoop;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.PeerBytes;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings blocks of other members to this node, from those of its zone first. What comes is verified where it is read and sealed on its way; it is written
 * unless its body was dropped. Whoever asks has its blocks fetched one after the other, none twice at a time; what all of them
 * hold in memory is bounded.
 */
final class BlockFetcher {
    private static final Logger LOG = LoggerFactory.getLogger(BlockFetcher.class);

    private static final int FETCHES_MAX = 32;

    /** In the mean of one who did not answer lately, it is more than such a part of the time that each may take. */
    private static final double SLOW_SHARE = 0.1;

    private final BlockPorts ports;
    private final ReplicaOptions options;
    private final BlockHolder holder;
    private final MemberCalls calls;
    private final TokenBucket budget;

    /** Of the first piece of each, which tells how long the block is. */
    private final BufferBudget firsts;

    private final BufferBudget wholes;
    private final Map<BlockRef, Future<Void>> underWay = new ConcurrentHashMap<>();
    private final PeerBytes moved = new PeerBytes();
    private final PeerBytes repaired = new PeerBytes();
    private final AtomicLong fetchedBlocks = new AtomicLong();

    /** What blocks are fetched for. */
    enum Purpose {
        /** This node becomes a member. */
        MOVE,
        /** It is one, and lacks some. */
        REPAIR
    }

    /** What came of one block. */
    private enum Result {
        /** It is here, or nobody may have it any more. */
        SETTLED,
        LACKING
    }

    BlockFetcher(BlockPorts ports, ReplicaOptions options, BlockHolder holder, MemberCalls calls, TokenBucket budget) {
        this.ports = ports;
        this.options = options;
        this.holder = holder;
        this.calls = calls;
        this.budget = budget;
        this.firsts = new BufferBudget((long) FETCHES_MAX * options.pieceBytes());
        this.wholes = new BufferBudget(options.fetchBytesMax());
    }

    long fetchedBytes() {
        return moved.sum() + repaired.sum();
    }

    /** By whom they came from. */
    PeerBytes bytes(Purpose purpose) {
        return purpose == Purpose.MOVE ? moved : repaired;
    }

    long fetchedBlocks() {
        return fetchedBlocks.get();
    }

    /**
     * Fetches those that are not here.
     *
     * @param urgent without waiting for the bandwidth budget
     * @return those that are lacking still, as too few members answered
     */
    Future<List<BlockRef>> fetchAll(BlockTag tag, List<BlockRef> blocks, Purpose purpose, boolean urgent) {
        List<BlockRef> lacking = new ArrayList<>();
        return FutureLoop.each(
                        blocks,
                        block -> fetch(tag, block, purpose, urgent).map(result -> {
                            if (result == Result.LACKING) {
                                lacking.add(block);
                            }
                            return null;
                        }))
                .map(lacking);
    }

    /** Behind a fetch of the same block it asks again, as that may have gone by another tag. */
    private Future<Result> fetch(BlockTag tag, BlockRef block, Purpose purpose, boolean urgent) {
        Promise<Void> ended = Promise.promise();
        Future<Void> other = underWay.putIfAbsent(block, ended.future());
        if (other != null) {
            return LoopCalls.here(ports.loops(), other).compose(done -> fetch(tag, block, purpose, urgent));
        }
        return Future.<Void>succeededFuture()
                .compose(begun -> fetchAlone(tag, block, purpose, urgent))
                .onComplete(done -> {
                    underWay.remove(block);
                    ended.complete();
                });
    }

    private Future<Result> fetchAlone(BlockTag tag, BlockRef block, Purpose purpose, boolean urgent) {
        return holder.lists().describe(block).compose(here -> {
            if (here != null) {
                return Future.succeededFuture(Result.SETTLED);
            }
            return ports.groups()
                    .isDropped(block.partition(), block.body())
                    .compose(dropped -> dropped
                            ? Future.succeededFuture(Result.SETTLED)
                            : new Fetch(tag, block, bytes(purpose), urgent).start());
        });
    }

    /** One block, from one member after the other. */
    private final class Fetch {
        private final BlockTag tag;
        private final BlockRef block;
        private final PeerBytes counted;
        private final boolean urgent;
        private final List<Member> sources;
        private boolean anyUnknown;

        Fetch(BlockTag tag, BlockRef block, PeerBytes counted, boolean urgent) {
            this.tag = tag;
            this.block = block;
            this.counted = counted;
            this.urgent = urgent;
            this.sources = new ArrayList<>(tag.members());
            sources.removeIf(calls::isSelf);
            sources.sort(Comparator.comparing(this::isSlow)
                    .thenComparing(source -> !ports.groups().isNear(source.node()))
                    .thenComparingDouble(this::latency));
        }

        /** The way to those of the same zone is short, unless they are silent. */
        private boolean isSlow(Member source) {
            return latency(source) > SLOW_SHARE * TimeUnit.MILLISECONDS.toNanos(options.callMillis());
        }

        private double latency(Member source) {
            return calls.latencies().of(source.node());
        }

        Future<Result> start() {
            return from(0);
        }

        private Future<Result> from(int source) {
            if (source == sources.size()) {
                return Future.succeededFuture(exhausted());
            }
            return within(firsts, options.pieceBytes(), () -> attempt(sources.get(source)))
                    .compose(result -> result == null ? from(source + 1) : Future.succeededFuture(result));
        }

        /** Null: the next one is to be asked. */
        private Future<@Nullable Result> attempt(Member source) {
            return piece(source, 0).compose(first -> {
                Outcome outcome = first.header().getOutcome();
                if (outcome != Outcome.DONE) {
                    anyUnknown |= outcome != Outcome.MISSING && outcome != Outcome.CORRUPT;
                    return Future.succeededFuture();
                }
                int total = first.header().getFound().getTotal();
                if (total < 1
                        || total > BlockStore.MAX_BLOCK_BYTES
                        || first.bytes().length() > total) {
                    anyUnknown = true;
                    return Future.succeededFuture();
                }
                return within(wholes, total, () -> whole(source, first, total));
            });
        }

        private Future<@Nullable Result> whole(Member source, BlockFrame<Answer> first, int total) {
            Buffer body = Buffer.buffer(total).appendBuffer(first.bytes());
            return rest(source, body, total).compose(whole -> {
                if (!whole) {
                    anyUnknown = true;
                    return Future.succeededFuture();
                }
                return keep(source, first.header(), body);
            });
        }

        private <T> Future<T> within(BufferBudget room, long bytes, Supplier<Future<T>> call) {
            return room.acquire(bytes, ports.loops().current())
                    .compose(granted -> Future.<Void>succeededFuture()
                            .compose(begun -> call.get())
                            .onComplete(done -> room.release(bytes)));
        }

        /** Everybody else who could have it says that it has not: it was never acknowledged, or is lost. */
        private Result exhausted() {
            if (!anyUnknown) {
                LOG.warn(
                        "event=block-nowhere block={} tag={}",
                        block,
                        tag.configuration().index());
                return Result.SETTLED;
            }
            return Result.LACKING;
        }

        private Future<Boolean> rest(Member source, Buffer body, int total) {
            if (body.length() == total) {
                return Future.succeededFuture(true);
            }
            return piece(source, body.length()).compose(next -> {
                boolean fits = next.header().getOutcome() == Outcome.DONE
                        && next.bytes().length() > 0
                        && next.bytes().length() <= total - body.length();
                return fits ? rest(source, body.appendBuffer(next.bytes()), total) : Future.succeededFuture(false);
            });
        }

        private Future<BlockFrame<Answer>> piece(Member source, int offset) {
            Read.Builder read = Read.newBuilder()
                    .setId(BlockMessages.id(block))
                    .setOffset(offset)
                    .setWithOwner(true);
            Request request = BlockMessages.request(block.partition(), source, tag)
                    .setRead(read)
                    .build();
            return urgent ? calls.ask(source, request) : askInTurn(source, request);
        }

        /** How much comes is known only then; many blocks are far smaller than a piece. */
        private Future<BlockFrame<Answer>> askInTurn(Member source, Request request) {
            return budget.take(options.pieceBytes())
                    .compose(passed -> calls.ask(source, request))
                    .onSuccess(answer -> budget.giveBack(
                            Math.max(0, options.pieceBytes() - answer.bytes().length())));
        }

        private Future<Result> keep(Member source, Answer described, Buffer body) {
            BlockOwner owner;
            try {
                owner = BlockMessages.owner(described.getFound().getOwner());
            } catch (InvalidProtocolBufferException e) {
                return Future.succeededFuture(Result.LACKING);
            }
            return holder.keep(block, owner, body)
                    .map(kept -> {
                        fetchedBlocks.incrementAndGet();
                        counted.add(source.node(), body.length());
                        return Result.SETTLED;
                    })
                    .otherwise(failure -> failure instanceof BodyDroppedException ? Result.SETTLED : Result.LACKING);
        }
    }
}

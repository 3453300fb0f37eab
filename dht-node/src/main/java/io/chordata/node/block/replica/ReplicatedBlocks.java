package io.chordata.node.block.replica;

import io.chordata.node.block.Blocks;
import io.chordata.node.block.BufferBudget;
import io.chordata.node.block.replica.BlockFetcher.Purpose;
import io.chordata.node.block.replica.MemberCalls.Write;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.PeerBytes;
import io.chordata.node.core.Peers.Service;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The blocks of all bodies of the cluster, as one node reaches them: written to all members of their partition and counted when
 * a majority has them, read from whoever is near. One for the process, used from all loops.
 */
public final class ReplicatedBlocks implements Blocks {
    private final BlockPorts ports;
    private final ReplicaOptions options;
    private final BlockRules rules;
    private final BiFunction<PartitionId, BodyId, Future<Void>> dropper;
    private final BlockHolder holder;
    private final MemberCalls calls;
    private final BlockMender mender;
    private final BlockFetcher fetcher;
    private final BlockMoves moves;
    private final BlockRepair repair;
    private final BufferBudget background;

    /** @param dropper has the drop committed in the partition's log */
    public ReplicatedBlocks(
            BlockPorts ports, ReplicaOptions options, BiFunction<PartitionId, BodyId, Future<Void>> dropper) {
        this(ports, options, dropper, BlockRules.SAFE);
    }

    ReplicatedBlocks(
            BlockPorts ports,
            ReplicaOptions options,
            BiFunction<PartitionId, BodyId, Future<Void>> dropper,
            BlockRules rules) {
        this.ports = ports;
        this.options = options;
        this.rules = rules;
        this.dropper = dropper;
        holder = new BlockHolder(
                ports.self(), ports.store(), ports.groups(), ports.loops(), rules, options.pieceBytes());
        calls = new MemberCalls(ports, options, holder);
        mender = new BlockMender(calls);
        TokenBucket budget = new TokenBucket(ports.clock(), ports.timers(), options.copyBytesPerSecond());
        fetcher = new BlockFetcher(ports, options, holder, calls, budget);
        holder.fetchWith(fetcher);
        moves = new BlockMoves(ports, rules, calls, holder);
        repair = new BlockRepair(ports, calls, holder, fetcher);
        background = new BufferBudget(options.backgroundBytesMax());
    }

    /** From now on other nodes are answered. */
    public void serve() {
        Arrivals arrivals = new Arrivals(ports.clock(), options.receiveBytesMax());
        ports.peers().serve(Service.BLOCKS, new BlockReceiver(holder, arrivals));
    }

    @Override
    public Future<Void> write(BlockRef block, BlockOwner owner, Buffer body) {
        if (body.length() < 1 || body.length() > BlockStore.MAX_BLOCK_BYTES) {
            throw new IllegalArgumentException(
                    "a block takes 1 to " + BlockStore.MAX_BLOCK_BYTES + " bytes, got " + body.length());
        }
        Write content = Write.of(block, owner, body);
        return new BlockWrite(ports, options, rules, calls, background, content).start();
    }

    @Override
    public Future<Buffer> read(BlockRef block, int offset, int length) {
        List<Future<Buffer>> pieces = new ArrayList<>();
        int done = 0;
        do {
            int piece = Math.min(length - done, options.pieceBytes());
            pieces.add(new BlockRead(ports, options, calls, mender, block, offset + done, piece).start());
            done += piece;
        } while (done < length);
        return pieces.size() == 1 ? pieces.get(0) : Future.all(pieces).map(all -> joined(pieces, length));
    }

    private static Buffer joined(List<Future<Buffer>> pieces, int length) {
        Buffer whole = Buffer.buffer(length);
        pieces.forEach(piece -> whole.appendBuffer(piece.result()));
        return whole;
    }

    @Override
    public Future<Void> drop(PartitionId partition, BodyId body) {
        return dropper.apply(partition, body);
    }

    BlockHolder holder() {
        return holder;
    }

    int waitingPieces() {
        return calls.waitingPieces();
    }

    /** What the mover of partitions needs of their blocks. */
    public BlockMoves moves() {
        return moves;
    }

    public BlockRepair repair() {
        return repair;
    }

    /** Blocks that this node fetched from others so far. */
    public long fetchedBlocks() {
        return fetcher.fetchedBlocks();
    }

    public long fetchedBytes() {
        return fetcher.fetchedBytes();
    }

    /** Bytes of blocks that were sent to other members as they were written. */
    public PeerBytes written() {
        return calls.written();
    }

    /** Bytes of blocks that came for partitions that this node becomes a member of. */
    public PeerBytes moved() {
        return fetcher.bytes(Purpose.MOVE);
    }

    /** Bytes of blocks that came because this node lacked them. */
    public PeerBytes repaired() {
        return fetcher.bytes(Purpose.REPAIR);
    }

    /** How often a change of voters had to wait for a block that nobody who answers has. */
    public long unsettledBlocks() {
        return moves.unsettled();
    }

    /** Bad or missing copies that reads from here have met so far, anywhere. */
    public long badCopies() {
        return mender.reported();
    }
}

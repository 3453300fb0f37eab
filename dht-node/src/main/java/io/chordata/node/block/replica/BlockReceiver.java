package io.chordata.node.block.replica;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.block.replica.BlockProtos.Answer;
import io.chordata.node.block.replica.BlockProtos.Commit;
import io.chordata.node.block.replica.BlockProtos.Outcome;
import io.chordata.node.block.replica.BlockProtos.Request;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** What other nodes ask of this one's blocks. */
final class BlockReceiver implements Peers.Receiver {
    private final BlockHolder holder;
    private final Arrivals arrivals;

    BlockReceiver(BlockHolder holder, Arrivals arrivals) {
        this.holder = holder;
        this.arrivals = arrivals;
    }

    /** Nothing about blocks is said without being asked. */
    @Override
    public void onMessage(NodeId from, Buffer message) {}

    @Override
    public Future<Buffer> onCall(NodeId from, Buffer frame) {
        try {
            BlockFrame<Request> request = BlockFrame.decode(Request.parser(), frame);
            if (request.header().getPartition() < 0) {
                throw new InvalidProtocolBufferException("a negative partition");
            }
            return answer(from, request).map(answer -> BlockFrame.encode(answer.header(), answer.bytes()));
        } catch (InvalidProtocolBufferException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<BlockFrame<Answer>> answer(NodeId from, BlockFrame<Request> request)
            throws InvalidProtocolBufferException {
        return switch (request.header().getAskCase()) {
            case PIECE ->
                Future.succeededFuture(
                        Answers.of(arrivals.add(from, request.header().getPiece(), request.bytes())));
            case COMMIT -> commit(from, request.header());
            default -> holder.answer(request.header());
        };
    }

    private Future<BlockFrame<Answer>> commit(NodeId from, Request request) throws InvalidProtocolBufferException {
        Commit commit = request.getCommit();
        BlockTag tag = BlockMessages.tag(request.getTag());
        BlockRef block = BlockMessages.block(new PartitionId(request.getPartition()), commit.getId());
        BlockOwner owner = BlockMessages.owner(commit.getOwner());
        Arrivals.Whole whole = arrivals.take(from, commit.getWrite(), commit.getTotal());
        if (whole == null) {
            return Future.succeededFuture(Answers.of(Outcome.FAILED));
        }
        int length = whole.body().length();
        if (whole.crc() != commit.getCrc()) {
            arrivals.release(from, length);
            return Future.succeededFuture(Answers.of(Outcome.FAILED));
        }
        return holder.write(tag, Math.max(0, request.getTenure()), block, owner, whole.body())
                .onComplete(done -> arrivals.release(from, length));
    }
}

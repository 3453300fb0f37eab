package io.chordata.node.block.replica;

import com.google.protobuf.ByteString;
import io.chordata.node.block.BufferBudget;
import io.chordata.node.block.replica.BlockProtos.Answer;
import io.chordata.node.block.replica.BlockProtos.Commit;
import io.chordata.node.block.replica.BlockProtos.Outcome;
import io.chordata.node.block.replica.BlockProtos.Piece;
import io.chordata.node.block.replica.BlockProtos.Request;
import io.chordata.node.block.replica.MemberCalls.Write;
import io.chordata.node.core.Loop;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of one block on their way to one member, one after the other, then its commit. On one loop. Called off, it keeps
 * nothing of the block: a silent member would hold more bodies than anybody counts, as each piece waits for others' time-outs.
 */
final class Sending implements MemberCalls.Sent {
    private final MemberCalls calls;
    private final ReplicaOptions options;
    private final Loop loop;
    private final BufferBudget lane;
    private final Member member;
    private final BlockTag tag;
    private final Promise<BlockFrame<Answer>> done = Promise.promise();
    private ByteString id = ByteString.EMPTY;
    private @Nullable Write write;
    private @Nullable Future<Void> turn;
    private int sent;

    Sending(MemberCalls calls, ReplicaOptions options, Loop loop, BufferBudget lane, Member member, BlockTag tag) {
        this.calls = calls;
        this.options = options;
        this.loop = loop;
        this.lane = lane;
        this.member = member;
        this.tag = tag;
    }

    /** @param number by which the other side knows the pieces of this write from others */
    void start(ByteString number, Write content) {
        id = number;
        write = content;
        next();
    }

    @Override
    public Future<BlockFrame<Answer>> answer() {
        return done.future();
    }

    private void next() {
        Write now = write;
        if (now == null) {
            return;
        }
        int length = Math.min(options.pieceBytes(), now.body().length() - sent);
        if (length == 0) {
            call(BlockFrame.encode(commit(now))).onSuccess(this::end);
            return;
        }
        Future<Void> wait = lane.acquire(length, loop);
        turn = wait;
        wait.onSuccess(granted -> onTurn(length));
    }

    private void onTurn(int length) {
        turn = null;
        Write now = write;
        if (now == null) {
            lane.release(length);
            return;
        }
        Buffer frame = BlockFrame.encode(piece(now), now.body().slice(sent, sent + length));
        sent += length;
        calls.written().add(member.node(), length);
        call(frame).onSuccess(taken -> {
            lane.release(length);
            if (taken.header().getOutcome() != Outcome.DONE) {
                stop(taken);
            }
        });
        next();
    }

    @Override
    public void callOff() {
        stop(Answers.of(Outcome.FAILED));
    }

    /** A commit of what is not whole makes the other side forget it. */
    private void stop(BlockFrame<Answer> answer) {
        Write now = write;
        if (now == null) {
            return;
        }
        if (sent > 0 && sent < now.body().length()) {
            call(BlockFrame.encode(commit(now)));
        }
        end(answer);
    }

    private void end(BlockFrame<Answer> answer) {
        write = null;
        if (turn != null) {
            lane.withdraw(turn);
        }
        done.tryComplete(answer);
    }

    private Future<BlockFrame<Answer>> call(Buffer frame) {
        return calls.call(member.node(), frame, options.callMillis());
    }

    private Request.Builder request(Write now) {
        return BlockMessages.request(now.block().partition(), member, tag);
    }

    private Request piece(Write now) {
        Piece.Builder piece = Piece.newBuilder()
                .setWrite(id)
                .setOffset(sent)
                .setTotal(now.body().length());
        return request(now).setPiece(piece).build();
    }

    private Request commit(Write now) {
        Commit.Builder commit = Commit.newBuilder()
                .setWrite(id)
                .setId(BlockMessages.id(now.block()))
                .setOwner(BlockMessages.owner(now.owner()))
                .setTotal(now.body().length())
                .setCrc(now.crc());
        return request(now).setCommit(commit).build();
    }
}

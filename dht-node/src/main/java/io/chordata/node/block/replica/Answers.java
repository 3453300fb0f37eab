package io.chordata.node.block.replica;

import io.chordata.node.block.replica.BlockProtos.Answer;
import io.chordata.node.block.replica.BlockProtos.Outcome;
import io.chordata.node.core.BlockCorruptException;
import io.chordata.node.core.BlockMissingException;
import io.chordata.node.core.BodyDroppedException;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.StoreFullException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** What is answered without content. */
final class Answers {
    private static final Buffer NONE = Buffer.buffer();

    private Answers() {}

    static BlockFrame<Answer> of(Outcome outcome) {
        return of(Answer.newBuilder().setOutcome(outcome));
    }

    static BlockFrame<Answer> of(Answer.Builder answer) {
        return new BlockFrame<>(answer.build(), NONE);
    }

    static Outcome outcomeOf(Throwable failure) {
        if (failure instanceof BodyDroppedException) {
            return Outcome.DROPPED;
        } else if (failure instanceof StoreFullException) {
            return Outcome.FULL;
        } else if (failure instanceof StoreBusyException) {
            return Outcome.BUSY;
        } else if (failure instanceof BlockMissingException) {
            return Outcome.MISSING;
        } else if (failure instanceof BlockCorruptException) {
            return Outcome.CORRUPT;
        } else if (failure instanceof IndexOutOfBoundsException) {
            return Outcome.OUT_OF_BOUNDS;
        }
        return Outcome.FAILED;
    }

    /** Failures of the store and of connections, as outcomes. */
    static Future<BlockFrame<Answer>> settled(Future<BlockFrame<Answer>> answer) {
        return answer.otherwise(failure -> of(outcomeOf(failure)));
    }
}

package io.chordata.node.object;

import com.google.protobuf.ByteString;
import io.chordata.node.block.Bodies;
import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.block.Digests;
import io.chordata.node.block.Payload;
import io.chordata.node.block.WrittenBody;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.RowProtos.Checksum;
import io.chordata.node.object.rules.RowProtos.Part;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a body and then the record that refers to it. If the record is refused for certain, the body is dropped at once.
 * If it may have been committed, the body must stay: should nothing refer to it after all, it is found as an orphan. If an
 * earlier attempt was committed in its place, this one never will be, and its body is dropped, too.
 */
final class BodyWrites {
    private final Bodies bodies;

    BodyWrites(Bodies bodies) {
        this.bodies = bodies;
    }

    /** @param commit gives the answer to the command that refers to the body */
    Future<Answer> writeAndCommit(
            BlockOwner owner, Payload payload, int inlineLimit, Function<WrittenBody, Future<Answer>> commit) {
        return bodies.write(owner, payload, inlineLimit)
                .recover(Failures::ofProposal)
                .compose(written -> commit.apply(written)
                        .recover(failure -> discard(written, failure))
                        .compose(answer -> keepOne(written, answer)));
    }

    private Future<Answer> keepOne(WrittenBody written, Answer answer) {
        // An answer that names no body says nothing of this one.
        boolean named = !answer.getStoredBody().isEmpty();
        if (written.body() == null
                || !named
                || answer.getStoredBody().equals(Ids.of(written.body().id()))) {
            return Future.succeededFuture(answer);
        }
        return bodies.drop(written.body()).transform(dropped -> Future.succeededFuture(answer));
    }

    private <T> Future<T> discard(WrittenBody written, Throwable failure) {
        if (written.body() == null || !Failures.isOutcomeKnown(failure)) {
            return Future.failedFuture(failure);
        }
        return bodies.drop(written.body()).transform(dropped -> Future.failedFuture(failure));
    }

    /** What tells the body from others: its MD5 and its size. */
    static byte[] fingerprint(WrittenBody written) {
        byte[] md5 = written.digests().md5();
        return ByteBuffer.allocate(md5.length + Long.BYTES)
                .put(md5)
                .putLong(written.size())
                .array();
    }

    /** The only part of a plain put, or a part of an upload. */
    static Part part(int number, WrittenBody written, long startedMillis, @Nullable ChecksumAlgorithm checksum) {
        Part.Builder part = Part.newBuilder()
                .setNumber(number)
                .setSize(written.size())
                .setEtag(ByteString.copyFrom(written.digests().md5()));
        if (written.body() != null) {
            part.setBody(Messages.body(written.body(), startedMillis));
        }
        if (checksum != null) {
            part.setChecksum(checksum(written.digests(), checksum));
        }
        return part.build();
    }

    static Checksum checksum(Digests digests, ChecksumAlgorithm algorithm) {
        byte @Nullable [] value = digests.checksums().get(algorithm);
        if (value == null) {
            throw new IllegalArgumentException("the payload was not asked to compute " + algorithm);
        }
        return Messages.checksum(new StoredChecksum(algorithm, StoredChecksum.Type.FULL_OBJECT, value));
    }
}

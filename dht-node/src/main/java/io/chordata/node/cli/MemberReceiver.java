package io.chordata.node.cli;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peers.Receiver;
import io.chordata.node.founding.Answer;
import io.chordata.node.founding.FoundingCodec;
import io.chordata.node.founding.Membership;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Tells nodes without a cluster which one this node is of. */
final class MemberReceiver implements Receiver {
    private final byte[] answer;

    MemberReceiver(Membership membership) {
        answer = FoundingCodec.encode(Answer.of(membership));
    }

    @Override
    public void onMessage(NodeId from, Buffer message) {
        // nobody waits for an answer, and there is nothing else to do
    }

    /** Whatever is asked: a newer release may ask otherwise. */
    @Override
    public Future<Buffer> onCall(NodeId from, Buffer request) {
        return Future.succeededFuture(Buffer.buffer(answer));
    }
}

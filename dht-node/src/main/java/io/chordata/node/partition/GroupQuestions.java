package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.PeerRefusedException;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.partition.GroupCodec.Kind;
import io.chordata.node.partition.GroupCodec.Question;
import io.chordata.node.partition.GroupCodec.Refusal;
import io.chordata.node.partition.GroupCodec.Reply;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Asks one node about one partition, this one or another: the same question gets the same kind of outcome. */
final class GroupQuestions {
    private final NodeId self;
    private final NodePartitions local;
    private final GroupPeers peers;
    private final Confirmations confirmations;
    private final AtomicLong timeMillis = new AtomicLong();

    GroupQuestions(NodeId self, NodePartitions local, GroupPeers peers) {
        this.self = self;
        this.local = local;
        this.peers = peers;
        this.confirmations = new Confirmations(local, this);
    }

    /**
     * What came of it.
     *
     * @param answer null where there was none
     * @param refusal null where there was an answer
     * @param reached whether the node itself said so, rather than nobody
     * @param knowledge what it said of the group
     * @param timeMillis newest log time that it said the partition has; 0 if it said none
     * @param ageMillis of the answer to an eventual query
     */
    record Outcome(
            byte @Nullable [] answer,
            @Nullable PartitionRefusedException refusal,
            boolean reached,
            @Nullable GroupKnowledge knowledge,
            long timeMillis,
            long ageMillis) {}

    /** Newest log time that anybody told of. */
    long timeMillis() {
        return timeMillis.get();
    }

    boolean isHere(NodeId node) {
        return node.equals(self);
    }

    /** Fails only where a store does, or the state machine. */
    Future<Outcome> ask(NodeId node, Question question, long timeoutMillis) {
        if (isHere(node)) {
            return askHere(question);
        }
        Peer peer = peers.holders().peer(node);
        if (peer == null) {
            return Future.succeededFuture(
                    nobody(question.partition(), Reason.NOT_SERVING, "nobody knows where " + node + " is"));
        }
        return peers.peers()
                .call(peer, Service.PARTITIONS, GroupCodec.encode(question), timeoutMillis)
                .map(bytes -> outcome(question, GroupCodec.reply(question.partition(), bytes)))
                .recover(failure -> Future.succeededFuture(notAnswered(question, failure)));
    }

    /** The replica on this node; what is no eventual query is answered without age. */
    Future<Outcome> askHere(Question question) {
        PartitionId partition = question.partition();
        return answerHere(question)
                .map(answer -> new Outcome(
                        answer.answer(),
                        null,
                        true,
                        knowledge(partition),
                        local.logTimeMillis(partition),
                        answer.ageMillis()))
                .recover(failure -> failure instanceof PartitionRefusedException refusal
                        ? Future.succeededFuture(new Outcome(
                                null, refusal, true, knowledge(partition), local.logTimeMillis(partition), 0))
                        : Future.failedFuture(failure));
    }

    private Future<EventualAnswer> answerHere(Question question) {
        PartitionId partition = question.partition();
        return switch (question.kind()) {
            case COMMAND -> ageless(local.propose(partition, question.content()));
            case REQUEST -> ageless(local.propose(partition, Request.decode(question.content())));
            case QUERY -> ageless(local.read(partition, question.content()));
            case LEADING -> ageless(local.isLeading(partition));
            case EVENTUAL -> confirmations.read(partition, question.content());
            case CONFIRM -> ageless(local.confirm(partition));
        };
    }

    private static Future<EventualAnswer> ageless(Future<byte[]> answer) {
        return answer.map(bytes -> new EventualAnswer(bytes, 0));
    }

    private @Nullable GroupKnowledge knowledge(PartitionId partition) {
        Standing standing = local.standing(partition);
        return standing == null ? null : standing.knowledge();
    }

    private Outcome outcome(Question question, Reply reply) {
        timeMillis.accumulateAndGet(reply.timeMillis(), Math::max);
        Refusal refused = reply.refusal();
        PartitionRefusedException refusal = refused == null
                ? null
                : new PartitionRefusedException(question.partition(), refused.reason(), refused.detail());
        return new Outcome(reply.answer(), refusal, true, reply.knowledge(), reply.timeMillis(), reply.ageMillis());
    }

    /** Only a command can have happened; what never came to be worked on has not. */
    private static Outcome notAnswered(Question question, Throwable failure) {
        boolean undone = failure instanceof PeerUnreachableException unreachable && unreachable.isUnsent()
                || failure instanceof PeerRefusedException refused && refused.isUndone();
        boolean changes = question.kind() == Kind.COMMAND || question.kind() == Kind.REQUEST;
        boolean known = undone || !changes;
        return nobody(
                question.partition(),
                known ? Reason.NOT_SERVING : Reason.UNKNOWN,
                String.valueOf(failure.getMessage()));
    }

    private static Outcome nobody(PartitionId partition, Reason reason, String detail) {
        return new Outcome(null, new PartitionRefusedException(partition, reason, detail), false, null, 0, 0);
    }
}

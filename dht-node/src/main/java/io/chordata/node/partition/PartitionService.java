package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Peers.Receiver;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.partition.GroupCodec.Kind;
import io.chordata.node.partition.GroupCodec.Question;
import io.chordata.node.partition.GroupCodec.Refusal;
import io.chordata.node.partition.GroupCodec.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Has commands done and queries answered for other nodes, by the replicas that are here: nothing is passed on. A refusal says
 * what is known here of who keeps the partition. What waits is bounded as for callers on this node.
 */
final class PartitionService implements Receiver {
    private final NodePartitions local;
    private final GroupQuestions questions;

    PartitionService(NodePartitions local, GroupQuestions questions) {
        this.local = local;
        this.questions = questions;
    }

    void serve(Peers peers) {
        peers.serve(Service.PARTITIONS, this);
    }

    /** Nobody sends what wants no answer. */
    @Override
    public void onMessage(NodeId from, Buffer message) {}

    @Override
    public Future<Buffer> onCall(NodeId from, Buffer request) {
        Question question = GroupCodec.question(local.partitioning(), request);
        return questions
                .answerHere(question)
                .map(answer -> accept(question, answer))
                .recover(failure -> refuse(question, failure))
                .map(GroupCodec::encode);
    }

    private Reply accept(Question question, EventualAnswer answer) {
        GroupKnowledge knowledge = question.kind() == Kind.LEADING ? knowledge(question.partition()) : null;
        return new Reply(
                answer.answer(), null, local.logTimeMillis(question.partition()), knowledge, answer.ageMillis());
    }

    /** Any other failure reaches the asker as that: the outcome is not known. */
    private Future<Reply> refuse(Question question, Throwable failure) {
        if (!(failure instanceof PartitionRefusedException refused)) {
            return Future.failedFuture(failure);
        }
        Refusal refusal = new Refusal(refused.reason(), String.valueOf(failure.getMessage()));
        PartitionId partition = question.partition();
        return Future.succeededFuture(new Reply(null, refusal, local.logTimeMillis(partition), knowledge(partition)));
    }

    private @Nullable GroupKnowledge knowledge(PartitionId partition) {
        Standing standing = local.standing(partition);
        return standing == null ? null : standing.knowledge();
    }
}

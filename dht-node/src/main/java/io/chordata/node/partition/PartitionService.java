package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Peers.Receiver;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.partition.GroupCodec.Kind;
import io.chordata.node.partition.GroupCodec.Question;
import io.chordata.node.partition.GroupCodec.Refusal;
import io.chordata.node.partition.GroupCodec.Reply;
import io.chordata.node.partition.GroupQuestions.Outcome;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

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
        return questions.askHere(question).map(outcome -> GroupCodec.encode(reply(question, outcome)));
    }

    /** Any other failure reaches the asker as that: the outcome is not known. */
    private static Reply reply(Question question, Outcome outcome) {
        PartitionRefusedException refused = outcome.refusal();
        Refusal refusal = refused == null ? null : new Refusal(refused.reason(), String.valueOf(refused.getMessage()));
        boolean tellsWho = refused != null || question.kind() == Kind.LEADING;
        return new Reply(
                outcome.answer(),
                refusal,
                outcome.timeMillis(),
                tellsWho ? outcome.knowledge() : null,
                outcome.ageMillis());
    }
}

package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.GroupCodec.Kind;
import io.chordata.node.partition.GroupCodec.Question;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import java.nio.ByteBuffer;

/** Asks leaders up to where the log is whole, for replicas that answer eventual queries. */
final class Confirmations {
    private static final long ANSWER_MILLIS = 1_000;

    private final NodePartitions local;
    private final GroupQuestions questions;

    Confirmations(NodePartitions local, GroupQuestions questions) {
        this.local = local;
        this.questions = questions;
    }

    /** The answer of the replica here, at once; its leader is asked meanwhile, for the next one, unless that was just done. */
    Future<EventualAnswer> read(PartitionId partition, byte[] query) {
        return local.readEventually(partition, query).onSuccess(answer -> confirm(partition));
    }

    private void confirm(PartitionId partition) {
        Standing standing = local.standing(partition);
        Member leader = standing == null ? null : standing.leader();
        if (leader != null) {
            local.beginConfirmation(partition).onSuccess(asked -> {
                if (asked != null) {
                    ask(leader.node(), partition, asked);
                }
            });
        }
    }

    private void ask(NodeId leader, PartitionId partition, long asked) {
        questions
                .ask(leader, new Question(partition, Kind.CONFIRM, new byte[0]), ANSWER_MILLIS)
                .onSuccess(outcome -> {
                    byte[] index = outcome.answer();
                    if (index != null && index.length == Long.BYTES) {
                        local.onConfirmed(
                                partition, asked, ByteBuffer.wrap(index).getLong());
                    }
                });
    }
}

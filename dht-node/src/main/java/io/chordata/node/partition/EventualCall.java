package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.GroupCodec.Kind;
import io.chordata.node.partition.GroupCodec.Question;
import io.chordata.node.partition.GroupQuestions.Outcome;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One query that any replica may answer: the one here is asked first, then the members that are known, then whoever may keep the
 * partition, one after the other until one answers. Belongs to the caller's loop.
 */
final class EventualCall {
    private static final long ANSWER_MILLIS = 500;
    private static final int ASKED_MAX = 16;

    private final Question question;
    private final GroupQuestions questions;
    private final GroupHolders holders;
    private final Deque<NodeId> next = new ArrayDeque<>();
    private final Set<NodeId> met = new LinkedHashSet<>();
    private boolean holdersMet;
    private int asked;

    EventualCall(PartitionId partition, byte[] query, GroupQuestions questions, GroupHolders holders) {
        this.question = new Question(partition, Kind.EVENTUAL, query);
        this.questions = questions;
        this.holders = holders;
    }

    Future<EventualAnswer> run(NodeId self, @Nullable GroupKnowledge known) {
        meet(self);
        if (known != null) {
            known.configuration().members().stream().map(Member::node).forEach(this::meet);
        }
        return askNext();
    }

    /** Whether the replica of another node was asked: the one here always comes first. */
    boolean isForwarded() {
        return asked > 1;
    }

    private void meet(NodeId node) {
        if (met.add(node)) {
            next.add(node);
        }
    }

    private Future<EventualAnswer> askNext() {
        if (next.isEmpty() && !holdersMet) {
            holdersMet = true;
            return holders.of(question.partition()).compose(nodes -> {
                nodes.forEach(this::meet);
                return askNext();
            });
        }
        if (next.isEmpty() || asked++ >= ASKED_MAX) {
            return Future.failedFuture(new PartitionRefusedException(
                    question.partition(), Reason.NOT_SERVING, "no replica of it answers"));
        }
        return questions.ask(next.remove(), question, ANSWER_MILLIS).compose(this::onOutcome);
    }

    private Future<EventualAnswer> onOutcome(Outcome outcome) {
        byte[] answer = outcome.answer();
        return answer != null ? Future.succeededFuture(new EventualAnswer(answer, outcome.ageMillis())) : askNext();
    }
}

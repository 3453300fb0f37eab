package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.GroupCodec.Kind;
import io.chordata.node.partition.GroupCodec.Question;
import io.chordata.node.partition.GroupQuestions.Outcome;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks around who leads a partition: first the members that are known, then whoever may keep it, a few at a time. Members of
 * whom it hears on the way are asked next. It ends with the first that says so of itself, or when all have been asked. One
 * search of one partition; belongs to the loop that begins it.
 */
final class LeaderSearch {
    private static final int AT_ONCE = 3;
    private static final int ASKED_MAX = 64;
    private static final long ANSWER_MILLIS = 500;

    private final PartitionId partition;
    private final GroupQuestions questions;
    private final GroupHolders holders;
    private final Deque<NodeId> next = new ArrayDeque<>();
    private final Set<NodeId> met = new LinkedHashSet<>();
    private final Promise<@Nullable GroupKnowledge> found = Promise.promise();
    private @Nullable GroupKnowledge heard;
    private boolean holdersMet;
    private int asked;

    LeaderSearch(PartitionId partition, GroupQuestions questions, GroupHolders holders) {
        this.partition = partition;
        this.questions = questions;
        this.holders = holders;
    }

    /**
     * Begins it.
     *
     * @param known whom to ask first
     * @return what was heard, with a leader only if that is one by its own word; null if nobody knew anything
     */
    Future<@Nullable GroupKnowledge> run(@Nullable GroupKnowledge known) {
        if (known != null) {
            meet(known);
        }
        askNext();
        return found.future();
    }

    /** The leader before the others. */
    private void meet(GroupKnowledge knowledge) {
        Member leader = knowledge.leader();
        for (Member member : knowledge.configuration().members()) {
            if (!member.equals(leader)) {
                meet(member.node(), false);
            }
        }
        if (leader != null) {
            meet(leader.node(), true);
        }
    }

    private void meet(NodeId node, boolean first) {
        if (!met.add(node)) {
            return;
        }
        if (first) {
            next.addFirst(node);
        } else {
            next.addLast(node);
        }
    }

    private void askNext() {
        if (found.future().isComplete()) {
            return;
        }
        List<Future<Void>> answers = new ArrayList<>();
        while (answers.size() < AT_ONCE && asked < ASKED_MAX && !next.isEmpty()) {
            asked++;
            answers.add(ask(next.removeFirst()));
        }
        if (!answers.isEmpty()) {
            Future.join(answers).onComplete(done -> askNext());
        } else if (!holdersMet) {
            holdersMet = true;
            holders.of(partition)
                    .onSuccess(nodes -> nodes.forEach(node -> meet(node, false)))
                    .onComplete(done -> askNext());
        } else {
            found.tryComplete(heard == null ? null : heard.withLeader(null));
        }
    }

    private Future<Void> ask(NodeId node) {
        return questions
                .ask(node, new Question(partition, Kind.LEADING, new byte[0]), ANSWER_MILLIS)
                .onSuccess(outcome -> onOutcome(node, outcome))
                .mapEmpty();
    }

    private void onOutcome(NodeId node, Outcome outcome) {
        GroupKnowledge knowledge = outcome.knowledge();
        if (knowledge == null) {
            return;
        }
        if (outcome.answer() != null) {
            found.tryComplete(knowledge.withLeader(knowledge.configuration().memberOf(node)));
            return;
        }
        heard = heard == null ? knowledge : heard.merge(knowledge);
        meet(knowledge);
    }
}

package io.chordata.node.partition;

import io.chordata.node.core.Clock;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Timers.Timer;
import io.chordata.node.partition.GroupCodec.Kind;
import io.chordata.node.partition.GroupCodec.Question;
import io.chordata.node.partition.GroupQuestions.Outcome;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One command or query on its way to the leader of its partition. Who is refused by one that does not lead goes on to the one
 * that it names, or looks around; between rounds it waits a little, longer each time, until its time is over. Only what
 * certainly did not happen is asked again: a command whose outcome nobody knows ends as {@link Reason#UNKNOWN}. Belongs to
 * the caller's loop.
 */
final class RoutedCall {
    static final long DEADLINE_MILLIS = 5_000;

    private static final long QUERY_MILLIS = 1_000;
    private static final int REDIRECTS_MAX = 3;
    private static final long PAUSE_MILLIS_MIN = 20;
    private static final long PAUSE_MILLIS_MAX = 320;

    private final Question question;
    private final PartitionId partition;
    private final GroupQuestions questions;
    private final GroupRoutes routes;
    private final PartitionPorts ports;
    private final Clock clock;
    private final Promise<byte[]> answer = Promise.promise();
    private final long begunNanos;
    private PartitionRefusedException refusal;
    private boolean commandAsked;
    private int redirects;
    private long pauseMillis = PAUSE_MILLIS_MIN;

    RoutedCall(Question question, GroupQuestions questions, GroupRoutes routes, PartitionPorts ports) {
        this.question = question;
        this.partition = question.partition();
        this.questions = questions;
        this.routes = routes;
        this.ports = ports;
        this.clock = ports.clock();
        this.begunNanos = clock.monotonicNanos();
        this.refusal = new PartitionRefusedException(partition, Reason.NOT_SERVING, "no leader was found in time");
    }

    Future<byte[]> run() {
        Timer deadline = ports.timers().once(DEADLINE_MILLIS, this::onDeadline);
        NodeId leader = routes.leader(partition);
        if (leader == null) {
            search();
        } else {
            ask(leader);
        }
        return answer.future().onComplete(done -> deadline.cancel());
    }

    private void onDeadline() {
        answer.tryFail(
                commandAsked
                        ? new PartitionRefusedException(
                                partition, Reason.UNKNOWN, "not answered within " + DEADLINE_MILLIS + " ms")
                        : refusal);
    }

    private boolean isOver() {
        return answer.future().isComplete();
    }

    private void ask(NodeId leader) {
        boolean isCommand = question.kind() == Kind.COMMAND;
        commandAsked = isCommand;
        long leftMillis =
                Math.max(1, DEADLINE_MILLIS - TimeUnit.NANOSECONDS.toMillis(clock.monotonicNanos() - begunNanos));
        questions
                .ask(leader, question, isCommand ? leftMillis : Math.min(leftMillis, QUERY_MILLIS))
                .onSuccess(outcome -> onOutcome(leader, outcome))
                .onFailure(answer::tryFail);
    }

    private void onOutcome(NodeId asked, Outcome outcome) {
        PartitionRefusedException refused = outcome.refusal();
        byte[] answered = outcome.answer();
        if (answered != null) {
            routes.onAnswered(partition, asked);
            answer.tryComplete(answered);
        } else if (refused != null && isWorthRetrying(refused.reason())) {
            commandAsked = false;
            refusal = refused;
            goOn(asked, outcome.knowledge());
        } else if (refused != null) {
            answer.tryFail(refused);
        }
    }

    private static boolean isWorthRetrying(Reason reason) {
        return reason == Reason.NOT_LEADER || reason == Reason.NOT_SERVING;
    }

    private void goOn(NodeId refuser, @Nullable GroupKnowledge knowledge) {
        routes.onNotLeader(partition, refuser);
        Member named = null;
        if (knowledge != null) {
            routes.learn(knowledge);
            named = knowledge.leader();
        }
        if (isOver()) {
            return;
        }
        if (named != null && !named.node().equals(refuser) && redirects < REDIRECTS_MAX) {
            redirects++;
            ask(named.node());
        } else {
            search();
        }
    }

    private void search() {
        routes.search(partition).onComplete((found, failure) -> {
            Member leader = found == null ? null : found.leader();
            if (isOver()) {
                return;
            }
            if (leader != null && redirects < REDIRECTS_MAX) {
                redirects++;
                ask(leader.node());
            } else {
                pause();
            }
        });
    }

    private void pause() {
        redirects = 0;
        long millis = pauseMillis / 2 + ports.random().nextInt((int) (pauseMillis / 2) + 1);
        pauseMillis = Math.min(2 * pauseMillis, PAUSE_MILLIS_MAX);
        ports.timers().once(millis, () -> {
            if (!isOver()) {
                search();
            }
        });
    }
}

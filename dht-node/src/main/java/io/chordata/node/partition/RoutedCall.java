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
 * that it names, or looks around; between rounds it waits a little, longer each time, until its time is over. A plain command
 * is asked again only if it certainly did not happen: one whose outcome nobody knows ends as {@link Reason#UNKNOWN}. A
 * request is asked again also then, until it has expired everywhere: whoever applied it says what came of it. Belongs to the
 * caller's loop.
 */
final class RoutedCall {
    static final long DEADLINE_MILLIS = 4_200;

    /**
     * From then on no attempt at a request is applied any more, unless log time is behind this node's clock. Clients were told that
     * nothing is known long before, and have asked again within the time in which they are told what came of it.
     */
    private static final long EXPIRY_MILLIS = RequestRules.ONCE.windowMillis();

    private static final long QUERY_MILLIS = 1_000;
    private static final long REQUEST_MILLIS = 2_500;
    private static final int DATED_ANEW_MAX = 2;
    private static final int REDIRECTS_MAX = 3;
    private static final long PAUSE_MILLIS_MIN = 20;
    /** While another leader is likely to be there any moment. */
    private static final long PAUSE_MILLIS_MAX_AT_FIRST = 40;

    private static final long AT_FIRST_MILLIS = 1_000;
    private static final long PAUSE_MILLIS_MAX = 320;

    private Question question;
    private final PartitionId partition;
    private final GroupQuestions questions;
    private final GroupRoutes routes;
    private final PartitionPorts ports;
    private final Clock clock;
    private final Promise<byte[]> answer = Promise.promise();
    private final long begunNanos;
    private PartitionRefusedException refusal;
    /** Whether what was asked last may happen, and nobody has said yet. */
    private boolean commandAsked;
    /** Whether an attempt at a request is lost: what refuses a later one says nothing of it. */
    private boolean attemptLost;

    private long untilMillis = DEADLINE_MILLIS;
    private @Nullable Timer timer;
    private @Nullable NodeId asked;
    private int attempts;
    private boolean forwarded;
    private int datedAnew;
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
        timer = ports.timers().once(DEADLINE_MILLIS, this::onDeadline);
        NodeId leader = routes.leader(partition);
        if (leader == null) {
            search();
        } else {
            ask(leader);
        }
        return answer.future().onComplete(done -> cancelTimer());
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void onDeadline() {
        if (question.kind() != Kind.REQUEST || !isUnknown()) {
            end();
            return;
        }
        untilMillis = EXPIRY_MILLIS;
        timer = ports.timers().once(EXPIRY_MILLIS - DEADLINE_MILLIS, this::end);
        if (commandAsked && asked != null) {
            // Only the replica here may say nothing for so long, if it leads a group that it cannot reach any more.
            attempts++;
            commandAsked = false;
            attemptLost = true;
            goOn(asked, null);
        }
    }

    private void end() {
        answer.tryFail(
                isUnknown()
                        ? new PartitionRefusedException(
                                partition, Reason.UNKNOWN, "not answered within " + untilMillis + " ms")
                        : refusal);
    }

    private boolean isUnknown() {
        return commandAsked || attemptLost;
    }

    /** Whether the replica of another node was asked. */
    boolean isForwarded() {
        return forwarded;
    }

    private boolean isOver() {
        return answer.future().isComplete();
    }

    private void ask(NodeId leader) {
        int attempt = ++attempts;
        asked = leader;
        forwarded |= !questions.isHere(leader);
        commandAsked = question.kind() == Kind.COMMAND || question.kind() == Kind.REQUEST;
        long leftMillis = Math.max(1, untilMillis - passedMillis());
        questions
                .ask(leader, question, Math.min(leftMillis, attemptMillis()))
                .onSuccess(outcome -> onOutcome(attempt, leader, outcome))
                .onFailure(answer::tryFail);
    }

    private long passedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(clock.monotonicNanos() - begunNanos);
    }

    private long attemptMillis() {
        return switch (question.kind()) {
            case COMMAND -> DEADLINE_MILLIS;
            case REQUEST -> REQUEST_MILLIS;
            case QUERY, LEADING, EVENTUAL, CONFIRM -> QUERY_MILLIS;
        };
    }

    private void onOutcome(int attempt, NodeId from, Outcome outcome) {
        PartitionRefusedException refused = outcome.refusal();
        byte[] answered = outcome.answer();
        if (answered != null) {
            routes.onAnswered(partition, from);
            answer.tryComplete(answered);
        } else if (refused != null && attempt == attempts) {
            onRefused(from, refused, outcome);
        }
    }

    private void onRefused(NodeId from, PartitionRefusedException refused, Outcome outcome) {
        commandAsked = false;
        refusal = refused;
        boolean isRequest = question.kind() == Kind.REQUEST;
        attemptLost |= isRequest && !refused.reason().isOutcomeKnown();
        if (refused.reason() == Reason.EXPIRED && !attemptLost && datedAnew < DATED_ANEW_MAX) {
            dateAnew(outcome.timeMillis());
            goOn(from, outcome.knowledge());
        } else if (isWorthRetrying(refused.reason())) {
            goOn(from, outcome.knowledge());
        } else {
            end();
        }
    }

    private boolean isWorthRetrying(Reason reason) {
        return switch (reason) {
            case NOT_LEADER, NOT_SERVING -> true;
            case UNKNOWN, TOO_BUSY, DISK_FULL -> attemptLost;
            case EXPIRED, UNSUPPORTED -> false;
        };
    }

    /** This node's clock is far from the partition's log time. Nothing happened yet, so the request may as well begin now. */
    private void dateAnew(long logTimeMillis) {
        datedAnew++;
        Request request = Request.decode(question.content());
        Request dated = new Request(request.id(), logTimeMillis, request.command());
        question = new Question(partition, Kind.REQUEST, dated.encode());
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
        boolean isAtFirst = passedMillis() < AT_FIRST_MILLIS;
        pauseMillis = Math.min(2 * pauseMillis, isAtFirst ? PAUSE_MILLIS_MAX_AT_FIRST : PAUSE_MILLIS_MAX);
        ports.timers().once(millis, () -> {
            if (!isOver()) {
                search();
            }
        });
    }
}

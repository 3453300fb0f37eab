package io.chordata.client.http;

import io.chordata.client.model.Cancellation;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Content;
import io.chordata.client.retry.Failure;
import io.chordata.client.retry.Failure.Stage;
import io.chordata.client.retry.Repeat;
import io.chordata.client.retry.RetryRules;
import io.chordata.client.retry.Verdict;
import io.chordata.client.routing.Endpoint;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One request until it has an outcome: attempt after attempt, at one endpoint after the other, as {@link RetryRules} and
 * the budget allow. All attempts carry one {@code amz-sdk-invocation-id}, by which a cluster knows that they are one
 * request. Of an object that is read, another holder is asked, too, where one is silent: whoever answers first. Belongs to one
 * event loop.
 */
final class Call<T> {
    private static final int FORBIDDEN = 403;
    private static final String SKEWED = "RequestTimeTooSkewed";

    /** After so many the addresses of a table may be none that this client can reach. */
    private static final int UNREACHABLE_MAX = 2;

    private static final int MAX_DOUBLINGS = 10;

    /** After it another holder is asked, too; after twice as long the next one. */
    private static final long SILENT_MILLIS = 1_500;

    private final Transport transport;
    private final TransportOptions options;
    private final ApiRequest request;
    private final AnswerReader<T> reader;
    private final Payload payload;
    private final String invocation = UUID.randomUUID().toString();
    private final Promise<T> result = Promise.promise();
    private final List<Endpoint> tried = new ArrayList<>();
    private final Doubt doubt;

    private int attempts;
    private int waits;
    private int unreachable;
    private int lastCost;
    private long firstFailureNanos;
    private boolean clockSetRight;
    private boolean over;
    private long timer = -1;
    private long silenceTimer = -1;

    /** In the order in which they began; more than one only where the earlier ones are silent. */
    private final List<Running<T>> running = new ArrayList<>();

    private record Running<T>(Endpoint endpoint, Attempt<T> attempt) {}

    Call(Transport transport, ApiRequest request, AnswerReader<T> reader, Payload payload) {
        this.transport = transport;
        this.options = transport.options();
        this.request = request;
        this.reader = reader;
        this.payload = payload;
        this.doubt = new Doubt(request);
    }

    /** @param closing cancelled when it may use the client no longer */
    Future<T> run(Cancellation callers, Cancellation closing) {
        Context loop = Vertx.currentContext();
        Runnable onCancel = () -> loop.runOnContext(now -> cancel(Transport.CANCELLED));
        Runnable onClose = () -> loop.runOnContext(now -> cancel(Transport.CLOSED));
        if (!closing.listen(onClose)) {
            cancel(Transport.CLOSED);
        } else if (!callers.listen(onCancel)) {
            cancel(Transport.CANCELLED);
        } else {
            attemptNext();
        }
        return result.future().onComplete(done -> {
            callers.forget(onCancel);
            closing.forget(onClose);
        });
    }

    private void cancel(String reason) {
        if (over) {
            return;
        }
        boolean begun = running.stream().anyMatch(one -> one.attempt().isBodyBegun());
        end();
        result.fail(ChordataException.builder(ChordataException.CANCELLED, reason)
                .resource(request.resource())
                .outcomeUnknown(!request.isRead() && (doubt.isOpen() || begun))
                .build());
    }

    /** Nothing of it goes on. */
    private void end() {
        over = true;
        transport.vertx().cancelTimer(timer);
        transport.vertx().cancelTimer(silenceTimer);
        running.forEach(one -> one.attempt().cancel());
    }

    private void attemptNext() {
        attempt(null);
    }

    /** @param again null for the best one; what the policy or the HTTP client throws is an outcome, too */
    private void attempt(@Nullable Endpoint again) {
        if (over) {
            return;
        }
        try {
            begin(again == null ? choose() : again);
        } catch (RuntimeException e) {
            end();
            boolean closed = transport.isClosed();
            result.fail(ChordataException.builder(
                            closed ? ChordataException.CANCELLED : ChordataException.CONTENT_FAILED,
                            closed ? Transport.CLOSED : String.valueOf(e))
                    .resource(request.resource())
                    .outcomeUnknown(!request.isRead() && doubt.isOpen())
                    .cause(e)
                    .build());
        }
    }

    private void begin(Endpoint endpoint) {
        attempts++;
        tried.add(endpoint);
        Attempt<T> attempt = transport.attempt(request, payload, endpoint, invocation, attempts, reader);
        Running<T> one = new Running<>(endpoint, attempt);
        running.add(one);
        attempt.run(transport.openings())
                .onComplete(value -> succeed(one, value), failure -> failed(one, (AttemptFailure) failure));
        if (request.isRead() && request.key() != null) {
            transport.vertx().cancelTimer(silenceTimer);
            silenceTimer = transport
                    .vertx()
                    .setTimer(SILENT_MILLIS << Math.min(attempts - 1, MAX_DOUBLINGS), due -> askAnother(one));
        }
    }

    /** A node that stands still keeps its connections: nothing else tells it from one that is about to answer. */
    private void askAnother(Running<T> silent) {
        boolean waits = running.contains(silent) && !silent.attempt().isAnswered();
        if (!over
                && waits
                && attempts < options.attemptsMax()
                && hasUntried()
                && transport.budget().take(Verdict.MOVE_ON.cost())) {
            lastCost = Verdict.MOVE_ON.cost();
            attemptNext();
        }
    }

    /** The best endpoint that was not tried yet in this round. */
    private Endpoint choose() {
        List<Endpoint> order = transport.router().order(request.bucket(), request.key(), transport.localMillis());
        if (unreachable >= UNREACHABLE_MAX) {
            order = transport.router().seedsFirst(order);
        }
        for (Endpoint endpoint : order) {
            if (!tried.contains(endpoint)) {
                return endpoint;
            }
        }
        tried.clear();
        return order.get(0);
    }

    /** What the policy throws, it throws again when it is asked for the next one. */
    private boolean hasUntried() {
        try {
            return isAnyUntried();
        } catch (RuntimeException e) {
            return true;
        }
    }

    private boolean isAnyUntried() {
        return transport.router().order(request.bucket(), request.key(), transport.localMillis()).stream()
                .anyMatch(endpoint -> !tried.contains(endpoint));
    }

    private void succeed(Running<T> first, T value) {
        if (over) {
            return;
        }
        for (Running<T> earlier : running.subList(0, running.indexOf(first))) {
            transport.router().onSilent(earlier.endpoint(), transport.localMillis());
        }
        running.remove(first);
        end();
        transport.budget().giveBack(Math.max(1, lastCost));
        result.complete(value);
    }

    private void failed(Running<T> one, AttemptFailure failure) {
        if (over) {
            return;
        }
        Endpoint endpoint = one.endpoint();
        Attempt<T> attempt = one.attempt();
        running.remove(one);
        Stage stage = failure.failure().stage();
        if (stage == Stage.NOT_SENT || stage == Stage.NO_ANSWER) {
            unreachable++;
            transport.router().onUnreachable(endpoint, transport.localMillis());
        }
        if (isSkewed(failure) && !clockSetRight && failure.serverTimeMillis().isPresent() && mayResend(attempt)) {
            clockSetRight = true;
            transport.clock().adjustTo(failure.serverTimeMillis().getAsLong());
            attempt(endpoint);
            return;
        }
        retryOrFail(attempt, failure);
    }

    private void retryOrFail(Attempt<T> attempt, AttemptFailure failure) {
        boolean knownAgain = transport.router().knowledge().isCluster();
        Verdict verdict = RetryRules.judge(failure.failure(), request.repeat(), knownAgain);
        long delay = verdict.isRetry() ? delayMillis(verdict, failure) : 0;
        if (RetryRules.leavesOutcomeOpen(failure.failure())) {
            doubt.open(attempt.bodyEndNanos(), attempt.bodyNanos());
        }
        boolean goesOn = verdict.isRetry() && mayResend(attempt) && isInTime(delay);
        if (!goesOn || !transport.budget().take(verdict.cost())) {
            if (running.isEmpty() || !verdict.isRetry()) {
                fail(failure, knownAgain);
            }
            return;
        }
        lastCost = verdict.cost();
        if (delay < 1) {
            attemptNext();
        } else {
            timer = transport.vertx().setTimer(delay, due -> attemptNext());
        }
    }

    private boolean mayResend(Attempt<T> attempt) {
        Content content = payload.content();
        boolean whole = content == null || content.isRepeatable() || !attempt.isBodyBegun();
        return whole && attempts < options.attemptsMax() && !transport.isClosed();
    }

    private boolean isInTime(long delayMillis) {
        long now = System.nanoTime();
        if (firstFailureNanos == 0) {
            firstFailureNanos = now;
        }
        long next = now + delayMillis * 1_000_000;
        return next - firstFailureNanos <= options.retryWindow().toNanos()
                && (request.repeat() == Repeat.SAFE || doubt.isKnownUntilSent(next));
    }

    private long delayMillis(Verdict verdict, AttemptFailure failure) {
        if (verdict == Verdict.MOVE_ON && hasUntried()) {
            return 0;
        }
        double dice = ThreadLocalRandom.current().nextDouble();
        long delay = (verdict == Verdict.THROTTLED ? options.throttledBackoff() : options.backoff())
                .delayMillis(waits++, dice);
        return Math.max(delay, failure.retryAfterMillis());
    }

    private boolean isSkewed(AttemptFailure failure) {
        Failure told = failure.failure();
        OptionalLong server = failure.serverTimeMillis();
        return told.code().equals(SKEWED)
                || (told.status() == FORBIDDEN
                        && server.isPresent()
                        && transport.clock().isFarFrom(server.getAsLong()));
    }

    private void fail(AttemptFailure failure, boolean knownAgain) {
        ChordataException shown = failure.shown();
        ChordataException.Builder builder = shown.toBuilder();
        builder.outcomeUnknown(shown.isOutcomeUnknown()
                || (!request.isRead() && !doubt.isSettledBy(failure.failure(), knownAgain, System.nanoTime())));
        String reason = shown.reason();
        if (transport.isClosed()) {
            builder = builder.code(ChordataException.CANCELLED);
            reason = Transport.CLOSED + "; " + reason;
        } else if (isSkewed(failure) || clockSetRight) {
            reason = reason + "; " + transport.clock().describe(failure.serverTimeMillis());
        }
        if (attempts > 1) {
            reason = reason + " (after " + attempts + " attempts)";
        }
        end();
        result.fail(builder.message(reason).build());
    }
}

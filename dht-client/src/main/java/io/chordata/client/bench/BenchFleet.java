package io.chordata.client.bench;

import io.chordata.client.sigv4.RequestSigner;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** All connections of a bench, spread over the endpoints and the event loops, each with one request at a time. */
final class BenchFleet {
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 50;

    private final Vertx vertx;
    private final BenchLoops loops;
    private final List<Member> members = new ArrayList<>();

    private record Member(Context context, BenchConnection connection) {}

    BenchFleet(Vertx vertx, BenchOptions options, BenchBody body, RequestSigner signer, BenchLoops loops) {
        this.loops = loops;
        this.vertx = vertx;
        for (int i = 0; i < options.concurrency(); i++) {
            members.add(new Member(
                    loops.context(i), new BenchConnection(vertx, options, options.endpoint(i), body, signer)));
        }
    }

    /** Completes when the work is done and every answer is in, or was waited for as long as options say. */
    Future<Void> run(BenchWork work, BenchTally tally) {
        BenchLoops.Used before = loops.used();
        long start = System.nanoTime();
        List<Future<Void>> ends =
                members.stream().map(member -> start(member, work, tally)).toList();
        return Future.all(ends).map(done -> {
            tally.elapsed(System.nanoTime() - start);
            tally.used(before, loops.used());
            return null;
        });
    }

    Future<Void> close() {
        return Future.join(members.stream()
                        .map(member -> member.connection().close())
                        .toList())
                .mapEmpty();
    }

    private Future<Void> start(Member member, BenchWork work, BenchTally tally) {
        Promise<Void> done = Promise.promise();
        member.context().runOnContext(on -> step(member.connection(), work, tally, done));
        return done.future();
    }

    private void step(BenchConnection connection, BenchWork work, BenchTally tally, Promise<Void> done) {
        BenchRequest request = work.next();
        if (request == null) {
            done.complete();
            return;
        }
        long start = System.nanoTime();
        connection.send(request).onComplete(outcome -> {
            if (outcome.succeeded()) {
                tally.succeeded(outcome.result(), System.nanoTime() - start);
                step(connection, work, tally, done);
            } else {
                tally.failed(cause(outcome.cause()), Bench.outcome(outcome.cause()));
                // A server that is gone refuses at once: without a pause this would spin.
                vertx.setTimer(PAUSE_AFTER_FAILURE_MILLIS, timer -> step(connection, work, tally, done));
            }
        });
    }

    private static String cause(Throwable failure) {
        return failure instanceof BenchException
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getSimpleName();
    }
}

package io.chordata.client.bench;

import io.chordata.client.cli.Outcome;
import io.chordata.client.sigv4.RequestSigner;
import io.chordata.client.xml.RequestDocuments;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One run: makes the bucket and what is to be read, warms up, measures, removes what it made as far as it can. */
final class Bench {
    private static final String PREPARED = "object-";
    private static final int READS_OF_TEN = 7;

    private final BenchOptions options;
    private final BenchFleet fleet;
    private final @Nullable BenchLinks links;
    private final AtomicInteger written = new AtomicInteger();

    /** What is to be read or deleted has numbers below this one. */
    private final AtomicInteger prepared = new AtomicInteger();

    Bench(BenchOptions options, BenchFleet fleet, RequestSigner signer) {
        this.options = options;
        this.fleet = fleet;
        this.links = options.presigned() ? new BenchLinks(options, signer, this::preparedPath) : null;
    }

    /** Fails with {@link BenchException} if the endpoint refuses what must come before. */
    Future<BenchResult> run() {
        BenchTally warm = new BenchTally();
        BenchTally tally = new BenchTally();
        return prepare()
                .compose(ready -> measure(options.warmup(), warm))
                .compose(ready -> measure(options.duration(), tally))
                .eventually(() -> cleanUp())
                .map(done -> tally.result(options.operation()));
    }

    private Future<Void> prepare() {
        if (options.prepared()) {
            return Future.succeededFuture();
        }
        return makeBucket()
                .compose(made -> options.operation().reads()
                        ? must("put the objects to read", BenchWork.each(0, options.objects(), this::putPrepared))
                        : Future.succeededFuture());
    }

    /** A bucket that one owns already answers 409: as good as a new one. Other regions refuse one that names none. */
    private Future<Void> makeBucket() {
        BenchTally tally = new BenchTally();
        BenchBody document = options.region().equals(BenchOptions.DEFAULT_REGION)
                ? null
                : BenchBody.of(RequestDocuments.createBucket(options.region()));
        return fleet.run(BenchWork.each(0, 1, number -> BenchRequest.makeBucket(bucketPath(), document)), tally)
                .compose(done -> {
                    String error = tally.errorText();
                    return error.isEmpty() || error.startsWith("409 BucketAlreadyOwnedByYou")
                            ? Future.succeededFuture()
                            : Future.failedFuture(failure("make the bucket " + options.bucket(), tally));
                });
    }

    private Future<Void> measure(Duration duration, BenchTally tally) {
        if (options.operation() == BenchOperation.DELETE) {
            return measureDeletes(duration, tally);
        }
        long end = System.nanoTime() + duration.toNanos();
        return fleet.run(BenchWork.until(end, this::nextRequest), tally);
    }

    /** Rounds of puts, untimed, and deletes, timed, until the deletes have taken long enough. */
    private Future<Void> measureDeletes(Duration duration, BenchTally tally) {
        if (tally.elapsedNanos() >= duration.toNanos()) {
            return Future.succeededFuture();
        }
        return must("put the objects to delete", BenchWork.each(0, options.objects(), this::putPrepared))
                .compose(put -> fleet.run(BenchWork.each(0, options.objects(), this::deletePrepared), tally))
                .compose(round -> measureDeletes(duration, tally));
    }

    private BenchRequest nextRequest() {
        return switch (options.operation()) {
            case PUT -> putNew();
            case GET -> getPrepared();
            case MIXED -> ThreadLocalRandom.current().nextInt(10) < READS_OF_TEN ? getPrepared() : putNew();
            case LIST -> BenchRequest.list(bucketPath(), PREPARED);
            case DELETE -> throw new IllegalStateException("deletes are measured in rounds");
        };
    }

    /** However it ended. What the endpoint will not remove stays: no reason to lose the figures. */
    private Future<Void> cleanUp() {
        return remove(prepared.get(), this::deletePrepared)
                .compose(gone -> remove(written.get(), number -> BenchRequest.delete(newPath(number))));
    }

    private Future<Void> remove(int count, IntFunction<BenchRequest> request) {
        BenchTally tally = new BenchTally();
        return fleet.run(BenchWork.each(0, count, request).whileHopeful(tally), tally);
    }

    private Future<Void> must(String what, BenchWork work) {
        BenchTally tally = new BenchTally();
        return fleet.run(work.untilFailure(tally), tally).compose(done -> {
            return tally.errorText().isEmpty() ? Future.succeededFuture() : Future.failedFuture(failure(what, tally));
        });
    }

    private BenchException failure(String what, BenchTally tally) {
        return new BenchException(
                "could not " + what + " at " + options.place() + ": " + tally.errorText(), tally.firstFailure());
    }

    /** What it comes to if all requests fail like that. */
    static Outcome outcome(Throwable failure) {
        return failure instanceof BenchException known ? known.outcome() : Outcome.UNREACHABLE;
    }

    private BenchRequest putNew() {
        return BenchRequest.put(newPath(written.getAndIncrement()));
    }

    private BenchRequest putPrepared(int number) {
        prepared.accumulateAndGet(number + 1, Math::max);
        return BenchRequest.put(preparedPath(number));
    }

    private BenchRequest getPrepared() {
        int number = ThreadLocalRandom.current().nextInt(options.objects());
        return links == null ? BenchRequest.get(preparedPath(number), options.sizeBytes()) : links.get(number);
    }

    private BenchRequest deletePrepared(int number) {
        return BenchRequest.delete(preparedPath(number));
    }

    private String bucketPath() {
        return '/' + options.bucket();
    }

    private String preparedPath(int number) {
        return bucketPath() + '/' + PREPARED + number;
    }

    /** Spread over the key space as real keys are, not in one rising row. */
    private String newPath(int number) {
        return bucketPath() + "/new-" + Long.toHexString(new SplittableRandom(number).nextLong()) + '-' + number;
    }
}

package io.chordata.client.cli;

import io.chordata.client.cli.Mover.Motion;
import io.chordata.client.cli.Mover.Moved;
import io.chordata.client.files.Item;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Many transfers, so many at a time; whoever adds one waits for its turn. Belongs to one thread. */
final class Transfers {
    private final Mover mover;
    private final Report report;
    private final ProgressBar bar;
    private final Rules rules;
    private final InFlight inFlight;

    /** Which of the two was not there, nobody says. */
    private final Set<Buckets> missing = new HashSet<>();

    /** Those of both ends; null for a file. */
    private record Buckets(
            @Nullable String source, @Nullable String target) {
        static Buckets of(Place source, Place target) {
            return new Buckets(name(source), name(target));
        }

        private static @Nullable String name(Place place) {
            return place.isObject() ? place.name().bucket() : null;
        }
    }

    /**
     * What holds for all of them.
     *
     * @param action as it is told
     * @param deleting whether sources are deleted once they are at their targets
     * @param dryRun whether that is only told
     * @param parallel how many at a time
     */
    record Rules(String action, boolean deleting, boolean dryRun, int parallel) {}

    Transfers(Mover mover, Report report, ProgressBar bar, Rules rules) {
        this.mover = mover;
        this.report = report;
        this.bar = bar;
        this.rules = rules;
        this.inFlight = new InFlight(rules.parallel());
    }

    /** Returns when there is room for another; does nothing where nothing can be hoped for any more, or not there. */
    void add(Item item, Place source, Place target) {
        if (report.isHopeless() || missing.contains(Buckets.of(source, target))) {
            report.leaveOut();
            return;
        }
        if (rules.dryRun()) {
            report.planned(rules.action(), source.toString(), target.toString(), Math.max(0, item.size()));
            return;
        }
        bar.plan(item.size());
        Motion motion = mover.move(item, source, target);
        bar.begin(motion.bytes());
        Future<Moved> result = motion.result()
                .compose(moved ->
                        (rules.deleting() ? mover.delete(source, moved) : Future.<Void>succeededFuture()).map(moved))
                .onComplete(outcome -> bar.end(
                        motion.bytes(), outcome.succeeded() ? outcome.result().size() : 0));
        inFlight.add(result, outcome -> tell(outcome, source, target));
    }

    private void tell(AsyncResult<Moved> outcome, Place source, Place target) {
        if (outcome.succeeded()) {
            report.done(
                    rules.action(),
                    source.toString(),
                    target.toString(),
                    outcome.result().size());
        } else {
            report.failed(rules.action(), source.toString(), outcome.cause());
            if (Outcome.isOfBucket(outcome.cause())) {
                missing.add(Buckets.of(source, target));
            }
        }
    }

    /** Returns when all are done. */
    void await() {
        bar.allPlanned();
        inFlight.awaitAll();
    }
}

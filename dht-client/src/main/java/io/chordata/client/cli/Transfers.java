package io.chordata.client.cli;

import io.chordata.client.cli.Mover.Motion;
import io.chordata.client.files.Item;
import io.vertx.core.Future;
import java.util.concurrent.Semaphore;

/** Many transfers, so many at a time; whoever adds one waits for its turn. Belongs to one thread. */
final class Transfers {
    private final Mover mover;
    private final Report report;
    private final ProgressBar bar;
    private final Rules rules;
    private final Semaphore room;

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
        this.room = new Semaphore(rules.parallel());
    }

    /** Returns when it has begun; does nothing where nothing can be hoped for any more. */
    void add(Item item, Place source, Place target) {
        if (report.isHopeless()) {
            return;
        }
        if (rules.dryRun()) {
            report.planned(rules.action(), source.toString(), target.toString(), Math.max(0, item.size()));
            return;
        }
        bar.plan(item.size());
        room.acquireUninterruptibly();
        Motion motion = mover.move(item, source, target);
        bar.begin(motion.bytes());
        motion.result()
                .compose(moved ->
                        (rules.deleting() ? mover.delete(source, moved) : Future.<Void>succeededFuture()).map(moved))
                .onComplete(outcome -> {
                    try {
                        bar.end(
                                motion.bytes(),
                                outcome.succeeded() ? outcome.result().size() : 0);
                        if (outcome.succeeded()) {
                            report.done(
                                    rules.action(),
                                    source.toString(),
                                    target.toString(),
                                    outcome.result().size());
                        } else {
                            report.failed(rules.action(), source.toString(), outcome.cause());
                        }
                    } finally {
                        room.release();
                    }
                });
    }

    /** Returns when all are done. */
    void await() {
        bar.allPlanned();
        room.acquireUninterruptibly(rules.parallel());
        room.release(rules.parallel());
    }
}

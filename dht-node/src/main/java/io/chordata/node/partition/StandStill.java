package io.chordata.node.partition;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** Who waits until nothing of a replica is under way any more. */
final class StandStill {
    private final List<Promise<Void>> waiting = new ArrayList<>();

    Future<Void> await() {
        Promise<Void> still = Promise.promise();
        waiting.add(still);
        return still.future();
    }

    void come() {
        all().forEach(Promise::complete);
    }

    void fail(Throwable cause) {
        all().forEach(still -> still.fail(cause));
    }

    private List<Promise<Void>> all() {
        List<Promise<Void>> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }
}

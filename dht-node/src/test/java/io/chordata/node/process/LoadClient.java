package io.chordata.node.process;

import io.chordata.node.history.Condition;
import io.chordata.node.history.Outcome;
import io.chordata.node.history.Version;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * One client of a {@link ClusterLoad}: a request at a time, to any node. What has no answer is asked again of another one, a
 * put with another body, so that each attempt can be told from the others.
 */
final class LoadClient implements Runnable {
    private static final long INLINE_MAX = 16 << 10;
    private static final long MIB = 1 << 20;
    private static final int ATTEMPTS = 8;
    private static final int PAUSE_MILLIS = 100;
    private static final int PAUSE_MILLIS_MAX = 2_000;
    /** Bodies are unique over all clients of a JVM. */
    private static final AtomicLong BODY_SEEDS = new AtomicLong();

    private final String name;
    private final Books books;
    private final LoadKeys hot;
    private final LoadKeys cold;
    private final List<S3Door> doors;
    private final LoadCounts counts;
    private final BooleanSupplier goesOn;
    private final Duration think;
    private final SplittableRandom random;

    LoadClient(String name, ClusterLoad load, BooleanSupplier goesOn, SplittableRandom random) {
        this.name = name;
        this.books = load.books();
        this.hot = load.hot();
        this.cold = load.cold();
        this.doors = load.doors();
        this.counts = load.counts();
        this.think = load.think();
        this.goesOn = goesOn;
        this.random = random;
    }

    @Override
    public void run() {
        while (goesOn.getAsBoolean()) {
            if (random.nextBoolean()) {
                useHot();
            } else {
                useCold();
            }
            Await.pass(think);
        }
    }

    private void useHot() {
        int number = random.nextInt(hot.count());
        if (random.nextInt(3) == 0) {
            request(() -> conditional(number));
            return;
        }
        int dice = random.nextInt(10);
        if (dice < 5) {
            request(() -> get(hot, number));
        } else if (dice < 6) {
            request(() -> head(hot.key(number)));
        } else if (dice < 9) {
            request(() -> put(hot, number, smallSize(), Condition.NONE));
        } else {
            request(() -> delete(hot.key(number), Condition.NONE));
        }
    }

    private Outcome conditional(int number) {
        String eTag = hot.eTag(number);
        if (eTag.isEmpty() || random.nextInt(3) == 0) {
            return put(hot, number, smallSize(), Condition.IF_NONE_MATCH);
        }
        return random.nextInt(6) == 0
                ? delete(hot.key(number), Condition.ifMatch(eTag))
                : put(hot, number, smallSize(), Condition.ifMatch(eTag));
    }

    private void useCold() {
        int number = random.nextInt(cold.count());
        int dice = random.nextInt(20);
        if (dice < 9) {
            request(() -> get(cold, number));
        } else if (dice < 17) {
            request(() -> put(cold, number, smallSize(), Condition.NONE));
        } else if (dice < 19) {
            request(() -> put(cold, number, MIB + random.nextLong(3 * MIB), Condition.NONE));
        } else {
            request(() -> delete(cold.key(number), Condition.NONE));
        }
    }

    /** Mostly kept in the record, sometimes in a block. */
    private long smallSize() {
        return random.nextInt(8) == 0 ? INLINE_MAX + 1 + random.nextLong(80_000) : random.nextLong(6_000);
    }

    private interface Request {
        Outcome attempt();
    }

    private void request(Request request) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (attempt > 0) {
                Await.pass(Duration.ofMillis(Math.min(PAUSE_MILLIS_MAX, PAUSE_MILLIS << attempt)));
            }
            Outcome outcome = request.attempt();
            counts.add(outcome);
            if (!outcome.equals(Outcome.UNKNOWN) && !outcome.equals(Outcome.REFUSED)) {
                return;
            }
            if (!goesOn.getAsBoolean()) {
                return;
            }
        }
        counts.failedRequest();
    }

    private Outcome get(LoadKeys keys, int number) {
        String key = keys.key(number);
        Books.Attempt attempt = books.get(name, key);
        Outcome outcome = door().get(key);
        attempt.end(outcome);
        keys.saw(number, outcome.eTag() == null ? "" : outcome.eTag());
        return outcome;
    }

    private Outcome head(String key) {
        Books.Attempt attempt = books.head(name, key);
        Outcome outcome = door().head(key);
        attempt.end(outcome);
        return outcome;
    }

    private Outcome put(LoadKeys keys, int number, long size, Condition condition) {
        String key = keys.key(number);
        // Eight bytes and the size make a body of its own.
        TestBody body = new TestBody(Math.max(Long.BYTES, size), BODY_SEEDS.incrementAndGet());
        Version version = S3Door.version(body);
        Books.Attempt attempt = books.put(name, key, version, condition);
        Outcome outcome = door().put(key, body, condition);
        attempt.end(outcome);
        if (outcome.equals(Outcome.DONE)) {
            keys.saw(number, version.eTag());
        }
        return outcome;
    }

    private Outcome delete(String key, Condition condition) {
        Books.Attempt attempt = books.delete(name, key, condition);
        Outcome outcome = door().delete(key, condition);
        attempt.end(outcome);
        return outcome;
    }

    /** Any of those that listened lately; any at all if none did. */
    private S3Door door() {
        List<S3Door> open = doors.stream().filter(door -> !door.isAvoided()).toList();
        List<S3Door> choice = open.isEmpty() ? doors : open;
        return choice.get(random.nextInt(choice.size()));
    }
}

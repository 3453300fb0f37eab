package io.chordata.node.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sixteen clients and one that lists, over all nodes of a cluster: half of the operations on 50 hot keys, a third of those
 * conditional, the rest on many keys with bodies of some bytes to 4 MiB. Everything is in the {@link Books}.
 */
final class ClusterLoad implements AutoCloseable {
    static final String BUCKET = "load";
    private static final int CLIENTS = 16;
    private static final int HOT_KEYS = 50;
    private static final int COLD_KEYS = 300;
    private static final int PAGE_KEYS = 100;
    private static final Duration DEADLINE = Duration.ofSeconds(100);
    private static final Duration BETWEEN_LISTINGS = Duration.ofMillis(500);
    /** Between a client's requests, so that a load on few cores is no test of overload. */
    private static final Duration THINK = Duration.ofMillis(Integer.getInteger("chordata.think", 40));

    private final Books books;
    private final LoadKeys hot;
    private final LoadKeys cold;
    private final List<S3Door> doors = new CopyOnWriteArrayList<>();
    private final LoadCounts counts = new LoadCounts();
    private final SplittableRandom random;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong listings = new AtomicLong();
    private volatile boolean isRunning;

    ClusterLoad(Books books, SplittableRandom random) {
        this.books = books;
        this.random = random;
        this.hot = new LoadKeys(books, "hot/", HOT_KEYS);
        this.cold = new LoadKeys(books, "cold/", COLD_KEYS);
    }

    Books books() {
        return books;
    }

    LoadKeys hot() {
        return hot;
    }

    LoadKeys cold() {
        return cold;
    }

    LoadCounts counts() {
        return counts;
    }

    Duration think() {
        return THINK;
    }

    List<S3Door> doors() {
        return doors;
    }

    long listings() {
        return listings.get();
    }

    /** Clients may ask this node, too. */
    S3Door add(ChordataProcess process) {
        S3Door door = new S3Door(process, BUCKET, counts);
        doors.add(door);
        return door;
    }

    /** No client asks it any more. */
    void remove(S3Door door) {
        doors.remove(door);
    }

    void start() {
        isRunning = true;
        for (int client = 0; client < CLIENTS; client++) {
            String name = "client-" + client;
            threads.add(new Thread(new LoadClient(name, this, () -> isRunning, random.split()), name));
        }
        SplittableRandom lister = random.split();
        threads.add(new Thread(() -> list(lister), "lister"));
        threads.forEach(Thread::start);
    }

    private void list(SplittableRandom choices) {
        while (isRunning) {
            try {
                doors.get(choices.nextInt(doors.size()))
                        .checkListing(books.listings(), PAGE_KEYS)
                        .forEach(complaint -> counts.wrong("listing: " + complaint));
                listings.incrementAndGet();
            } catch (IOException noPage) {
                // counts for nothing: the next one may find a node that answers
            }
            Await.pass(BETWEEN_LISTINGS);
        }
    }

    /** Waits until so many attempts more were answered. */
    void awaitAnswers(int more) {
        long goal = counts.answered() + more;
        Await.until(more + " answers, after " + counts, DEADLINE, () -> counts.answered() >= goal);
    }

    /** Returns when no client waits for an answer any more. */
    void stop() {
        isRunning = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        threads.clear();
    }

    /** For a load that goes on after an audit. */
    void renewKeys() {
        hot.renew();
        cold.renew();
    }

    @Override
    public void close() {
        stop();
    }
}

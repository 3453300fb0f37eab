package io.chordata.node.process;

import io.chordata.node.history.LedgerReport;
import io.chordata.node.history.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * After a load: every key is read through every node and is what the ledger says, listings are complete, each key's history,
 * these reads included, is linearizable.
 */
final class ClusterAudit {
    private static final int READERS = 8;
    private static final int PAGE_KEYS = 250;
    private static final int LISTING_ATTEMPTS = 10;
    private static final Duration READ_DEADLINE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Books books;
    private final List<S3Door> doors;
    private final List<String> findings = new ArrayList<>();

    private ClusterAudit(Books books, List<S3Door> doors) {
        this.books = books;
        this.doors = doors;
    }

    /** What is wrong. No client may be at work, nothing of theirs may still happen, and the keys are never to be used again. */
    static List<String> findings(Books books, List<S3Door> doors) {
        ClusterAudit audit = new ClusterAudit(books, doors);
        for (int number = 0; number < doors.size(); number++) {
            audit.throughDoor(number);
        }
        audit.findings.addAll(books.judge());
        return audit.findings;
    }

    private void throughDoor(int number) {
        Map<String, Future<Optional<String>>> bodies = readAll(number);
        LedgerReport report = books.verify(key -> of(bodies, key));
        report.findings().forEach(finding -> findings.add("through node " + number + ": " + finding));
        listing(number).forEach(complaint -> findings.add("listing of node " + number + ": " + complaint));
    }

    private static Optional<String> of(Map<String, Future<Optional<String>>> bodies, String key) throws IOException {
        Future<Optional<String>> body = bodies.get(key);
        if (body == null) {
            throw new IllegalStateException(key + " was written during the audit");
        }
        try {
            return body.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All have ended when this returns. */
    private Map<String, Future<Optional<String>>> readAll(int number) {
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            Map<String, Callable<Optional<String>>> reads = new HashMap<>();
            books.keys().forEach(key -> reads.put(key, () -> read(number, key)));
            List<String> keys = List.copyOf(reads.keySet());
            List<Future<Optional<String>>> done =
                    readers.invokeAll(keys.stream().map(reads::get).toList());
            Map<String, Future<Optional<String>>> bodies = new HashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                bodies.put(keys.get(i), done.get(i));
            }
            return bodies;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            readers.shutdownNow();
        }
    }

    /** The first answer that there is. */
    private Optional<String> read(int number, String key) throws IOException {
        boolean isOpen = books.isOpen(key);
        long end = System.nanoTime() + READ_DEADLINE.toNanos();
        Outcome outcome = Outcome.UNKNOWN;
        while (System.nanoTime() - end < 0) {
            Books.Attempt attempt = isOpen ? books.get("audit-" + number, key) : null;
            outcome = doors.get(number).get(key);
            if (attempt != null) {
                attempt.end(outcome);
            }
            if (outcome.body() != null) {
                return Optional.of(outcome.body());
            }
            if (outcome.equals(Outcome.MISSING)) {
                return Optional.empty();
            }
            isOpen = isOpen && books.hasRoom(key);
            Await.pass(PAUSE);
        }
        throw new IOException("no answer within " + READ_DEADLINE + ", the last was " + outcome);
    }

    private List<String> listing(int number) {
        for (int attempt = 0; attempt < LISTING_ATTEMPTS; attempt++) {
            try {
                return doors.get(number).checkListing(books.listings(), PAGE_KEYS);
            } catch (IOException noPage) {
                Await.pass(PAUSE);
            }
        }
        return List.of("no listing in " + LISTING_ATTEMPTS + " attempts");
    }
}

package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.history.Condition;
import io.chordata.node.history.Outcome;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Twenty conditional puts of one key at once, each with a body of its own, through all nodes; the node that leads the key's
 * partition is killed meanwhile. First all want to be the first, then all want to replace what they saw; in the end the key is
 * deleted. The books tell if any of them happened twice.
 */
final class KeyRaces {
    private static final int RACERS = 20;
    private static final int BODY_BYTES = 500;
    private static final int KILL_MILLIS_MAX = 60;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final ClusterTrial trial;
    private final List<S3Door> doors;
    private final ExecutorService racers = Executors.newFixedThreadPool(RACERS);
    private int unknown;
    private int won;
    private int bodies;

    KeyRaces(ClusterTrial trial) {
        this.trial = trial;
        this.doors = trial.load().doors();
    }

    /** So many races of each kind. */
    void run(int races) {
        try {
            for (int race = 0; race < races; race++) {
                race("race/" + race);
            }
        } finally {
            racers.shutdownNow();
        }
        Figures.note(String.format(
                "%d nodes, %d races of %d conditional puts of one key, its leader killed in each: %d had a winner that was told,"
                        + " %d puts of unknown outcome, none had two winners",
                trial.cluster().count(), 2 * races, RACERS, won, unknown));
    }

    private void race(String key) {
        raceAndKill(key, Condition.IF_NONE_MATCH, leaderOfAbsent(key));
        Outcome seen = read(key);
        if (seen.eTag() != null) {
            raceAndKill(key, Condition.ifMatch(seen.eTag()), leader(key));
            read(key);
        }
        delete(key);
        read(key);
    }

    /** Where a record is can be asked of one that exists. */
    private int leaderOfAbsent(String key) {
        Await.until(
                "the first put of " + key,
                DEADLINE,
                () -> put(trial.random().nextInt(RACERS), key, bodies++, Condition.NONE)
                        .equals(Outcome.DONE));
        int leader = leader(key);
        delete(key);
        return leader;
    }

    private void delete(String key) {
        Await.until("the delete of " + key, DEADLINE, () -> {
            Books.Attempt attempt = trial.books().delete("deleter", key, Condition.NONE);
            Outcome outcome = door().delete(key, Condition.NONE);
            attempt.end(outcome);
            return outcome.equals(Outcome.DONE);
        });
    }

    private void raceAndKill(String key, Condition condition, int leader) {
        int first = bodies;
        bodies += RACERS;
        List<CompletableFuture<Outcome>> puts = IntStream.range(0, RACERS)
                .mapToObj(
                        racer -> CompletableFuture.supplyAsync(() -> put(racer, key, first + racer, condition), racers))
                .toList();
        Await.pass(Duration.ofMillis(trial.random().nextInt(KILL_MILLIS_MAX)));
        trial.cluster().process(leader).kill();
        List<Outcome> outcomes = puts.stream().map(CompletableFuture::join).toList();
        trial.cluster().restart(leader);
        trial.cluster().awaitReady(leader);
        Map<Outcome, Long> counts =
                outcomes.stream().collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
        long winners = counts.getOrDefault(Outcome.DONE, 0L);
        assertThat(winners)
                .as("%s %s: %s%s", key, condition, counts, trial.cluster().logs())
                .isLessThan(2);
        won += (int) winners;
        unknown += Math.toIntExact(counts.getOrDefault(Outcome.UNKNOWN, 0L));
    }

    private Outcome put(int racer, String key, int number, Condition condition) {
        TestBody body = new TestBody(BODY_BYTES, Long.MIN_VALUE + number);
        Books.Attempt attempt = trial.books().put("racer-" + racer, key, S3Door.version(body), condition);
        Outcome outcome = doors.get(racer % doors.size()).put(key, body, condition);
        attempt.end(outcome);
        return outcome;
    }

    private Outcome read(String key) {
        List<Outcome> last = new ArrayList<>();
        Await.until("an answer for " + key, DEADLINE, () -> {
            Books.Attempt attempt = trial.books().get("reader", key);
            Outcome outcome = door().get(key);
            attempt.end(outcome);
            last.add(outcome);
            return !outcome.equals(Outcome.UNKNOWN) && !outcome.equals(Outcome.REFUSED);
        });
        return last.get(last.size() - 1);
    }

    private S3Door door() {
        return doors.get(trial.random().nextInt(doors.size()));
    }

    private int leader(String key) {
        ClusterProcesses cluster = trial.cluster();
        int[] found = {-1};
        Await.until("a leader for " + key, DEADLINE, () -> {
            String leader = leaderId(key);
            found[0] = cluster.all().stream()
                    .filter(number -> cluster.id(number).equals(leader))
                    .findFirst()
                    .orElse(-1);
            return found[0] >= 0;
        });
        return found[0];
    }

    /** Empty where nobody says. */
    private String leaderId(String key) {
        try {
            return LeaderKill.place(trial.cluster(), 0, ClusterLoad.BUCKET, key).getString("leader", "");
        } catch (UncheckedIOException notAnswered) {
            return "";
        }
    }
}

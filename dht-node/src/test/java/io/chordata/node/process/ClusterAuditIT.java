package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.history.Condition;
import io.chordata.node.history.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the runs of clusters are judged by says nothing of a node that keeps its word, and finds the lie that is planted. */
class ClusterAuditIT {
    private static final long SEED = Long.getLong("chordata.seed", System.nanoTime());
    private static final int ANSWERS = 300;
    private static final TestBody BODY = new TestBody(5_000, -1);

    @TempDir
    Path folder = Path.of("set by JUnit");

    @Test
    void lie_plantedAmongTheAnswersOfANode_isFoundAlone() throws IOException {
        try (ClusterProcesses cluster = ClusterProcesses.start(1);
                Books books = Books.keptIn(folder.resolve("ledger"));
                ClusterLoad load = new ClusterLoad(books, new SplittableRandom(SEED))) {
            new SignedHttp(cluster.process(0)).makeBucket(ClusterLoad.BUCKET);
            S3Door door = load.add(cluster.process(0));
            load.start();
            load.awaitAnswers(ANSWERS);
            cluster.process(0).kill();
            cluster.restart(0);
            cluster.awaitReady(0);
            load.awaitAnswers(ANSWERS);
            load.stop();
            assertThat(load.counts().wrongAnswers()).isEmpty();
            assertThat(ClusterAudit.findings(books, load.doors()))
                    .as("seed %s, %s", SEED, load.counts())
                    .isEmpty();
            Figures.note("one node, killed once: " + load.counts() + ", " + load.listings() + " listings, "
                    + books.keysJudged() + " keys linearizable");

            plantLies(books, door);
            List<String> findings = ClusterAudit.findings(books, load.doors());
            assertThat(findings).as("seed %s", SEED).hasSize(7);
            assertThat(String.join("\n", findings))
                    .contains("LOST lie/put", "lie/put: the first", "lie/put is missing")
                    .contains("RESURRECTED lie/deleted", "lie/deleted: the first", "lie/deleted is listed")
                    .contains("lie/read: the first");
        }
    }

    private static void plantLies(Books books, S3Door door) {
        // an acknowledgement never given
        books.put("liar", "lie/put", S3Door.version(BODY), Condition.NONE).end(Outcome.DONE);
        // a delete that did not happen
        put(books, door, "lie/deleted");
        books.delete("liar", "lie/deleted", Condition.NONE).end(Outcome.DONE);
        // a read that sees nothing where something is
        put(books, door, "lie/read");
        books.get("liar", "lie/read").end(Outcome.MISSING);
    }

    private static void put(Books books, S3Door door, String key) {
        Books.Attempt attempt = books.put("liar", key, S3Door.version(BODY), Condition.NONE);
        attempt.end(door.put(key, BODY, Condition.NONE));
    }
}

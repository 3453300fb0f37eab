package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cluster of processes under load, what is done to it meanwhile, and the audit afterwards. */
final class ClusterTrial implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterTrial.class);
    /** Before and after what is done to it. */
    private static final int ANSWERS = 200;
    /** Longer than a node tries to bring about what was asked of it. */
    private static final Duration SETTLE = Duration.ofSeconds(8);

    private static final double ANSWERED_SHARE_MIN = 0.7;

    private final ClusterProcesses cluster;
    private final Books books;
    private final ClusterLoad load;
    private final long seed;
    private final SplittableRandom random;

    private ClusterTrial(ClusterProcesses cluster, Books books, long seed) {
        this.cluster = cluster;
        this.books = books;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.load = new ClusterLoad(books, random.split());
    }

    /** @param folder for the ledger */
    static ClusterTrial start(Path folder, ClusterProcesses cluster, long seed) throws IOException {
        LOG.info("seed {}{}", seed, cluster.logs());
        ClusterTrial trial = new ClusterTrial(cluster, Books.keptIn(folder.resolve("ledger")), seed);
        trial.makeBucket();
        cluster.all().forEach(number -> trial.load.add(cluster.process(number)));
        return trial;
    }

    private void makeBucket() {
        new SignedHttp(cluster.process(0)).awaitBucket(ClusterLoad.BUCKET);
    }

    ClusterProcesses cluster() {
        return cluster;
    }

    ClusterLoad load() {
        return load;
    }

    Books books() {
        return books;
    }

    SplittableRandom random() {
        return random;
    }

    int anyNode() {
        return random.nextInt(cluster.count());
    }

    interface Faults {
        void happen() throws IOException;
    }

    /** All of it: load, faults, full redundancy, audit. What the clients saw goes into the figures. */
    void run(String what, Faults faults) throws IOException {
        load.counts().reset();
        long acknowledgedBefore = books.acknowledgements();
        load.start();
        try {
            load.awaitAnswers(ANSWERS);
            faults.happen();
            load.awaitAnswers(ANSWERS);
        } finally {
            load.stop();
        }
        audit(what);
        Figures.note(String.format(
                "%s: %s; %d writes acknowledged, 0 lost; %d histories linearizable so far, seed %d",
                what, load.counts(), books.acknowledgements() - acknowledgedBefore, books.keysJudged(), seed));
    }

    /** Faults without the load, and the audit. */
    void audited(String what, Faults faults) throws IOException {
        faults.happen();
        audit(what);
    }

    private void audit(String what) {
        cluster.awaitRedundant();
        Await.pass(SETTLE);
        assertThat(load.counts().wrongAnswers())
                .as("answers during %s, seed %s%s", what, seed, cluster.logs())
                .isEmpty();
        assertThat(ClusterAudit.findings(books, load.doors()))
                .as("audit after %s, seed %s, %s%s", what, seed, load.counts(), cluster.logs())
                .isEmpty();
        load.renewKeys();
    }

    void assertMostWasAnswered() {
        assertThat(load.counts().answeredShare()).as(load.counts().toString()).isGreaterThan(ANSWERED_SHARE_MIN);
    }

    @Override
    public void close() {
        try (cluster;
                books) {
            load.close();
        }
    }
}

package io.chordata.client.cli;

import io.chordata.client.ChordataClient;
import io.chordata.client.files.S3Name;
import io.chordata.client.model.DeleteObjectsResult;
import java.util.ArrayList;
import java.util.List;

/** Deletes keys of a bucket, a thousand in one request, a few requests at a time. Blocks; belongs to one thread. */
final class Deletions implements AutoCloseable {
    private static final int BATCH = 1_000;
    private static final int PARALLEL = 4;

    private final ChordataClient client;
    private final String bucket;
    private final Report report;
    private final boolean dryRun;
    private final InFlight inFlight = new InFlight(PARALLEL);
    private List<String> batch = new ArrayList<>();

    Deletions(ChordataClient client, String bucket, Report report, boolean dryRun) {
        this.client = client;
        this.bucket = bucket;
        this.report = report;
        this.dryRun = dryRun;
    }

    void add(String key) {
        if (dryRun) {
            report.planned("rm", name(key), null, 0);
            return;
        }
        batch.add(key);
        if (batch.size() == BATCH) {
            send();
        }
    }

    private void send() {
        List<String> keys = batch;
        batch = new ArrayList<>();
        inFlight.add(client.deleteObjects(bucket, keys), outcome -> {
            if (outcome.succeeded()) {
                tell(outcome.result());
            } else {
                keys.forEach(key -> report.failed("rm", name(key), outcome.cause()));
            }
        });
    }

    private void tell(DeleteObjectsResult result) {
        result.deleted().forEach(key -> report.done("rm", name(key), null, 0));
        result.failures()
                .forEach(failure ->
                        report.failed("rm", name(failure.key()), Outcome.NOT_DONE, failure.code(), failure.message()));
    }

    private String name(String key) {
        return new S3Name(bucket, key).toString();
    }

    /** Returns when all is done. */
    @Override
    public void close() {
        if (!batch.isEmpty()) {
            send();
        }
        inFlight.awaitAll();
    }
}

package io.chordata.node.cli;

import io.chordata.node.admin.EventLog;
import io.chordata.node.admin.NodeMeters;
import io.chordata.node.admin.S3Meters;
import io.chordata.node.core.NodeId;
import io.chordata.node.s3.S3Observer;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the S3 port tells. */
final class S3Watch implements S3Observer {
    private static final int FAILED_FROM = 500;

    private final S3Meters meters;
    private final RecentLatencies latencies = new RecentLatencies();
    private final LongAdder requests = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();

    S3Watch(NodeMeters meters) {
        this.meters = new S3Meters(meters);
    }

    @Override
    public void onAnswer(String operation, int status, String code, long bytesIn, long bytesOut, long nanos) {
        meters.answered(operation, status, bytesIn, bytesOut, nanos);
        latencies.note(operation, nanos);
        requests.increment();
        received.add(bytesIn);
        sent.add(bytesOut);
        if (status >= FAILED_FROM) {
            failed.increment();
        }
    }

    @Override
    public void onConnectionRefused() {
        meters.connectionRefused();
    }

    /** What was since the call before. */
    void tell(EventLog events, long wallMillis, NodeId own) {
        events.traffic(
                wallMillis,
                own,
                requests.sumThenReset(),
                failed.sumThenReset(),
                received.sumThenReset(),
                sent.sumThenReset(),
                latencies.takeAll());
    }
}

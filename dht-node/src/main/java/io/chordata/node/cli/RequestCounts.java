package io.chordata.node.cli;

import io.chordata.node.ring.status.FlowReport.Requests;
import java.util.concurrent.atomic.LongAdder;

/** S3 requests since somebody last asked. Safe for use by many threads. */
final class RequestCounts {
    private static final int FAILED_FROM = 500;

    private final RecentLatencies latencies = new RecentLatencies();
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();

    void note(String operation, int status, long bytesIn, long bytesOut, long nanos) {
        latencies.note(operation, nanos);
        answered.increment();
        received.add(bytesIn);
        sent.add(bytesOut);
        if (status >= FAILED_FROM) {
            failed.increment();
        }
    }

    Requests take() {
        return new Requests(
                answered.sumThenReset(),
                failed.sumThenReset(),
                received.sumThenReset(),
                sent.sumThenReset(),
                latencies.takeAll());
    }
}

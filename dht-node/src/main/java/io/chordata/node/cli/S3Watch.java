package io.chordata.node.cli;

import io.chordata.node.admin.EventLog;
import io.chordata.node.admin.EventLog.OperationTraffic;
import io.chordata.node.admin.NodeMeters;
import io.chordata.node.admin.S3Meters;
import io.chordata.node.core.NodeId;
import io.chordata.node.ring.status.FlowReport.Requests;
import io.chordata.node.s3.S3Observer;

/** Counts what the S3 port tells. */
final class S3Watch implements S3Observer {
    private final S3Meters meters;
    private final RequestCounts forEvents = new RequestCounts();
    private final RequestCounts forFlows = new RequestCounts();

    S3Watch(NodeMeters meters) {
        this.meters = new S3Meters(meters);
    }

    @Override
    public void onAnswer(String operation, int status, String code, long bytesIn, long bytesOut, long nanos) {
        meters.answered(operation, status, bytesIn, bytesOut, nanos);
        forEvents.note(operation, status, bytesIn, bytesOut, nanos);
        forFlows.note(operation, status, bytesIn, bytesOut, nanos);
    }

    @Override
    public void onConnectionRefused() {
        meters.connectionRefused();
    }

    /** What was since the call before. */
    void tell(EventLog events, long wallMillis, NodeId own) {
        Requests requests = forEvents.take();
        events.traffic(
                wallMillis,
                own,
                requests.answered(),
                requests.failed(),
                requests.receivedBytes(),
                requests.sentBytes(),
                requests.operations().entrySet().stream()
                        .map(operation -> new OperationTraffic(
                                operation.getKey(),
                                operation.getValue().all(),
                                operation.getValue().quantileMicros(50),
                                operation.getValue().quantileMicros(99)))
                        .toList());
    }

    /** Nobody listens, and what is told next is of the time from here on. */
    void tellNobody() {
        forEvents.take();
    }

    /** What was since the call before, apart from those of events. */
    Requests take() {
        return forFlows.take();
    }
}

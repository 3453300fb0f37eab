package io.chordata.node.cli;

import io.chordata.node.admin.NodeMeters;
import io.chordata.node.admin.S3Meters;
import io.chordata.node.s3.S3Observer;

/** Counts what the S3 port tells. */
final class S3Watch implements S3Observer {
    private final S3Meters meters;

    S3Watch(NodeMeters meters) {
        this.meters = new S3Meters(meters);
    }

    @Override
    public void onAnswer(String operation, int status, String code, long bytesIn, long bytesOut, long nanos) {
        meters.answered(operation, status, bytesIn, bytesOut, nanos);
    }

    @Override
    public void onConnectionRefused() {
        meters.connectionRefused();
    }
}

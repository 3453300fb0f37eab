package io.chordata.node.ring.status;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peers;
import io.chordata.node.ring.status.StatusQuestion.AskFlows;
import io.chordata.node.ring.status.StatusQuestion.AskLookup;
import io.chordata.node.ring.status.StatusQuestion.AskPartitions;
import io.chordata.node.ring.status.StatusQuestion.AskPositions;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Answers what other nodes ask about this one. What it does not understand it refuses. */
final class StatusResponder implements Peers.Receiver {
    private final OwnRing own;

    StatusResponder(OwnRing own) {
        this.own = own;
    }

    /** Every question wants an answer. */
    @Override
    public void onMessage(NodeId from, Buffer message) {}

    @Override
    public Future<Buffer> onCall(NodeId from, Buffer request) {
        StatusQuestion question = StatusCodec.question(request);
        if (question instanceof AskLookup lookup) {
            return own.lookup(lookup.id(), lookup.viaFingers()).map(StatusCodec::encode);
        }
        if (question instanceof AskPartitions partitions) {
            return own.partitions().map(all -> partitionsFrom(all, partitions.fromNumber()));
        }
        if (question instanceof AskFlows) {
            return Future.succeededFuture(StatusCodec.encode(own.flows()));
        }
        AskPositions asked = (AskPositions) question;
        return own.positions(asked.withFingers()).map(all -> positionsFrom(all, asked.fromIndex()));
    }

    private static Buffer partitionsFrom(List<PartitionReport> all, int fromNumber) {
        return StatusCodec.encodePartitions(all.stream()
                .filter(partition -> partition.partition().number() >= fromNumber)
                .toList());
    }

    private static Buffer positionsFrom(List<PositionReport> all, int fromIndex) {
        return StatusCodec.encodePositions(
                all.stream().filter(position -> position.index() >= fromIndex).toList());
    }
}

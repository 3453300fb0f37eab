package io.chordata.node.ring.status;

import com.google.protobuf.ByteString;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.status.FlowReport.Kind;
import io.chordata.node.ring.status.FlowReport.Link;
import io.chordata.node.ring.status.FlowReport.Requests;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Flows as part of {@code status.proto}. What decodes is possible in itself. */
final class FlowCodec {
    /** As S3 names operations: what a page or a terminal shows is never more than a word. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]{1,64}");

    private FlowCodec() {}

    static StatusProtos.Flows encode(FlowReport report) {
        Requests requests = report.requests();
        StatusProtos.Flows.Builder encoded = StatusProtos.Flows.newBuilder()
                .setMillis(report.millis())
                .setRequests(requests.answered())
                .setFailed(requests.failed())
                .setReceivedBytes(requests.receivedBytes())
                .setSentBytes(requests.sentBytes());
        requests.operations()
                .forEach((name, counts) -> encoded.addOperationsBuilder()
                        .setName(name)
                        .addAllCells(counts.byCell().keySet())
                        .addAllCounts(counts.byCell().values()));
        report.links()
                .forEach(link -> encoded.addLinksBuilder()
                        .setPeer(ByteString.copyFrom(link.peer().value().toBytes()))
                        .setKind(
                                switch (link.kind()) {
                                    case REPLICATION -> StatusProtos.LinkKind.REPLICATION;
                                    case REPAIR -> StatusProtos.LinkKind.REPAIR;
                                    case MOVEMENT -> StatusProtos.LinkKind.MOVEMENT;
                                })
                        .setBytes(link.bytes()));
        return encoded.build();
    }

    static FlowReport decode(StatusProtos.Flows flows) {
        SortedMap<String, LatencyCounts> operations = new TreeMap<>();
        for (StatusProtos.OperationFlow operation : flows.getOperationsList()) {
            if (!NAME.matcher(operation.getName()).matches()
                    || operations.put(operation.getName(), counts(operation)) != null) {
                throw new IllegalArgumentException("an operation without a name of its own");
            }
        }
        List<Link> links = flows.getLinksList().stream().map(FlowCodec::link).toList();
        return new FlowReport(
                flows.getMillis(),
                new Requests(
                        flows.getRequests(),
                        flows.getFailed(),
                        flows.getReceivedBytes(),
                        flows.getSentBytes(),
                        operations),
                links);
    }

    private static LatencyCounts counts(StatusProtos.OperationFlow operation) {
        if (operation.getCellsCount() != operation.getCountsCount()) {
            throw new IllegalArgumentException("not as many counts as cells");
        }
        SortedMap<Integer, Long> byCell = new TreeMap<>();
        for (int i = 0; i < operation.getCellsCount(); i++) {
            byCell.put(operation.getCells(i), operation.getCounts(i));
        }
        return new LatencyCounts(byCell);
    }

    private static Link link(StatusProtos.LinkFlow link) {
        Kind kind = switch (link.getKind()) {
            case REPLICATION -> Kind.REPLICATION;
            case REPAIR -> Kind.REPAIR;
            case MOVEMENT -> Kind.MOVEMENT;
            case UNRECOGNIZED -> throw new IllegalArgumentException("an unknown kind of flow");
        };
        if (link.getPeer().size() != Uint128.BYTES) {
            throw new IllegalArgumentException("an id has " + Uint128.BYTES + " bytes");
        }
        return new Link(new NodeId(Uint128.fromBytes(link.getPeer().toByteArray(), 0)), kind, link.getBytes());
    }
}

package io.chordata.client.cli;

import io.chordata.client.admin.Cluster;
import io.chordata.client.admin.Node;
import java.util.List;

/** The cluster at one moment, as text. */
final class StatusText {
    private StatusText() {}

    static String of(Cluster cluster, List<Node> nodes) {
        NodeNames names = new NodeNames(nodes);
        Table table = new Table("node", "state", "zone", ">parts", ">leads", ">used", ">free", "s3", "id");
        for (Node node : nodes) {
            table.row(
                    names.of(node.id()),
                    Texts.lower(node.state()),
                    Texts.printable(node.zone()),
                    Texts.number(node.partitions()),
                    Texts.number(node.leaders()),
                    Texts.bytes(node.bytesUsed()),
                    Texts.bytes(node.bytesFree()),
                    node.s3(),
                    node.id());
        }
        return "cluster     " + cluster.clusterId() + " is " + Texts.lower(cluster.state()) + "\npartitions  "
                + cluster.partitions() + ", each with " + cluster.replication() + " or more copies; "
                + cluster.noMajority() + " without a majority, " + cluster.underReplicated() + " short of a copy, "
                + cluster.moving() + " moving\nnodes       " + cluster.nodes() + "; " + cluster.draining()
                + " draining, " + cluster.drained() + " drained\n\n" + table;
    }
}

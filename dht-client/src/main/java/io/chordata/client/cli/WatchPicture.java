package io.chordata.client.cli;

import io.chordata.client.admin.AdminEvent;
import io.chordata.client.admin.Cluster;
import io.chordata.client.admin.Node;
import io.chordata.client.admin.Partition;
import io.chordata.client.cli.TrafficRates.Rate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cluster at one moment, as a person watches it.
 *
 * @param atMillis when it was looked at
 * @param rates by node, where they are known
 * @param news oldest first
 * @param trouble why the rest is older than that; null if it is not
 */
record WatchPicture(
        long atMillis,
        Cluster cluster,
        List<Node> nodes,
        List<Partition> partitions,
        Map<String, Rate> rates,
        List<AdminEvent> news,
        @Nullable String trouble) {
    WatchPicture {
        nodes = List.copyOf(nodes);
        partitions = List.copyOf(partitions);
        rates = Map.copyOf(rates);
        news = List.copyOf(news);
    }

    WatchPicture withTrouble(String newTrouble) {
        return new WatchPicture(atMillis, cluster, nodes, partitions, rates, news, newTrouble);
    }
}

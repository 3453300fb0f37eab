package io.chordata.node.config;

import static io.chordata.node.config.Option.count;
import static io.chordata.node.config.Option.duration;
import static io.chordata.node.config.Option.flag;
import static io.chordata.node.config.Option.size;

import io.chordata.node.partition.move.MoveOptions;
import io.chordata.node.ring.RingOptions;
import io.chordata.node.ring.RingOptions.Routing;
import io.chordata.node.ring.directory.DirectoryOptions;
import io.chordata.node.ring.view.PlacementOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** The options of package {@code ring} and what is below it, and the records made of them. */
final class RingCatalogue {
    private static final PlacementOptions PLACEMENT = PlacementOptions.DEFAULT;
    private static final RingOptions RING = RingOptions.DEFAULT;
    private static final DirectoryOptions DIRECTORY = DirectoryOptions.DEFAULT;
    private static final int DECIMALS = 3;

    static final Option<Integer> POSITIONS = count(
            "positions",
            PLACEMENT.positions(),
            "Places on the ring of a founder. More: more even shares. Fewer: less to repair.");
    static final Option<BigDecimal> WEIGHT = Option.optional(
            "weight",
            OptionType.DECIMAL,
            "What this node takes, relative to others. Without: TiB of its disk at its first start.");
    static final Option<Integer> REPLICATION = count(
            "replication",
            PLACEMENT.replication(),
            "Nodes that hold each thing: 1, 3, 5 or 7. More: more may fail. The same at all nodes.");

    static final Option<Integer> SUCCESSORS = count(
            "ringSuccessors", RING.successorEntries(), "Length of successor lists. More: more neighbours may fail.");
    static final Option<Integer> SUCCESSOR_NODES =
            count("ringSuccessorNodes", RING.successorNodes(), "Other nodes that such a list names at least.");
    static final Option<Duration> BUSY_PERIOD =
            duration("ringBusyPeriod", RING.busyPeriodMillis(), "Between two stabilisations while anything changes.");
    static final Option<Duration> QUIET_PERIOD =
            duration("ringQuietPeriod", RING.quietPeriodMillis(), "The same once nothing changes any more.");
    static final Option<Duration> QUESTION = duration(
            "ringQuestion", RING.questionMillis(), "Without an answer for so long a neighbour counts as dead.");
    static final Option<Integer> ATTEMPTS =
            count("ringAttempts", RING.attempts(), "How often a question is sent within that time.");
    static final Option<Duration> DEAD_PERIOD =
            duration("ringDead", RING.deadMillis(), "How long a silent node is taken for dead unasked.");
    static final Option<Duration> HEDGE =
            duration("ringHedge", RING.hedgeMillis(), "Without an answer for so long a lookup asks another, too.");
    static final Option<Duration> HEAL_PERIOD =
            duration("ringHealPeriod", RING.healMillis(), "Between two questions for another ring.");
    static final Option<Integer> CACHE =
            count("ringCache", RING.cacheEntries(), "Arcs remembered by lookups. More: more lookups of one hop.");
    static final Option<Boolean> ROUTE_BY_LISTS =
            flag("ringRouteByLists", RING.routing().lists(), "Lookups use successor lists for all hops.");
    static final Option<Boolean> ROUTE_BY_CACHE =
            flag("ringRouteByCache", RING.routing().cache(), "Lookups use what earlier ones met.");
    static final Option<Boolean> ROUTE_BY_DIRECTORY =
            flag("ringRouteByDirectory", RING.routing().directory(), "Lookups use the directory of nodes.");

    static final Option<Duration> PROBE_PERIOD = duration(
            "directoryProbePeriod",
            DIRECTORY.probePeriodMillis(),
            "How often a node probes another. Less: costs more.");
    static final Option<Duration> PROBE_TIMEOUT = duration(
            "directoryProbeTimeout", DIRECTORY.probeTimeoutMillis(), "After this others are asked to probe, too.");
    static final Option<Integer> INDIRECT_PROBES = Option.of(
            "directoryIndirectProbes",
            OptionType.number(0, Option.MANY),
            DIRECTORY.indirectProbes(),
            "How many others. More bear more loss.");
    static final Option<Integer> SUSPICION = count(
            "directorySuspicion",
            DIRECTORY.suspicionMultiplier(),
            "Periods, times log10 of the nodes, for a suspect to object.");
    static final Option<Integer> SUSPICION_FACTOR =
            count("directorySuspicionFactor", DIRECTORY.suspicionMaxFactor(), "How much longer while nobody confirms.");
    static final Option<Integer> SUSPICION_CONFIRMATIONS = Option.of(
            "directorySuspicionConfirmations",
            OptionType.number(0, Option.MANY),
            DIRECTORY.suspicionConfirmations(),
            "How many confirm until the time is shortest.");
    static final Option<Duration> GOSSIP_PERIOD =
            duration("directoryGossipPeriod", DIRECTORY.gossipPeriodMillis(), "How often news goes to one more node.");
    static final Option<Integer> GOSSIP = count(
            "directoryGossip",
            DIRECTORY.gossipMultiplier(),
            "Times, by the logarithm of the nodes, that news is sent.");
    static final Option<DataSize> GOSSIP_SIZE =
            size("directoryGossipSize", DIRECTORY.gossipBytesMax(), "News that one message takes along.");
    static final Option<Duration> EXCHANGE_PERIOD = duration(
            "directoryExchangePeriod", DIRECTORY.exchangePeriodMillis(), "How often whole tables are compared.");
    static final Option<DataSize> EXCHANGE_SIZE =
            size("directoryExchangeSize", DIRECTORY.exchangeBytesMax(), "One piece of that comparison.");
    static final Option<Duration> RECONNECT_PERIOD = duration(
            "directoryReconnectPeriod", DIRECTORY.reconnectPeriodMillis(), "How often a node that is down is tried.");
    static final Option<Duration> IMAGE_PERIOD = duration(
            "directoryImagePeriod", DIRECTORY.imagePeriodMillis(), "How often the table goes to disk, at most.");
    static final Option<Duration> FORGET_AFTER = duration(
            "directoryForgetAfter",
            DIRECTORY.forgetAfterMillis(),
            "When a node that is down and held nothing is forgotten.");
    static final Option<Integer> NODES =
            count("directoryNodes", DIRECTORY.nodesMax(), "Nodes that the table takes, about 1 KiB each.");

    static final List<Option<?>> ALL = List.of(
            POSITIONS,
            WEIGHT,
            REPLICATION,
            OptionCatalogue.REPLACE_AFTER,
            OptionCatalogue.MOVE_AFTER,
            OptionCatalogue.MOVES,
            SUCCESSORS,
            SUCCESSOR_NODES,
            BUSY_PERIOD,
            QUIET_PERIOD,
            QUESTION,
            ATTEMPTS,
            DEAD_PERIOD,
            HEDGE,
            HEAL_PERIOD,
            CACHE,
            ROUTE_BY_LISTS,
            ROUTE_BY_CACHE,
            ROUTE_BY_DIRECTORY,
            PROBE_PERIOD,
            PROBE_TIMEOUT,
            INDIRECT_PROBES,
            SUSPICION,
            SUSPICION_FACTOR,
            SUSPICION_CONFIRMATIONS,
            GOSSIP_PERIOD,
            GOSSIP,
            GOSSIP_SIZE,
            EXCHANGE_PERIOD,
            EXCHANGE_SIZE,
            RECONNECT_PERIOD,
            IMAGE_PERIOD,
            FORGET_AFTER,
            NODES);

    private RingCatalogue() {}

    static PlacementOptions placement(Settings settings) {
        return new PlacementOptions(
                settings.get(POSITIONS),
                settings.find(WEIGHT).map(RingCatalogue::thousandths).orElse(null),
                settings.get(REPLICATION),
                settings.millis(OptionCatalogue.REPLACE_AFTER));
    }

    static MoveOptions moves(Settings settings) {
        return MoveOptions.of(
                settings.millis(OptionCatalogue.MOVE_AFTER),
                settings.millis(OptionCatalogue.REPLACE_AFTER),
                settings.get(OptionCatalogue.MOVES));
    }

    static RingOptions ring(Settings settings) {
        return new RingOptions(
                settings.get(SUCCESSORS),
                settings.get(SUCCESSOR_NODES),
                settings.millis(BUSY_PERIOD),
                settings.millis(QUIET_PERIOD),
                settings.millis(QUESTION),
                settings.get(ATTEMPTS),
                settings.millis(DEAD_PERIOD),
                settings.millis(HEDGE),
                settings.millis(HEAL_PERIOD),
                settings.get(CACHE),
                new Routing(
                        settings.get(ROUTE_BY_LISTS), settings.get(ROUTE_BY_CACHE), settings.get(ROUTE_BY_DIRECTORY)));
    }

    static DirectoryOptions directory(Settings settings) {
        return new DirectoryOptions(
                settings.millis(PROBE_PERIOD),
                settings.millis(PROBE_TIMEOUT),
                settings.get(INDIRECT_PROBES),
                settings.get(SUSPICION),
                settings.get(SUSPICION_FACTOR),
                settings.get(SUSPICION_CONFIRMATIONS),
                settings.millis(GOSSIP_PERIOD),
                settings.get(GOSSIP),
                settings.intBytes(GOSSIP_SIZE),
                settings.millis(EXCHANGE_PERIOD),
                settings.intBytes(EXCHANGE_SIZE),
                settings.millis(RECONNECT_PERIOD),
                settings.millis(IMAGE_PERIOD),
                settings.millis(FORGET_AFTER),
                settings.get(NODES));
    }

    private static int thousandths(BigDecimal decimal) {
        try {
            return decimal.movePointRight(DECIMALS).intValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "a weight is 0.001 to 10000 with up to three decimals, got " + decimal.toPlainString());
        }
    }
}

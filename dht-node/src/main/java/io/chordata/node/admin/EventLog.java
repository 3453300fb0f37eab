package io.chordata.node.admin;

import io.chordata.node.core.Clock;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.NodeRecord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened in the cluster lately, as this node saw it, for {@code /v1/events}. The last few thousand events are kept, so
 * that a client that was away can go on where it was. Traffic, which is told each second, what neighbours and partitions do, and
 * what nodes do are kept apart, so that the many do not push out the few. Safe for use by many threads.
 *
 * <p>Shapes of the data, besides {@code time} in each:
 *
 * <pre>
 *   node      {change, node, name, state}; change: joined, left, suspect, down, alive_again or changed;
 *             state: as in /v1/nodes, or "forgotten"
 *   ring      {change: "view", version}: nodes or positions are others than before; /v1/ring and /v1/nodes have them
 *             {change: "pointers", node, positions: [id]}: neighbours of these positions of this node are others
 *             {change: "phase", node, phase}: how far this node has come with the ring
 *   leader    {partition, node, term}: another one leads it, or, where node is null, nobody that answers
 *   move      {partition, voters: [node], learners: [node], state}: who keeps it, or how it stands, is another than before
 *   repair    {node, blocks, bytes}: this node got so many blocks from others, as a new member or because it lacked them
 *   traffic   {node, requests, failed, bytesReceived, bytesSent, operations: [{name, requests, p50Micros, p99Micros}]}: of S3 at
 *             this node, since the one before, of about a second
 *   warning   {about: "ring" or "partitions", detail}: what the operator should know
 *             {about: "missed", detail, missed}: so many events are not kept any more; null: nobody knows how many
 * </pre>
 */
public final class EventLog {
    /** Of nodes and warnings; as many of partitions and the ring; and as many of traffic: more than an hour of it. */
    static final int KEPT_MAX = 4_096;

    private static final int RUN_DIGITS = 16;

    /** With more, an event would be larger than a client can need: it asks for all of the node's then. */
    private static final int POSITIONS_MAX = 64;

    private final String run;
    private final Clock clock;
    private final EventShelf few = new EventShelf(KEPT_MAX);
    private final EventShelf many = new EventShelf(KEPT_MAX);
    private final EventShelf traffic = new EventShelf(KEPT_MAX);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long last;

    /** @param id is its place in this log */
    record Event(long number, String id, String type, String data) {}

    /** @param run tells this log from those of other nodes and of other starts of this one */
    public EventLog(Uint128 run, Clock clock) {
        this.run = run.toString().substring(0, RUN_DIGITS);
        this.clock = clock;
    }

    /**
     * A node is another than before.
     *
     * @param change what became of it, as a constant is written
     * @param node as it is now; as it was, where it is forgotten
     */
    public void node(long wallMillis, Enum<?> change, NodeRecord node, boolean isForgotten) {
        JsonObject data = at(wallMillis)
                .put("change", lower(change))
                .put("node", node.node().toString())
                .put("name", node.name())
                .put("state", isForgotten ? "forgotten" : lower(node.state()));
        add("node", data);
    }

    public void view(long wallMillis, long version) {
        add("ring", at(wallMillis).put("change", "view").put("version", version));
    }

    /** Positions of this node have other neighbours. */
    public void pointers(long wallMillis, NodeId own, List<RingId> positions) {
        List<String> ids =
                positions.stream().limit(POSITIONS_MAX).map(RingId::toString).toList();
        JsonObject data = at(wallMillis)
                .put("change", "pointers")
                .put("node", own.toString())
                .put("positions", new JsonArray(ids));
        add("ring", data);
    }

    /** This node has come further with the ring, or to its end. */
    public void phase(long wallMillis, NodeId own, Enum<?> phase) {
        JsonObject data = at(wallMillis)
                .put("change", "phase")
                .put("node", own.toString())
                .put("phase", lower(phase));
        add("ring", data);
    }

    public void warning(long wallMillis, String detail) {
        warning(wallMillis, "ring", detail);
    }

    void warning(long wallMillis, String about, String detail) {
        add("warning", at(wallMillis).put("about", about).put("detail", detail));
    }

    void leader(long wallMillis, PartitionView partition) {
        JsonObject data = at(wallMillis)
                .put("partition", partition.partition())
                .put("node", partition.leader())
                .put("term", partition.term());
        add("leader", data);
    }

    void move(long wallMillis, PartitionView partition) {
        JsonObject data = at(wallMillis)
                .put("partition", partition.partition())
                .put("voters", new JsonArray(partition.voters()))
                .put("learners", new JsonArray(partition.learners()))
                .put("state", partition.state());
        add("move", data);
    }

    /** This node fetched blocks from others. */
    public void repair(long wallMillis, NodeId own, long blocks, long bytes) {
        JsonObject data =
                at(wallMillis).put("node", own.toString()).put("blocks", blocks).put("bytes", bytes);
        add("repair", data);
    }

    /** One operation of S3 lately. */
    public record OperationTraffic(String name, long requests, long p50Micros, long p99Micros) {
        private JsonObject toJson() {
            return new JsonObject()
                    .put("name", name)
                    .put("requests", requests)
                    .put("p50Micros", p50Micros)
                    .put("p99Micros", p99Micros);
        }
    }

    /** What S3 clients had of this node lately. */
    public void traffic(
            long wallMillis,
            NodeId own,
            long requests,
            long failed,
            long receivedBytes,
            long sentBytes,
            List<OperationTraffic> operations) {
        JsonObject data = at(wallMillis)
                .put("node", own.toString())
                .put("requests", requests)
                .put("failed", failed)
                .put("bytesReceived", receivedBytes)
                .put("bytesSent", sentBytes)
                .put(
                        "operations",
                        new JsonArray(operations.stream()
                                .map(OperationTraffic::toJson)
                                .toList()));
        add("traffic", data);
    }

    /** Whether somebody waits for what comes: what is noted often need not be noted for nobody. */
    public boolean isHeard() {
        return !listeners.isEmpty();
    }

    /** For one client only: it takes the place of the last event that the client missed. */
    Event missed(@Nullable Long count, long number) {
        String howMany = count == null ? "an unknown number of" : String.valueOf(count);
        JsonObject data = at(clock.wallMillis())
                .put("about", "missed")
                .put("detail", howMany + " events are not kept any more: ask for the whole picture again")
                .put("missed", count);
        return new Event(number, id(number), "warning", data.encode());
    }

    private static JsonObject at(long wallMillis) {
        return new JsonObject().put("time", wallMillis);
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private void add(String type, JsonObject data) {
        synchronized (this) {
            last++;
            shelf(type).add(new Event(last, id(last), type, data.encode()));
        }
        listeners.forEach(Runnable::run);
    }

    private EventShelf shelf(String type) {
        return switch (type) {
            case "traffic" -> traffic;
            case "node", "warning" -> few;
            default -> many;
        };
    }

    String id(long number) {
        return run + '-' + number;
    }

    synchronized long last() {
        return last;
    }

    /** The number of the newest event that is not kept any more; 0 for none. Old traffic counts for nothing: it is a figure. */
    synchronized long lost() {
        return Math.max(few.lost(), many.lost());
    }

    /** How many events behind that number are not kept any more, up to the last that {@link #lost} tells. */
    synchronized long lostBehind(long number) {
        long upTo = lost();
        long kept = shelves().mapToLong(shelf -> shelf.count(number, upTo)).sum();
        return Math.max(0, upTo - number - kept);
    }

    /** The highest number with no event that is kept between that one and it. */
    synchronized long beforeNext(long number) {
        List<Event> next = after(number, 1);
        return next.isEmpty() ? last : next.get(0).number() - 1;
    }

    /** Up to {@code max} events that are kept, the first behind the one of that number. */
    synchronized List<Event> after(long number, int max) {
        return shelves()
                .flatMap(shelf -> shelf.after(number, max).stream())
                .sorted(Comparator.comparingLong(Event::number))
                .limit(max)
                .toList();
    }

    private Stream<EventShelf> shelves() {
        return Stream.of(few, many, traffic);
    }

    /** The number of an event of this log that has been; null if the id is none. */
    @Nullable
    Long numberOf(String id) {
        if (!id.matches("[0-9a-f]{16}-[0-9]{1,18}") || !id.startsWith(run)) {
            return null;
        }
        long number = Long.parseLong(id.substring(run.length() + 1));
        return number <= last() ? number : null;
    }

    /** Calls it whenever there is something new, from any thread: it must be quick. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }
}

package io.chordata.client.cli;

import io.chordata.client.admin.AdminEvent;
import io.chordata.client.admin.Cluster;
import io.chordata.client.admin.Node;
import io.chordata.client.admin.NodeState;
import io.chordata.client.admin.Partition;
import io.chordata.client.cli.TrafficRates.Rate;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Draws a cluster on so many lines of so many characters: what is wrong stands first, and what has no room is counted. */
final class WatchView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final String NODE_FORMAT = "%-16s %-8s %-6s %5s %5s %6s %6s %6s %6s %6s";
    private static final int NAME_CHARS = 16;
    private static final int STATE_CHARS = 8;
    private static final int ZONE_CHARS = 6;
    /** A blank line, a title, and two lines. */
    private static final int SECTION_MIN = 4;

    private final WatchPicture picture;
    private final NodeNames names;
    private final TerminalSize size;
    private final ZoneId zone;

    private WatchView(WatchPicture picture, TerminalSize size, ZoneId zone) {
        this.picture = picture;
        this.names = new NodeNames(picture.nodes());
        this.size = size;
        this.zone = zone;
    }

    /** At most as many lines as there are rows, none longer than there are columns. */
    static List<String> lines(WatchPicture picture, TerminalSize size, ZoneId zone) {
        return new WatchView(picture, size, zone).lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(head());
        List<String> moves = moves();
        List<String> news = news();
        int room = size.rows() - lines.size();
        int forMoves = moves.isEmpty() ? 0 : SECTION_MIN;
        int forNews = news.isEmpty() ? 0 : SECTION_MIN;
        List<String> nodes = nodes(Math.max(2, room - forMoves - forNews));
        lines.addAll(nodes);
        room -= nodes.size();
        room -= section(lines, "MOVES", moves, room - forNews, true);
        section(lines, "EVENTS", news, room, false);
        return lines.stream()
                .limit(size.rows())
                .map(line -> Texts.clip(line, size.columns()).stripTrailing())
                .toList();
    }

    private List<String> head() {
        Cluster cluster = picture.cluster();
        Rate all = picture.rates().values().stream().reduce(Rate.NONE, Rate::plus);
        String trouble = picture.trouble();
        List<String> head = new ArrayList<>();
        head.add(time(picture.atMillis()) + "  " + Texts.lower(cluster.state()).toUpperCase(Locale.ROOT) + "  "
                + cluster.nodes() + (cluster.nodes() == 1 ? " node, " : " nodes, ") + cluster.partitions()
                + " partitions, " + cluster.replication() + (cluster.replication() == 1 ? " copy" : " copies"));
        head.add(cluster.noMajority() + " without a majority, " + cluster.underReplicated() + " short of a copy, "
                + cluster.moving() + " moving; " + cluster.draining() + " draining, " + cluster.drained()
                + " drained");
        head.add("S3: " + all.requests() + " requests/s, " + all.failed() + " failed/s, in "
                + Texts.bytes(all.bytesReceived()) + "/s, out " + Texts.bytes(all.bytesSent()) + "/s");
        head.add(trouble == null ? "" : "!! " + trouble);
        return head;
    }

    private String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis).atZone(zone));
    }

    /** Who is not well stands first. */
    private List<String> nodes(int room) {
        List<Node> shown = picture.nodes().stream()
                .filter(node -> node.state() != NodeState.DECOMMISSIONED)
                .sorted(Comparator.comparing((Node node) -> node.state() == NodeState.ALIVE)
                        .thenComparing(node -> names.of(node.id()), Comparator.comparing(String::length))
                        .thenComparing(node -> names.of(node.id())))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                NODE_FORMAT,
                "NODE",
                "STATE",
                "ZONE",
                "PARTS",
                "LEADS",
                "USED",
                "FREE",
                "REQ/S",
                "IN/S",
                "OUT/S"));
        boolean fits = shown.size() < room;
        shown.stream().limit(fits ? shown.size() : Math.max(0, room - 2)).forEach(node -> lines.add(line(node)));
        if (!fits) {
            lines.add("(and " + (shown.size() - lines.size() + 1) + " nodes more)");
        }
        return lines;
    }

    private String line(Node node) {
        Rate rate = picture.rates().get(node.id());
        return String.format(
                Locale.ROOT,
                NODE_FORMAT,
                Texts.clip(names.of(node.id()), NAME_CHARS),
                Texts.clip(Texts.lower(node.state()), STATE_CHARS),
                Texts.clip(Texts.printable(node.zone()), ZONE_CHARS),
                Texts.number(node.partitions()),
                Texts.number(node.leaders()),
                Texts.bytes(node.bytesUsed()),
                Texts.bytes(node.bytesFree()),
                rate == null ? "-" : Texts.bytes(rate.requests()),
                bytes(rate == null ? null : rate.bytesReceived()),
                bytes(rate == null ? null : rate.bytesSent()));
    }

    private static String bytes(@Nullable Long bytes) {
        return Texts.bytes(bytes);
    }

    private List<String> moves() {
        return picture.partitions().stream()
                .filter(partition -> partition.state() == Partition.State.MOVING)
                .map(partition -> String.format(
                        Locale.ROOT,
                        "%5d  %s + %s",
                        partition.partition(),
                        names.of(partition.voters()),
                        names.of(partition.arriving())))
                .toList();
    }

    private List<String> news() {
        List<String> news = new ArrayList<>();
        for (AdminEvent event : picture.news()) {
            News.text(event, names).ifPresent(text -> news.add(time(event.timeMillis()) + "  " + text));
        }
        return news;
    }

    /** Lines taken. Of what has no room, the first or the last are shown. */
    private static int section(List<String> lines, String title, List<String> all, int room, boolean first) {
        if (all.isEmpty() || room < SECTION_MIN - 1) {
            return 0;
        }
        int shown = Math.min(all.size(), room - 2);
        lines.add("");
        lines.add(shown == all.size() ? title : title + " (" + shown + " of " + all.size() + ")");
        lines.addAll(first ? all.subList(0, shown) : all.subList(all.size() - shown, all.size()));
        return shown + 2;
    }
}

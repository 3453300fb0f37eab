package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * News to pass on. Each piece is sent a bounded number of times, those sent least often first, of these the newest; there is
 * one for each node at most, as a newer claim replaces the older.
 */
final class GossipQueue {
    private final Map<NodeId, Item> items = new TreeMap<>();
    private final TreeSet<Item> order = new TreeSet<>();
    private long added;

    private record Item(Update update, int sent, long number) implements Comparable<Item> {
        @Override
        public int compareTo(Item other) {
            int bySent = Integer.compare(sent, other.sent);
            return bySent != 0 ? bySent : Long.compare(other.number, number);
        }
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    int size() {
        return items.size();
    }

    void add(Update update) {
        put(new Item(update, 0, added++));
    }

    void remove(NodeId node) {
        Item item = items.remove(node);
        if (item != null) {
            order.remove(item);
        }
    }

    /**
     * Takes what goes into one message.
     *
     * @param sendsMax after so many sends a piece is no news any more
     * @param isNews false for nodes of which the message speaks anyway, or the addressee knows best: that counts as sent
     */
    List<Update> take(int bytesMax, int sendsMax, Predicate<NodeId> isNews) {
        List<Item> taken = choose(bytesMax, isNews);
        for (Item item : taken) {
            remove(item.update().node());
            if (item.sent() + 1 < sendsMax) {
                put(new Item(item.update(), item.sent() + 1, item.number()));
            }
        }
        return taken.stream()
                .map(Item::update)
                .filter(update -> isNews.test(update.node()))
                .toList();
    }

    private List<Item> choose(int bytesMax, Predicate<NodeId> isNews) {
        List<Item> chosen = new ArrayList<>();
        int left = bytesMax;
        for (Item item : order) {
            left -= isNews.test(item.update().node()) ? item.update().bytesMax() : 0;
            if (left < 0) {
                break;
            }
            chosen.add(item);
        }
        return chosen;
    }

    private void put(Item item) {
        remove(item.update().node());
        items.put(item.update().node(), item);
        order.add(item);
    }
}

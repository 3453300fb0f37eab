package io.chordata.client.files;

import io.chordata.client.model.ChordataException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Finds a name that two listings have, with one name of each in memory. */
public final class Doubles {
    private Doubles() {}

    /** @param head the name behind which it stands */
    private record Cursor(String head, Iterator<String> rest) {
        static void add(PriorityQueue<Cursor> cursors, Iterator<String> names) {
            if (names.hasNext()) {
                cursors.add(new Cursor(names.next(), names));
            }
        }
    }

    /**
     * The first name that is twice in them; each is in the order of {@link KeyOrder}.
     *
     * @throws ChordataException if one is out of order, as then a name could be overlooked
     */
    public static Optional<String> first(List<Iterator<String>> listings) {
        PriorityQueue<Cursor> cursors = new PriorityQueue<>(Comparator.comparing(Cursor::head, KeyOrder.INSTANCE));
        listings.forEach(names -> Cursor.add(cursors, new Ordered(names)));
        while (!cursors.isEmpty()) {
            Cursor least = cursors.remove();
            Cursor other = cursors.peek();
            if (other != null && other.head().equals(least.head())) {
                return Optional.of(least.head());
            }
            Cursor.add(cursors, least.rest());
        }
        return Optional.empty();
    }

    /** Fails where it is out of order. */
    private static final class Ordered implements Iterator<String> {
        private final Iterator<String> names;
        private @Nullable String last;

        Ordered(Iterator<String> names) {
            this.names = names;
        }

        @Override
        public boolean hasNext() {
            return names.hasNext();
        }

        @Override
        public String next() {
            String before = last;
            String name = names.next();
            if (before != null && KeyOrder.INSTANCE.compare(before, name) >= 0) {
                throw ChordataException.of(
                        ChordataException.MALFORMED_ANSWER,
                        "a listing is out of order: '" + name + "' comes behind '" + before + "'");
            }
            last = name;
            return name;
        }
    }
}

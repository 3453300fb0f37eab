package io.chordata.client.files;

import io.chordata.client.model.ChordataException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What makes a target like a source, step by step, from a listing of each; both come in the order of {@link KeyOrder}, and
 * of each no more than one item is looked at ahead. A listing that is out of order is refused, as nothing that follows from
 * it could be trusted: what the target has and the source seems not to have would be deleted.
 */
public final class SyncPlan implements Iterator<SyncPlan.Step> {
    private final Ordered source;
    private final Ordered target;
    private final Comparison comparison;
    private final boolean keepsNewer;

    /** What becomes of a name. */
    public enum Kind {
        COPY,
        SAME,
        /** They differ, and the target's was changed after the source's. */
        NEWER_AT_TARGET,
        /** Only the target has it. */
        EXTRA
    }

    /** @param reason of a copy, in a word */
    public record Step(Kind kind, Item item, String reason) {}

    /** When an item that is at the target is to be replaced. */
    public enum Comparison {
        /** By size alone. */
        SIZE {
            @Override
            boolean isNews(Item source, Item target) {
                return false;
            }
        },
        /** Or when the source was changed after the target was written. */
        NEWER {
            @Override
            boolean isNews(Item source, Item target) {
                return source.modifiedMillis() > target.modifiedMillis();
            }
        },
        /** Or when their times differ by seconds: for targets that take over the source's time. */
        TIME {
            @Override
            boolean isNews(Item source, Item target) {
                return Math.floorDiv(source.modifiedMillis(), SECOND_MILLIS)
                        != Math.floorDiv(target.modifiedMillis(), SECOND_MILLIS);
            }
        };

        private static final long SECOND_MILLIS = 1_000;

        abstract boolean isNews(Item source, Item target);
    }

    /** A listing that is held to its order; its name is for messages. */
    private static final class Ordered {
        private final Iterator<Item> items;
        private final String name;
        private @Nullable Item head;
        private @Nullable String last;

        Ordered(Iterator<Item> items, String name) {
            this.items = items;
            this.name = name;
            advance();
        }

        void advance() {
            head = items.hasNext() ? items.next() : null;
            if (head != null && last != null && KeyOrder.INSTANCE.compare(last, head.name()) >= 0) {
                throw ChordataException.of(
                        ChordataException.MALFORMED_ANSWER,
                        "the listing of the " + name + " is out of order: '" + head.name() + "' comes behind '" + last
                                + "'");
            }
            last = head == null ? last : head.name();
        }
    }

    /**
     * @param keepsNewer whether what differs and is newer at the target is no copy
     * @throws ChordataException here or at any step, if a listing is out of order
     */
    public SyncPlan(Iterator<Item> source, Iterator<Item> target, Comparison comparison, boolean keepsNewer) {
        this.source = new Ordered(source, "source");
        this.target = new Ordered(target, "target");
        this.comparison = comparison;
        this.keepsNewer = keepsNewer;
    }

    @Override
    public boolean hasNext() {
        return source.head != null || target.head != null;
    }

    @Override
    public Step next() {
        Item from = source.head;
        Item to = target.head;
        if (from == null && to == null) {
            throw new NoSuchElementException();
        }
        int order = from == null ? 1 : to == null ? -1 : KeyOrder.INSTANCE.compare(from.name(), to.name());
        if (to != null && order > 0) {
            target.advance();
            return new Step(Kind.EXTRA, to, "");
        }
        Item copied = Objects.requireNonNull(from);
        source.advance();
        if (to == null || order < 0) {
            return new Step(Kind.COPY, copied, "new");
        }
        target.advance();
        boolean otherSize = copied.size() != to.size();
        if (!otherSize && !comparison.isNews(copied, to)) {
            return new Step(Kind.SAME, copied, "");
        }
        return new Step(
                keepsNewer && isNewer(to, copied) ? Kind.NEWER_AT_TARGET : Kind.COPY,
                copied,
                otherSize ? "size" : "time");
    }

    /** By seconds, as not all file systems know less; not if one's time is not known. */
    private static boolean isNewer(Item one, Item other) {
        return other.modifiedMillis() > 0
                && Math.floorDiv(one.modifiedMillis(), Comparison.SECOND_MILLIS)
                        > Math.floorDiv(other.modifiedMillis(), Comparison.SECOND_MILLIS);
    }
}

package io.chordata.node.ring;

import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import java.util.List;
import java.util.function.Consumer;

/**
 * The pointers of one position, read at one moment: what every question about pointers is answered by.
 *
 * @param at whose pointers they are
 * @param successors nearest first, at least one; {@code at} itself only in a ring of one
 */
public record Pointers(Position at, Position predecessor, List<Position> successors) {
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    public Pointers {
        if (successors.isEmpty() || successors.size() > RingOptions.SUCCESSOR_ENTRIES_MAX) {
            throw new IllegalArgumentException(successors.size() + " successors");
        }
        checkOrder(at, successors);
    }

    /** Every entry lies behind the one before it and before {@code at} comes again. */
    private static void checkOrder(Position at, List<Position> successors) {
        if (successors.size() == 1) {
            return;
        }
        Position last = at;
        for (Position next : successors) {
            if (!next.id().isBetween(last.id(), at.id())) {
                throw new IllegalArgumentException("successors out of order at " + next.id());
            }
            last = next;
        }
    }

    void forEachPosition(Consumer<Position> each) {
        each.accept(at);
        each.accept(predecessor);
        successors.forEach(each);
    }

    Position first() {
        return successors.get(0);
    }

    /** Stands for the whole on the wire where the other has it already; differs where an owner has begun a new life. */
    long hash() {
        long hash = mix(mix(0, at), predecessor);
        for (Position successor : successors) {
            hash = mix(hash, successor);
        }
        return hash;
    }

    private static long mix(long hash, Position position) {
        Contact owner = position.owner();
        long mixed = mix(hash, position.id().value().high());
        return mix(mix(mixed, position.id().value().low()), owner.incarnation());
    }

    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * PRIME;
        return mixed ^ mixed >>> 29;
    }
}

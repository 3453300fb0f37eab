package io.chordata.node.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Moves without an answer, by kind. Those that need and leave the same are one kind: all are open to the end of the history, so
 * it only matters how many there are by now. Kinds grow together as versions lose their names.
 */
final class Helpers {
    private final Map<Shape, Kind> kinds = new LinkedHashMap<>();
    private final Map<Integer, List<Kind>> byEffect = new HashMap<>();
    private final List<Kind> byNumber = new ArrayList<>();
    private final Demand demand;

    private record Shape(Guard guard, int effect) {}

    /** One kind. */
    static final class Kind {
        private final int number;
        private final List<Long> invoked = new ArrayList<>();
        private Shape shape;
        private Kind current = this;

        private Kind(int number, Shape shape) {
            this.number = number;
            this.shape = shape;
        }

        int number() {
            return number;
        }

        Guard guard() {
            return shape.guard;
        }

        int effect() {
            return shape.effect;
        }

        boolean isAvailable(Configuration configuration, long now) {
            int used = configuration.timesUsed(number);
            return used < invoked.size() && invoked.get(used) < now;
        }

        /** The other can be used wherever this can, for the same. */
        boolean isWithin(Kind other) {
            return shape.effect == other.shape.effect && shape.guard.isWithin(other.shape.guard);
        }

        /** The other can always do as well. */
        private boolean isNoBetterThan(Kind other, Demand demand) {
            return (shape.effect == other.shape.effect
                            || (other.shape.effect == Guard.OTHER && demand.isWorseThanOther(shape.effect)))
                    && shape.guard.isWithin(other.shape.guard);
        }
    }

    Helpers(List<Move> open, Demand demand) {
        this.demand = demand;
        for (Move move : open) {
            Shape shape = new Shape(move.guard(), demand.canonical(move.effect(), Long.MIN_VALUE + 1));
            kinds.computeIfAbsent(shape, this::create).invoked.add(move.invoked());
        }
    }

    private Kind create(Shape shape) {
        Kind kind = new Kind(byNumber.size(), shape);
        byNumber.add(kind);
        byEffect.computeIfAbsent(shape.effect, unseen -> new ArrayList<>()).add(kind);
        return kind;
    }

    Collection<Kind> kinds() {
        return kinds.values();
    }

    /** This version is {@link Guard#OTHER} from now on. */
    void rename(int version) {
        for (Kind kind : byEffect.getOrDefault(version, List.of())) {
            kinds.remove(kind.shape);
            kind.shape = new Shape(kind.shape.guard, Guard.OTHER);
            Kind same = kinds.putIfAbsent(kind.shape, kind);
            if (same != null) {
                same.invoked.addAll(kind.invoked);
                same.invoked.sort(Comparator.naturalOrder());
                kind.current = same;
            }
        }
    }

    int currentNumber(int number) {
        Kind kind = byNumber.get(number);
        while (kind.current != kind) {
            kind = kind.current;
        }
        return kind.number;
    }

    /** Whether the first were used up with no more loss than the second: each stands for one of those that could do the same. */
    boolean isNoMore(int[] some, int[] others) {
        if (some.length > others.length) {
            return false;
        }
        boolean[] matched = new boolean[others.length];
        int[] left = new int[some.length];
        int count = 0;
        for (int number : some) {
            if (!match(others, matched, other -> other == number)) {
                left[count++] = number;
            }
        }
        for (int i = 0; i < count; i++) {
            Kind kind = byNumber.get(left[i]);
            if (!match(others, matched, other -> kind.isNoBetterThan(byNumber.get(other), demand))) {
                return false;
            }
        }
        return true;
    }

    private static boolean match(int[] others, boolean[] matched, IntPredicate fits) {
        for (int i = 0; i < others.length; i++) {
            if (!matched[i] && fits.test(others[i])) {
                matched[i] = true;
                return true;
            }
        }
        return false;
    }
}

package io.chordata.node.ring;

import io.chordata.node.ring.view.Position;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a node answers to one {@link Question}. */
public sealed interface Answer {
    /** The position of the answerer that it is about, if it is about one. */
    default @Nullable Position at() {
        return null;
    }

    default void forEachPosition(Consumer<Position> each) {}

    /** The pointers asked for. */
    record Told(Pointers pointers) implements Answer {
        @Override
        public Position at() {
            return pointers.at();
        }

        @Override
        public void forEachPosition(Consumer<Position> each) {
            pointers.forEachPosition(each);
        }
    }

    /** The pointers are what the asker knows. */
    record Unchanged() implements Answer {}

    /** The position asked for is not on the ring: not yet, not any more, or never. Also: no position of the node is. */
    record NotMember() implements Answer {}

    /** The id lies at this position or right behind it: its pointers say who succeeds the id. */
    record Near(Pointers pointers) implements Answer {
        @Override
        public Position at() {
            return pointers.at();
        }

        @Override
        public void forEachPosition(Consumer<Position> each) {
            pointers.forEachPosition(each);
        }
    }

    /**
     * The id is further on.
     *
     * @param at the position of the asked node that is nearest before the id
     * @param closer positions between {@code at} and the id, nearest to the id first
     */
    record Further(Position at, List<Way> closer) implements Answer {
        static final int CLOSER_MAX = 16;

        public Further {
            if (closer.size() > CLOSER_MAX) {
                throw new IllegalArgumentException(closer.size() + " closer positions");
            }
        }

        @Override
        public void forEachPosition(Consumer<Position> each) {
            each.accept(at);
            closer.forEach(way -> each.accept(way.position()));
        }
    }

    /** @param source where the answerer has it from */
    record Way(Position position, HopSource source) {}

    /** It is there. */
    record Pong() implements Answer {}
}

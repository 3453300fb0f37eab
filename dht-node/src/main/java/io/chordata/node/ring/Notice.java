package io.chordata.node.ring;

import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Position;
import java.util.function.Consumer;

/** What one node tells another without asking. */
public sealed interface Notice {
    /** The position of the receiver that it is for. */
    RingId at();

    /** The position of the sender that it is about. */
    Position subject();

    void forEachPosition(Consumer<Position> each);

    /** {@code candidate} has {@code at} as its first successor. */
    record Notify(RingId at, Position candidate) implements Notice {
        @Override
        public Position subject() {
            return candidate;
        }

        @Override
        public void forEachPosition(Consumer<Position> each) {
            each.accept(candidate);
        }
    }

    /**
     * {@code leaver} leaves the ring, on which it stood next to {@code at}.
     *
     * @param predecessor of the leaver, for the position behind it
     */
    record Leaving(RingId at, Position leaver, Position predecessor) implements Notice {
        @Override
        public Position subject() {
            return leaver;
        }

        @Override
        public void forEachPosition(Consumer<Position> each) {
            each.accept(leaver);
            each.accept(predecessor);
        }
    }

    /** The pointers of {@code changed}, the first successor of {@code at} as far as it knows, are others now. */
    record Changed(RingId at, Position changed) implements Notice {
        @Override
        public Position subject() {
            return changed;
        }

        @Override
        public void forEachPosition(Consumer<Position> each) {
            each.accept(changed);
        }
    }
}

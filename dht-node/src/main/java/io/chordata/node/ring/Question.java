package io.chordata.node.ring;

import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Position;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one node asks another. */
public sealed interface Question {
    /** Whether this can be an answer to it. */
    boolean isAnsweredBy(Answer answer);

    /** The position of the asker that it is about, if it is about one. */
    default @Nullable Position subject() {
        return null;
    }

    default void forEachPosition(Consumer<Position> each) {}

    /**
     * For predecessor and list of a position.
     *
     * @param known hash of the answer that the asker has already; 0: none
     * @param joining the asker's position that wants to join behind {@code at} and therefore is not on the ring yet
     */
    record AskPointers(RingId at, long known, @Nullable Position joining) implements Question {
        @Override
        public boolean isAnsweredBy(Answer answer) {
            return answer instanceof Answer.NotMember
                    || (answer instanceof Answer.Unchanged && known != 0)
                    || (answer instanceof Answer.Told told
                            && told.pointers().at().id().equals(at));
        }

        @Override
        public @Nullable Position subject() {
            return joining;
        }

        @Override
        public void forEachPosition(Consumer<Position> each) {
            if (joining != null) {
                each.accept(joining);
            }
        }
    }

    /** For the way to {@code id}, from wherever on the ring the asked node is nearest to it. */
    record AskHop(RingId id) implements Question {
        @Override
        public boolean isAnsweredBy(Answer answer) {
            return answer instanceof Answer.NotMember
                    || answer instanceof Answer.Near
                    || answer instanceof Answer.Further;
        }
    }

    /** For nothing: whether it is there, and how far away. */
    record Ping() implements Question {
        @Override
        public boolean isAnsweredBy(Answer answer) {
            return answer instanceof Answer.Pong;
        }
    }
}

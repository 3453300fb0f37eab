package io.chordata.node.founding;

import io.chordata.node.core.Vote;
import org.jspecify.annotations.Nullable;

/**
 * What a node is.
 *
 * @param membership not null: it is of this cluster, durably
 * @param vote of a node without a cluster, durable; null if it stands for nobody
 */
public record Answer(
        @Nullable Membership membership, @Nullable Vote vote) {
    public Answer {
        if (membership != null && vote != null) {
            throw new IllegalArgumentException("a node of a cluster does not vote");
        }
    }

    public static Answer of(Membership membership) {
        return new Answer(membership, null);
    }

    static Answer unfounded(@Nullable Vote vote) {
        return new Answer(null, vote);
    }
}

package io.chordata.node.founding;

import io.chordata.node.core.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * How the search for a cluster ended.
 *
 * @param node as whom
 * @param membership null where the kind is {@link Kind#REFUSE}
 * @param reason for logs; for a refusal, what to do
 */
public record Decision(Kind kind, NodeId node, @Nullable Membership membership, String reason) {
    /** What to do. */
    public enum Kind {
        /** Be a node of the cluster. */
        JOIN,
        /** Make the cluster. Nobody else makes another, and nobody is told of this one before the identity is durable. */
        FOUND,
        /** Do not start: people have to decide. */
        REFUSE
    }

    public Decision {
        if ((membership == null) != (kind == Kind.REFUSE)) {
            throw new IllegalArgumentException(kind + " with membership " + membership);
        }
    }
}

package io.chordata.node.ring.status;

import java.util.List;

/**
 * Some positions of one node: as many as fit into an answer.
 *
 * @param positions by rising index
 * @param more whether there are others with higher indexes
 */
record PositionsPage(List<PositionReport> positions, boolean more) {
    PositionsPage {
        positions = List.copyOf(positions);
        for (int i = 1; i < positions.size(); i++) {
            if (positions.get(i).index() <= positions.get(i - 1).index()) {
                throw new IllegalArgumentException("positions out of order");
            }
        }
        if (more && positions.isEmpty()) {
            throw new IllegalArgumentException("an empty page before the last");
        }
    }
}

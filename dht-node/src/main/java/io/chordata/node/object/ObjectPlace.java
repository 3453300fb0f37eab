package io.chordata.node.object;

import io.chordata.node.block.BodyRef;
import io.chordata.node.core.PartitionId;
import java.util.List;

/**
 * Where an object is.
 *
 * @param index the partition of its record
 * @param inline its bytes are in the record; then there are no bodies
 * @param bodies that its bytes are in, in order
 */
public record ObjectPlace(StoredObject object, PartitionId index, boolean inline, List<BodyRef> bodies) {
    public ObjectPlace {
        bodies = List.copyOf(bodies);
    }
}

package io.chordata.node.architecture.samples.cycle.partition;

import io.chordata.node.architecture.samples.cycle.block.Body;
import java.util.List;

/** The other half. */
public record Entry(List<Body> bodies) {
    public Body first() {
        return bodies.get(0);
    }
}

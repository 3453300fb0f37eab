package io.chordata.node.ring;

import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Position;

/**
 * A finger: where a lookup goes for ids at or behind a point.
 *
 * @param start a power of two behind one of the node's positions
 * @param position that stands for it
 */
public record Finger(RingId start, Position position) {}

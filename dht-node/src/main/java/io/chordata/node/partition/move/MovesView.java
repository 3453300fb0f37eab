package io.chordata.node.partition.move;

/**
 * How the moves of a node are doing.
 *
 * @param leading moves of groups that it leads
 * @param waiting groups that it leads and that would move if there were room
 * @param refused groups that it leads and whose newcomer refuses
 * @param coming moves to this node
 * @param isBraked whether nothing is replaced, as too much is down
 * @param isDrained whether this node drains, and all its replicas are gone
 */
public record MovesView(int leading, int waiting, int refused, int coming, boolean isBraked, boolean isDrained) {}

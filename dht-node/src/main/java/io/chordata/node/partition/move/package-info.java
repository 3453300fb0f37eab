/**
 * How replicas move until a group has the members that it should have: what a leader does next ({@link
 * io.chordata.node.partition.move.Mover}), what a newcomer says to it, and when a copy that was removed may go. Pure: neither
 * clock, thread, disk nor socket of its own. Stands on {@code partition.raft}; {@code partition} and the blocks stand on it.
 */
@NullMarked
package io.chordata.node.partition.move;

import org.jspecify.annotations.NullMarked;

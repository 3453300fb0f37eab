/**
 * How a partition goes on whose majority is gone for ever: whoever answers is asked what is left, promises to take part in a later
 * generation only, and the copy that is the furthest begins it. Pure: neither clock, thread, disk nor socket of its own. Stands on
 * {@code partition.raft}; {@code partition} stands on it.
 */
@NullMarked
package io.chordata.node.partition.force;

import org.jspecify.annotations.NullMarked;

/**
 * Replica groups: each partition's log of commands, its applied rows, and the two questions that the rest may ask,
 * {@link io.chordata.node.partition.Partitions#propose propose} and {@link io.chordata.node.partition.Partitions#read
 * read}, of the replicas on this node or, by way of {@link io.chordata.node.partition.RoutedPartitions}, of whichever leads.
 * Pure: neither clock, thread, disk nor socket of its own. Stands on {@code core}; {@code object} stands on it.
 */
@NullMarked
package io.chordata.node.partition;

import org.jspecify.annotations.NullMarked;

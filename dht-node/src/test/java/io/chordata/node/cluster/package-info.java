/**
 * Whole nodes, simulated: the layers from the object operations down to the disks, several nodes with clients and every kind of
 * fault, in one thread from one seed. {@link io.chordata.node.cluster.ClusterSimulation} is one seed;
 * {@link io.chordata.node.history} judges what the clients saw, {@link io.chordata.node.sim} has the twins of the ports.
 */
@NullMarked
package io.chordata.node.cluster;

import org.jspecify.annotations.NullMarked;

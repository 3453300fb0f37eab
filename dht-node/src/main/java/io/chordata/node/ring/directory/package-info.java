/**
 * The directory of nodes: who is in the cluster, under which address, and whether it runs; found out and spread by gossip in
 * SWIM's manner. A pure machine ({@link io.chordata.node.ring.directory.Directory}) with its messages, their encoding and its
 * durable image. Stands on {@code ring.view} and {@code core}; {@code ring} owns it beside the Chord ring and feeds it.
 */
@NullMarked
package io.chordata.node.ring.directory;

import org.jspecify.annotations.NullMarked;

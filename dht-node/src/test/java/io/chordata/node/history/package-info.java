/**
 * The oracles: they stand outside the cluster, are told what was asked of it and what it answered, and judge whether that
 * can be right. {@link io.chordata.node.history.History} records and {@link io.chordata.node.history.Linearizability} judges
 * single keys, {@link io.chordata.node.history.ListingOracle} listings, and {@link io.chordata.node.history.DurabilityLedger}
 * what is left after crashes. Nothing here knows how the server works, so simulated and real clusters are held to the same.
 */
@NullMarked
package io.chordata.node.history;

import org.jspecify.annotations.NullMarked;

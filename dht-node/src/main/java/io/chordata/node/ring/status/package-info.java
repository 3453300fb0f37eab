/**
 * The cluster as an operator sees it from any node: where everybody stands on the ring and which partitions everybody holds, as
 * they say themselves, and the way of a lookup. Asks the other nodes over {@code Peers}; of the ring it reads values of
 * {@code ring} and {@code ring.view}.
 *
 * <p>{@code OwnRing} is what it needs of this node, {@code ServiceRing} the real one. {@code ClusterRing} is the entrance: it
 * asks one node, or all of them at most once a second ({@code SurveyRound}, {@code Shared}), however many people watch.
 * {@code StatusResponder} answers the others.
 */
@NullMarked
package io.chordata.node.ring.status;

import org.jspecify.annotations.NullMarked;

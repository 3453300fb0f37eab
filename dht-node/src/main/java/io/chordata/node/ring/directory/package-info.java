/**
 * The directory of nodes: who is in the cluster, under which address, and whether it runs; found out and spread by gossip in
 * SWIM's manner. A pure machine ({@link io.chordata.node.ring.directory.Directory}) with its messages, their encoding and its
 * durable image. Stands on {@code ring.view} and {@code core}; {@code ring} owns it beside the Chord ring and feeds it.
 *
 * <p><b>Whom to believe.</b> Whoever has the cluster's secret can take any name, so nothing helps against one that means harm
 * with it. But one node that is wrong, broken or of another mind, must not bring down others:
 *
 * <ul>
 *   <li>A node speaks for itself. While it is up and was heard, others' word that it has started anew, stopped, moved or changed
 *       is a question to it ({@code Successions}), and of words that are known they only raise the verdict ({@code Judge}).
 *   <li>A node ends itself on the word of two others, or of the only one that answers, never of one among several ({@code
 *       Doubts}). It objects to what is said of it by words with a greater version.
 *   <li>So that it always can, numbers far beyond those known are not believed by hearsay, and where they stood first, give way
 *       to the node's own ({@code Standing.isFarAheadOf}). A forged start number of a node that is down, near enough to be
 *       true, does keep it out: nobody can tell that from a disk that was set back, and such a disk is worse.
 *   <li>That a node is decommissioned is an operator's order, which any member may bring, so it is believed of any.
 * </ul>
 */
@NullMarked
package io.chordata.node.ring.directory;

import org.jspecify.annotations.NullMarked;

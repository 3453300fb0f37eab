/**
 * What operators want done with a node, told by the one that they asked to the one concerned. Stands on {@code ring.view} and
 * {@code core}; the node's owner decides what comes of an order.
 */
@NullMarked
package io.chordata.node.ring.orders;

import org.jspecify.annotations.NullMarked;

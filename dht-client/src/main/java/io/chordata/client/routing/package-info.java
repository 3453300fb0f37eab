/**
 * Which endpoint a request goes to: where a key lives by the cluster's own arithmetic, who holds it, who is in doubt, and
 * the policies that put candidates in an order. No clock, dice or socket; imports nothing of ours.
 */
@NullMarked
package io.chordata.client.routing;

import org.jspecify.annotations.NullMarked;

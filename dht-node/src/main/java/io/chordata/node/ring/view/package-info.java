/**
 * Who is on the ring, and who should therefore hold what: nodes, their positions, the view of all of them, and the choice of
 * replicas. Values and arithmetic only; the protocols that find all this out are in {@code ring.directory} and {@code ring}.
 */
@NullMarked
package io.chordata.node.ring.view;

import org.jspecify.annotations.NullMarked;

/**
 * The simulated ports: one thread, one seed, a clock that jumps to the next event. Whatever runs on them replays exactly
 * from its seed.
 */
@NullMarked
package io.chordata.node.sim;

import org.jspecify.annotations.NullMarked;

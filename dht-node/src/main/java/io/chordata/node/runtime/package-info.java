/**
 * The real ports: Vert.x event loops and timers, the system's clock, secure randomness. Stands on {@code core}; only
 * {@code cli} and tests construct what is here.
 */
@NullMarked
package io.chordata.node.runtime;

import org.jspecify.annotations.NullMarked;

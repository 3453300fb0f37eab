/**
 * Runs the TLA+ models of {@code src/test/tla} through TLC, each as the README there says, and holds the README to what comes
 * of it.
 */
@NullMarked
package io.chordata.node.model;

import org.jspecify.annotations.NullMarked;

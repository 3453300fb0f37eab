/**
 * The checks that keep the shape of the sources: directions between packages, purity of the rules, names, and the house
 * rules that no tool knows. Each rule has a sample under {@code samples} that breaks it, so that a rule that can no longer
 * fail is itself a failure.
 */
@NullMarked
package io.chordata.node.architecture;

import org.jspecify.annotations.NullMarked;

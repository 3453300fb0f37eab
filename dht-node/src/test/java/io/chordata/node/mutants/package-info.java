/** Our own code with a fault planted into its source, so that tests can show that they find it. */
@NullMarked
package io.chordata.node.mutants;

import org.jspecify.annotations.NullMarked;

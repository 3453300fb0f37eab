/**
 * {@code main}, the commands, and the only place where all is wired together.
 */
@NullMarked
package io.chordata.node.cli;

import org.jspecify.annotations.NullMarked;

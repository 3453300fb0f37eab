/**
 * The rules of the object layer: a pure state machine that judges each command by the rows of its partition and answers
 * queries from them. Neither clock, randomness, thread nor disk; log time and new ids arrive inside the commands. Stands
 * on {@code partition} and on the checksums of {@code block}; the coordinators of {@code object} stand on it.
 */
@NullMarked
package io.chordata.node.object.rules;

import org.jspecify.annotations.NullMarked;

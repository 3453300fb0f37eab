/**
 * Words that every package shares: identifiers, the mapping of ids to partitions, and the ports through which the rest
 * reaches time, randomness and disks. Imports nothing of ours; {@code storage} implements the stores, {@code cli} wires
 * the real ports, the tests' {@code sim} package the simulated ones.
 */
@NullMarked
package io.chordata.node.core;

import org.jspecify.annotations.NullMarked;

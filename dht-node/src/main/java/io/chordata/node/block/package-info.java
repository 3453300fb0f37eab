/**
 * The data path: cuts bodies into blocks, streams them to and from the block store with back-pressure, computes digests
 * on the way, verifies. Stands on {@code partition} (views), {@code storage} and {@code core}; {@code object} and
 * {@code s3} stand on it.
 */
@NullMarked
package io.chordata.node.block;

import org.jspecify.annotations.NullMarked;

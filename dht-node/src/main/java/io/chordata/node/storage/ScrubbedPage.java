package io.chordata.node.storage;

import io.chordata.node.core.BlockRef;
import org.jspecify.annotations.Nullable;

/**
 * What one step of a scrub saw.
 *
 * @param next where to go on, null at the end
 * @param bytes read and checked
 */
public record ScrubbedPage(@Nullable BlockRef next, long blocks, long bytes, long corrupt) {}

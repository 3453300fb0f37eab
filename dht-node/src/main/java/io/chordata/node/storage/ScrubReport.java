package io.chordata.node.storage;

/**
 * What a whole pass over all blocks found.
 *
 * @param bytes read and good
 * @param corrupt blocks that were set aside
 * @param endedAt when it was done, in milliseconds since 1970
 */
public record ScrubReport(long blocks, long bytes, long corrupt, long durationMillis, long endedAt) {}

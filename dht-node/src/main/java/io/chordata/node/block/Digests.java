package io.chordata.node.block;

import java.util.Map;

/**
 * What was computed over a whole body.
 *
 * @param checksums one value for each algorithm that was asked for
 */
public record Digests(byte[] md5, Map<ChecksumAlgorithm, byte[]> checksums) {}

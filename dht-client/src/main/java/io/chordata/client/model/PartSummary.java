package io.chordata.client.model;

import io.chordata.client.checksum.ChecksumAlgorithm;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A part that an endpoint has.
 *
 * @param number 1 to 10,000
 * @param eTag without quotes
 * @param checksums in base64
 */
public record PartSummary(int number, long size, String eTag, Map<ChecksumAlgorithm, String> checksums) {
    public PartSummary {
        checksums = Collections.unmodifiableMap(new TreeMap<>(checksums));
    }
}

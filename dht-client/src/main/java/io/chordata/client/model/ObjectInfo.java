package io.chordata.client.model;

import io.chordata.client.checksum.ChecksumAlgorithm;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint says of an object that it holds.
 *
 * @param size of the whole object in bytes, also where only a range of it was read
 * @param eTag without quotes
 * @param checksums in base64, of the whole object; those of the parts of an upload end in a dash and their number
 * @param versionId null where there are no versions
 */
public record ObjectInfo(
        String bucket,
        String key,
        long size,
        String eTag,
        @Nullable Instant lastModified,
        ObjectMetadata metadata,
        Map<ChecksumAlgorithm, String> checksums,
        @Nullable String versionId) {
    public ObjectInfo {
        checksums = Collections.unmodifiableMap(new TreeMap<>(checksums));
    }
}

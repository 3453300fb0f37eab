package io.chordata.node.s3;

import io.chordata.node.object.ObjectKey;
import io.chordata.node.object.StoredObject;

/** The object that a copy reads, and the conditions on it. */
record CopySource(String bucket, ObjectKey key, ReadConditions conditions) {
    private static final String HEADER = "x-amz-copy-source";
    private static final String VERSION = "?versionId=";

    /** @throws RuntimeException what {@link ErrorTable} knows, if the header names no object that can exist */
    static CopySource of(S3Request request) {
        String header = request.header(HEADER);
        if (header == null) {
            throw new IllegalStateException("not a copy");
        }
        String path = header.startsWith("/") ? header.substring(1) : header;
        int version = path.indexOf(VERSION);
        VersionIds.requireCurrent(version < 0 ? null : path.substring(version + VERSION.length()));
        String place = decode(version < 0 ? path : path.substring(0, version));
        int slash = place.indexOf('/');
        if (slash < 1 || slash == place.length() - 1 || place.startsWith("arn:")) {
            throw invalid(header);
        }
        return new CopySource(
                place.substring(0, slash),
                new ObjectKey(place.substring(slash + 1)),
                ReadConditions.of(request, HEADER + "-"));
    }

    private static String decode(String path) {
        try {
            return PercentDecoding.decode(path, false);
        } catch (S3Exception e) {
            throw invalid(path);
        }
    }

    private static S3Exception invalid(String header) {
        return S3Error.INVALID_ARGUMENT
                .with("Copy Source must mention the source bucket and key: sourcebucket/sourcekey")
                .detail("ArgumentName", HEADER)
                .detail("ArgumentValue", header);
    }

    /** @throws S3Exception PRECONDITION_FAILED */
    void check(StoredObject found) {
        conditions.requireHold(found);
    }
}

package io.chordata.node.s3;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Version ids that clients give. Without versioning every object has the version {@code null} and no other. */
final class VersionIds {
    static final String NULL = "null";

    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{32}");

    private VersionIds() {}

    /** @throws S3Exception NO_SUCH_VERSION, or INVALID_ARGUMENT if it can be no version id */
    static void requireCurrent(@Nullable String versionId) {
        if (versionId == null || versionId.equals(NULL)) {
            return;
        }
        if (!WELL_FORMED.matcher(versionId).matches()) {
            throw S3Error.INVALID_ARGUMENT
                    .with("Invalid version id specified")
                    .detail("ArgumentName", "versionId")
                    .detail("ArgumentValue", versionId);
        }
        throw S3Error.NO_SUCH_VERSION.plain().detail("VersionId", versionId);
    }

    static void requireCurrent(S3Request request) {
        requireCurrent(request.query().get("versionId"));
    }
}

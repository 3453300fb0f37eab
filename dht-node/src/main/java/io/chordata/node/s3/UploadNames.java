package io.chordata.node.s3;

import io.chordata.node.core.UploadId;
import io.chordata.node.object.Uploads;
import io.chordata.node.object.Uploads.UploadName;

/** Which upload and part a request speaks of. */
final class UploadNames {
    private UploadNames() {}

    /** @throws S3Exception NO_SUCH_UPLOAD if the id is none that we gave out */
    static UploadName of(S3Request request) {
        String text = request.query().text("uploadId");
        try {
            return new UploadName(request.bucketName(), request.objectKey(), UploadId.parse(text));
        } catch (IllegalArgumentException e) {
            throw S3Error.NO_SUCH_UPLOAD.plain().detail("UploadId", text);
        }
    }

    /** @throws S3Exception INVALID_ARGUMENT unless it is 1 to 10,000 */
    static int partNumber(S3Request request) {
        int number = request.query().integer("partNumber", 0, 1, Uploads.MAX_PARTS);
        if (number == 0) {
            throw S3Error.INVALID_ARGUMENT
                    .with("Part number must be an integer between 1 and 10000, inclusive")
                    .detail("ArgumentName", "partNumber");
        }
        return number;
    }
}

package io.chordata.node.s3;

import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.core.UploadId;
import io.chordata.node.object.StoredChecksum;
import io.chordata.node.object.Uploads;
import io.chordata.node.object.Uploads.CreateRequest;
import io.chordata.node.s3.xml.XmlWriter;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** CreateMultipartUpload. */
final class CreateMultipartUploadHandler implements OperationHandler {
    private static final String ALGORITHM = "x-amz-checksum-algorithm";

    private final Uploads uploads;

    CreateMultipartUploadHandler(Uploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        S3Request request = call.request();
        ChecksumAlgorithm algorithm = Checksums.algorithm(request, ALGORITHM);
        StoredChecksum.Type type = type(algorithm, Checksums.type(request));
        CreateRequest create = new CreateRequest(
                request.bucketName(), request.objectKey(), WriteHeaders.metadata(request), algorithm, type);
        return uploads.create(call.invocation(), create).map(id -> answer(create, id));
    }

    private static StoredChecksum.@Nullable Type type(
            @Nullable ChecksumAlgorithm algorithm, StoredChecksum.@Nullable Type asked) {
        if (algorithm == null) {
            if (asked != null) {
                throw S3Error.INVALID_REQUEST.with(
                        "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
            }
            return null;
        }
        StoredChecksum.Type type = asked == null ? Checksums.defaultType(algorithm) : asked;
        boolean exists = type == StoredChecksum.Type.FULL_OBJECT
                ? algorithm.combines()
                : algorithm != ChecksumAlgorithm.CRC64NVME;
        if (!exists) {
            throw S3Error.INVALID_REQUEST.with("The " + type + " checksum type cannot be used with the "
                    + algorithm.name() + " checksum algorithm.");
        }
        return type;
    }

    private static S3Answer answer(CreateRequest create, UploadId id) {
        XmlWriter xml = XmlWriter.of("InitiateMultipartUploadResult")
                .element("Bucket", create.bucket())
                .element("Key", create.key().text())
                .element("UploadId", id.toString());
        S3Answer answer = S3Answer.xml(200, xml);
        if (create.checksum() != null && create.checksumType() != null) {
            answer.header(ALGORITHM, create.checksum().name())
                    .header("x-amz-checksum-type", create.checksumType().name());
        }
        return answer;
    }
}

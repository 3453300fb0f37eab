package io.chordata.node.s3;

import io.chordata.node.object.ObjectMetadata;
import io.chordata.node.object.Objects;
import io.chordata.node.object.Objects.CopyRequest;
import io.chordata.node.object.StoredObject;
import io.chordata.node.s3.xml.XmlWriter;
import io.vertx.core.Future;
import java.util.Locale;

/** CopyObject. A copy is written anew, so its parts, if there were any, become one body. */
final class CopyObjectHandler implements OperationHandler {
    private static final String DIRECTIVE = "x-amz-metadata-directive";

    private final Objects objects;

    CopyObjectHandler(Objects objects) {
        this.objects = objects;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        S3Request request = call.request();
        CopySource source = CopySource.of(request);
        boolean replaces = replacesMetadata(request);
        if (!replaces && isOntoItself(request, source)) {
            throw S3Error.INVALID_REQUEST.with(
                    "This copy request is illegal because it is trying to copy an object to itself without changing the"
                            + " object's metadata, storage class, website redirect location or encryption attributes.");
        }
        ObjectMetadata metadata = replaces ? WriteHeaders.metadata(request) : null;
        CopyRequest copy = new CopyRequest(
                source.bucket(),
                source.key(),
                request.bucketName(),
                request.objectKey(),
                metadata,
                WriteHeaders.conditions(request),
                Checksums.algorithm(request, "x-amz-checksum-algorithm"),
                found -> check(source, found));
        return objects.copy(call.invocation(), copy).map(CopyObjectHandler::answer);
    }

    private static boolean replacesMetadata(S3Request request) {
        String directive = request.header(DIRECTIVE);
        String value = directive == null ? "COPY" : directive.toUpperCase(Locale.ROOT);
        if (!value.equals("COPY") && !value.equals("REPLACE")) {
            throw S3Error.INVALID_ARGUMENT
                    .with("Unknown metadata directive.")
                    .detail("ArgumentName", DIRECTIVE)
                    .detail("ArgumentValue", value);
        }
        return value.equals("REPLACE");
    }

    private static boolean isOntoItself(S3Request request, CopySource source) {
        return source.bucket().equals(request.bucketName()) && source.key().equals(request.objectKey());
    }

    private static void check(CopySource source, StoredObject found) {
        source.check(found);
        if (found.size() > Limits.MAX_BODY_BYTES) {
            throw S3Error.INVALID_REQUEST.with(
                    "The specified copy source is larger than the maximum allowable size for a copy source: "
                            + Limits.MAX_BODY_BYTES);
        }
    }

    private static S3Answer answer(StoredObject copy) {
        XmlWriter xml = XmlWriter.of("CopyObjectResult")
                .element("ETag", ETags.quoted(copy.eTag()))
                .element("LastModified", HttpDates.xml(copy.modifiedMillis()));
        Checksums.write(xml, copy.checksum(), copy.parts());
        return S3Answer.xml(200, xml);
    }
}

package io.chordata.node.s3;

import io.chordata.node.object.StoredChecksum;
import io.chordata.node.object.StoredObject;
import io.chordata.node.object.Uploads;
import io.chordata.node.object.Uploads.CompleteRequest;
import io.chordata.node.object.Uploads.UploadName;
import io.chordata.node.object.WriteConditions;
import io.chordata.node.s3.auth.Authentication.ChecksumHeaders;
import io.chordata.node.s3.xml.CompleteUploadDocument;
import io.chordata.node.s3.xml.XmlWriter;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** CompleteMultipartUpload. Its checksum headers speak of the object, not of the document that it sends. */
final class CompleteMultipartUploadHandler implements OperationHandler {
    private static final String SIZE = "x-amz-mp-object-size";

    private final Uploads uploads;
    private final String scheme;

    /** @param scheme by which clients reach this port */
    CompleteMultipartUploadHandler(Uploads uploads, String scheme) {
        this.uploads = uploads;
        this.scheme = scheme;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        S3Request request = call.request();
        UploadName upload = UploadNames.of(request);
        WriteConditions conditions = WriteHeaders.conditions(request);
        long size = size(request);
        StoredChecksum.Type type = Checksums.type(request);
        StoredChecksum given = Checksums.ofObject(request, type);
        return call.body()
                .document(new CompleteUploadDocument(), ChecksumHeaders.OF_THE_OBJECT)
                .compose(parts -> expected(upload, type, given)
                        .compose(checksum -> uploads.complete(
                                call.invocation(), new CompleteRequest(upload, parts, conditions, checksum, size))))
                .map(object -> answer(request, object));
    }

    /** The checksum given, of the type that the upload was created with; a repeated complete finds no upload any more. */
    private Future<@Nullable StoredChecksum> expected(
            UploadName upload, StoredChecksum.@Nullable Type type, @Nullable StoredChecksum given) {
        if (given == null || type != null) {
            return Future.succeededFuture(given);
        }
        return uploads.find(upload)
                .map(info -> info.checksumType() == null
                        ? given
                        : new StoredChecksum(given.algorithm(), info.checksumType(), given.value()))
                .otherwise(given);
    }

    private static long size(S3Request request) {
        String text = request.header(SIZE);
        if (text == null) {
            return -1;
        }
        try {
            long size = Long.parseLong(text.strip());
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException e) {
            // refused below, together with what is less than nothing
        }
        throw S3Error.INVALID_REQUEST.with("Value for " + SIZE + " header is invalid.");
    }

    private S3Answer answer(S3Request request, StoredObject object) {
        XmlWriter xml = XmlWriter.of("CompleteMultipartUploadResult")
                .element("Location", location(request))
                .element("Bucket", request.bucketName())
                .element("Key", object.key().text())
                .element("ETag", ETags.quoted(object.eTag()));
        Checksums.write(xml, object.checksum(), object.parts());
        return S3Answer.xml(200, xml);
    }

    private String location(S3Request request) {
        String host = request.header("Host");
        return scheme + "://" + (host == null ? "" : host) + request.rawPath();
    }
}

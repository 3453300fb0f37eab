package io.chordata.node.s3;

import io.chordata.node.core.UploadId;
import io.chordata.node.object.Uploads;
import io.chordata.node.object.Uploads.UploadInfo;
import io.chordata.node.object.Uploads.UploadListRequest;
import io.chordata.node.object.Uploads.UploadPage;
import io.chordata.node.s3.xml.XmlWriter;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** ListMultipartUploads. */
final class ListMultipartUploadsHandler implements OperationHandler {
    private final Uploads uploads;

    ListMultipartUploadsHandler(Uploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        S3Request request = call.request();
        PageRequest page = PageRequest.of(request.query(), "max-uploads");
        String keyMarker = request.query().text("key-marker");
        UploadListRequest list = new UploadListRequest(
                request.bucketName(),
                page.prefix(),
                page.delimiter(),
                keyMarker,
                keyMarker.isEmpty() ? null : idMarker(request.query().text("upload-id-marker")),
                page.max());
        return uploads.list(list).map(found -> page.answer(shown -> document(request, shown, list, found)));
    }

    private static @Nullable UploadId idMarker(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return UploadId.parse(text);
        } catch (IllegalArgumentException e) {
            throw S3Error.INVALID_ARGUMENT
                    .with("Invalid uploadId marker")
                    .detail("ArgumentName", "upload-id-marker")
                    .detail("ArgumentValue", text);
        }
    }

    private static XmlWriter document(S3Request request, PageRequest page, UploadListRequest asked, UploadPage found) {
        XmlWriter xml = XmlWriter.of("ListMultipartUploadsResult")
                .element("Bucket", request.bucketName())
                .element("KeyMarker", page.shown(asked.keyMarker()))
                .element("UploadIdMarker", request.query().text("upload-id-marker"));
        if (found.truncated()) {
            xml.element("NextKeyMarker", page.shown(found.nextKeyMarker()));
            if (found.nextUploadIdMarker() != null) {
                xml.element("NextUploadIdMarker", found.nextUploadIdMarker().toString());
            }
        }
        xml.element("Prefix", page.shown(page.prefix()));
        page.writeDelimiterAndEncoding(xml);
        xml.element("MaxUploads", page.max()).element("IsTruncated", found.truncated());
        found.uploads().forEach(upload -> write(xml, page, upload));
        page.writePrefixes(xml, found.commonPrefixes());
        return xml;
    }

    private static void write(XmlWriter xml, PageRequest page, UploadInfo upload) {
        xml.open("Upload")
                .element("Key", page.shown(upload.key().text()))
                .element("UploadId", upload.id().toString());
        Owner.write(xml, "Initiator");
        Owner.write(xml, "Owner");
        xml.element("StorageClass", "STANDARD").element("Initiated", HttpDates.xml(upload.createdMillis()));
        ListPartsHandler.writeChecksum(xml, upload);
        xml.close();
    }
}

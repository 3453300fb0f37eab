package io.chordata.node.s3;

import io.chordata.node.object.StoredPart;
import io.chordata.node.object.Uploads;
import io.chordata.node.object.Uploads.PartPage;
import io.chordata.node.object.Uploads.UploadInfo;
import io.chordata.node.object.Uploads.UploadName;
import io.chordata.node.s3.xml.XmlWriter;
import io.vertx.core.Future;
import java.util.List;

/** ListParts. */
final class ListPartsHandler implements OperationHandler {
    private final Uploads uploads;

    ListPartsHandler(Uploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        S3Request request = call.request();
        UploadName upload = UploadNames.of(request);
        int max =
                Math.min(request.query().integer("max-parts", Limits.MAX_PAGE, 0, Integer.MAX_VALUE), Limits.MAX_PAGE);
        int after = request.query().integer("part-number-marker", 0, 0, Integer.MAX_VALUE);
        Future<PartPage> page = max == 0
                ? uploads.find(upload).map(info -> new PartPage(info, List.of(), false))
                : uploads.listParts(upload, after, max);
        return page.map(found -> answer(request, after, max, found));
    }

    private static S3Answer answer(S3Request request, int after, int max, PartPage page) {
        XmlWriter xml = XmlWriter.of("ListPartsResult")
                .element("Bucket", request.bucketName())
                .element("Key", request.objectKey().text())
                .element("UploadId", page.upload().id().toString());
        Owner.write(xml, "Initiator");
        Owner.write(xml, "Owner");
        xml.element("StorageClass", "STANDARD").element("PartNumberMarker", after);
        if (!page.parts().isEmpty()) {
            xml.element(
                    "NextPartNumberMarker",
                    page.parts().get(page.parts().size() - 1).number());
        }
        xml.element("MaxParts", max).element("IsTruncated", page.truncated());
        writeChecksum(xml, page.upload());
        page.parts().forEach(part -> write(xml, part));
        return S3Answer.xml(200, xml);
    }

    static void writeChecksum(XmlWriter xml, UploadInfo upload) {
        if (upload.checksum() != null && upload.checksumType() != null) {
            xml.element("ChecksumAlgorithm", upload.checksum().name())
                    .element("ChecksumType", upload.checksumType().name());
        }
    }

    private static void write(XmlWriter xml, StoredPart part) {
        xml.open("Part")
                .element("PartNumber", part.number())
                .element("LastModified", HttpDates.xml(part.modifiedMillis()))
                .element("ETag", ETags.quoted(part.eTag()))
                .element("Size", part.size());
        Checksums.writeValue(xml, part.checksum(), 0);
        xml.close();
    }
}

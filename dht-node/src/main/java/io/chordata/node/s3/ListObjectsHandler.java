package io.chordata.node.s3;

import io.chordata.node.object.Listings;
import io.chordata.node.object.Listings.Page;
import io.chordata.node.s3.xml.XmlWriter;
import io.vertx.core.Future;

/** ListObjects, the first version. */
final class ListObjectsHandler implements OperationHandler {
    private final Listings listings;

    ListObjectsHandler(Listings listings) {
        this.listings = listings;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        S3Request request = call.request();
        PageRequest page = PageRequest.of(request.query(), "max-keys");
        String marker = request.query().text("marker");
        return listings.list(
                        new Listings.Request(request.bucketName(), page.prefix(), page.delimiter(), marker, page.max()))
                .map(found -> page.answer(shown -> document(request, shown, marker, found)));
    }

    private static XmlWriter document(S3Request request, PageRequest page, String marker, Page found) {
        XmlWriter xml = XmlWriter.of("ListBucketResult")
                .element("Name", request.bucketName())
                .element("Prefix", page.shown(page.prefix()))
                .element("Marker", page.shown(marker));
        if (found.truncated() && !page.delimiter().isEmpty()) {
            xml.element("NextMarker", page.shown(found.next()));
        }
        xml.element("MaxKeys", page.max());
        page.writeDelimiterAndEncoding(xml);
        xml.element("IsTruncated", found.truncated());
        found.objects().forEach(object -> ObjectEntries.write(xml, page, object, true));
        page.writePrefixes(xml, found.commonPrefixes());
        return xml;
    }
}

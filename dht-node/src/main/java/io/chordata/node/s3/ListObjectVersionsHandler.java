package io.chordata.node.s3;

import io.chordata.node.object.Listings;
import io.chordata.node.object.Listings.Page;
import io.chordata.node.s3.xml.XmlWriter;
import io.vertx.core.Future;

/** ListObjectVersions of a bucket without versioning: each object has one version, {@code null}. */
final class ListObjectVersionsHandler implements OperationHandler {
    private final Listings listings;

    ListObjectVersionsHandler(Listings listings) {
        this.listings = listings;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        S3Request request = call.request();
        PageRequest page = PageRequest.of(request.query(), "max-keys");
        String keyMarker = request.query().text("key-marker");
        requireKeyForVersion(request, keyMarker);
        return listings.list(new Listings.Request(
                        request.bucketName(), page.prefix(), page.delimiter(), keyMarker, page.max()))
                .map(found -> page.answer(shown -> document(request, shown, keyMarker, found)));
    }

    private static void requireKeyForVersion(S3Request request, String keyMarker) {
        String versionMarker = request.query().text("version-id-marker");
        if (!versionMarker.isEmpty() && keyMarker.isEmpty()) {
            throw S3Error.INVALID_ARGUMENT
                    .with("A version-id marker cannot be specified without a key marker.")
                    .detail("ArgumentName", "version-id-marker")
                    .detail("ArgumentValue", versionMarker);
        }
    }

    private static XmlWriter document(S3Request request, PageRequest page, String keyMarker, Page found) {
        XmlWriter xml = XmlWriter.of("ListVersionsResult")
                .element("Name", request.bucketName())
                .element("Prefix", page.shown(page.prefix()))
                .element("KeyMarker", page.shown(keyMarker))
                .element("VersionIdMarker", request.query().text("version-id-marker"));
        if (found.truncated()) {
            xml.element("NextKeyMarker", page.shown(found.next()));
            if (!found.commonPrefixes().contains(found.next())) {
                xml.element("NextVersionIdMarker", VersionIds.NULL);
            }
        }
        xml.element("MaxKeys", page.max());
        page.writeDelimiterAndEncoding(xml);
        xml.element("IsTruncated", found.truncated());
        found.objects().forEach(object -> ObjectEntries.writeVersion(xml, page, object));
        page.writePrefixes(xml, found.commonPrefixes());
        return xml;
    }
}

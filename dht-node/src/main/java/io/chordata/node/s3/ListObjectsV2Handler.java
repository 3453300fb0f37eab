package io.chordata.node.s3;

import io.chordata.node.object.Listings;
import io.chordata.node.object.Listings.Page;
import io.chordata.node.s3.xml.XmlWriter;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** ListObjectsV2. */
final class ListObjectsV2Handler implements OperationHandler {
    private static final String TYPE = "list-type";
    private static final String TOKEN = "continuation-token";
    private static final String START_AFTER = "start-after";

    private final Listings listings;

    ListObjectsV2Handler(Listings listings) {
        this.listings = listings;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        S3Request request = call.request();
        QueryString query = request.query();
        if (!query.text(TYPE).equals("2")) {
            throw S3Error.INVALID_ARGUMENT
                    .with("Invalid List Type specified in Request")
                    .detail("ArgumentName", TYPE)
                    .detail("ArgumentValue", query.text(TYPE));
        }
        PageRequest page = PageRequest.of(query, "max-keys");
        String token = query.get(TOKEN);
        String startAfter = token == null ? query.text(START_AFTER) : ContinuationToken.startAfter(token);
        return listings.list(new Listings.Request(
                        request.bucketName(), page.prefix(), page.delimiter(), startAfter, page.max()))
                .map(found -> page.answer(shown -> document(request, shown, token, found)));
    }

    private static XmlWriter document(S3Request request, PageRequest page, @Nullable String token, Page found) {
        boolean withOwner = request.query().text("fetch-owner").equals("true");
        XmlWriter xml = XmlWriter.of("ListBucketResult")
                .element("Name", request.bucketName())
                .element("Prefix", page.shown(page.prefix()))
                .optional("ContinuationToken", token);
        if (found.truncated()) {
            xml.element("NextContinuationToken", ContinuationToken.of(found.next()));
        }
        if (request.query().has(START_AFTER)) {
            xml.element("StartAfter", page.shown(request.query().text(START_AFTER)));
        }
        xml.element("KeyCount", found.objects().size() + found.commonPrefixes().size())
                .element("MaxKeys", page.max());
        page.writeDelimiterAndEncoding(xml);
        xml.element("IsTruncated", found.truncated());
        found.objects().forEach(object -> ObjectEntries.write(xml, page, object, withOwner));
        page.writePrefixes(xml, found.commonPrefixes());
        return xml;
    }
}

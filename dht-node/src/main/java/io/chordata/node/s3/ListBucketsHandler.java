package io.chordata.node.s3;

import io.chordata.node.object.Bucket;
import io.chordata.node.object.Buckets;
import io.chordata.node.s3.xml.XmlWriter;
import io.vertx.core.Future;
import java.util.List;

/** ListBuckets; in pages for those who ask for them. */
final class ListBucketsHandler implements OperationHandler {
    private static final int MAX_BUCKETS = 10_000;
    private static final String TOKEN = "continuation-token";

    private final Buckets buckets;
    private final String region;

    ListBucketsHandler(Buckets buckets, String region) {
        this.buckets = buckets;
        this.region = region;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        QueryString query = call.request().query();
        int max = query.integer("max-buckets", MAX_BUCKETS, 1, MAX_BUCKETS);
        String token = query.text(TOKEN);
        String after = token.isEmpty() ? "" : ContinuationToken.startAfter(token);
        String prefix = query.text("prefix");
        boolean here =
                !query.has("bucket-region") || query.text("bucket-region").equals(region);
        return buckets.list().map(all -> {
            List<Bucket> later = all.stream()
                    .filter(bucket -> here
                            && bucket.name().startsWith(prefix)
                            && bucket.name().compareTo(after) > 0)
                    .toList();
            return answer(later, max, prefix);
        });
    }

    private S3Answer answer(List<Bucket> later, int max, String prefix) {
        List<Bucket> page = later.subList(0, Math.min(max, later.size()));
        XmlWriter xml = XmlWriter.of("ListAllMyBucketsResult");
        Owner.write(xml, "Owner");
        xml.open("Buckets");
        for (Bucket bucket : page) {
            xml.open("Bucket")
                    .element("Name", bucket.name())
                    .element("CreationDate", HttpDates.xml(bucket.createdMillis()))
                    .element("BucketRegion", region)
                    .close();
        }
        xml.close();
        if (page.size() < later.size()) {
            xml.element(
                    "ContinuationToken",
                    ContinuationToken.of(page.get(page.size() - 1).name()));
        }
        if (!prefix.isEmpty()) {
            xml.element("Prefix", prefix);
        }
        return S3Answer.xml(200, xml);
    }
}

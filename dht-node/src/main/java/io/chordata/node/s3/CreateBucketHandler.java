package io.chordata.node.s3;

import io.chordata.node.object.Buckets;
import io.chordata.node.s3.auth.Authentication.ChecksumHeaders;
import io.chordata.node.s3.xml.CreateBucketDocument;
import io.chordata.node.s3.xml.CreateBucketDocument.Configuration;
import io.vertx.core.Future;
import java.util.regex.Pattern;

/**
 * CreateBucket. Any region may be asked for: requests may be signed for any, and there is one place for all. Clients send
 * whatever their configuration says.
 */
final class CreateBucketHandler implements OperationHandler {
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{0,64}");

    private final Buckets buckets;

    CreateBucketHandler(Buckets buckets) {
        this.buckets = buckets;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        String bucket = call.request().bucketName();
        return configuration(call)
                .compose(configuration -> {
                    check(configuration);
                    return buckets.create(call.invocation(), bucket);
                })
                .map(created -> S3Answer.of(200).header("Location", "/" + bucket));
    }

    private static Future<Configuration> configuration(S3Call call) {
        return hasBody(call.request())
                ? call.body().document(new CreateBucketDocument(), ChecksumHeaders.OF_THE_BODY)
                : Future.succeededFuture(new Configuration(null, false));
    }

    private static boolean hasBody(S3Request request) {
        String length = request.header("Content-Length");
        return request.headers().contains("Transfer-Encoding") || (length != null && !length.equals("0"));
    }

    private static void check(Configuration configuration) {
        if (configuration.otherSettings()) {
            throw S3Error.NOT_IMPLEMENTED.with("Tags and other kinds of buckets are not offered here.");
        }
        String location = configuration.location();
        if (location != null && !REGION.matcher(location).matches()) {
            throw S3Error.INVALID_LOCATION_CONSTRAINT.plain().detail("LocationConstraint", location);
        }
    }
}

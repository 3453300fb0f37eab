package io.chordata.node.s3;

import io.chordata.node.object.Buckets;
import io.chordata.node.object.Listings;
import io.chordata.node.object.Objects;
import io.chordata.node.object.Uploads;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Which operations are offered, and by whom. */
final class Handlers {
    private final Map<S3Operation, OperationHandler> all = new EnumMap<>(S3Operation.class);
    private final Buckets buckets;
    private final Objects objects;

    private Handlers(Buckets buckets, Objects objects) {
        this.buckets = buckets;
        this.objects = objects;
    }

    static Map<S3Operation, OperationHandler> all(
            S3Services services, S3Options options, Routing routing, String scheme) {
        Handlers handlers = new Handlers(services.buckets(), services.objects());
        handlers.all.put(S3Operation.GET_ROUTING, new GetRoutingHandler(routing, services.buckets()));
        handlers.addBuckets(options.region());
        handlers.addObjects();
        handlers.addListings(services.listings());
        handlers.addUploads(services.uploads(), scheme);
        handlers.addDefaults(options.region());
        return Collections.unmodifiableMap(handlers.all);
    }

    private void addBuckets(String region) {
        all.put(S3Operation.LIST_BUCKETS, new ListBucketsHandler(buckets, region));
        all.put(S3Operation.CREATE_BUCKET, new CreateBucketHandler(buckets));
        all.put(S3Operation.HEAD_BUCKET, new HeadBucketHandler(buckets, region));
        all.put(S3Operation.DELETE_BUCKET, new DeleteBucketHandler(buckets));
    }

    private void addObjects() {
        all.put(S3Operation.PUT_OBJECT, new PutObjectHandler(objects));
        all.put(S3Operation.GET_OBJECT, new GetObjectHandler(objects));
        all.put(S3Operation.HEAD_OBJECT, new HeadObjectHandler(objects));
        all.put(S3Operation.DELETE_OBJECT, new DeleteObjectHandler(objects));
        all.put(S3Operation.DELETE_OBJECTS, new DeleteObjectsHandler(objects));
        all.put(S3Operation.COPY_OBJECT, new CopyObjectHandler(objects));
        all.put(S3Operation.GET_OBJECT_ATTRIBUTES, new GetObjectAttributesHandler(objects));
    }

    private void addListings(Listings listings) {
        all.put(S3Operation.LIST_OBJECTS, new ListObjectsHandler(listings));
        all.put(S3Operation.LIST_OBJECTS_V2, new ListObjectsV2Handler(listings));
        all.put(S3Operation.LIST_OBJECT_VERSIONS, new ListObjectVersionsHandler(listings));
    }

    private void addUploads(Uploads uploads, String scheme) {
        all.put(S3Operation.CREATE_MULTIPART_UPLOAD, new CreateMultipartUploadHandler(uploads));
        all.put(S3Operation.UPLOAD_PART, new UploadPartHandler(uploads));
        all.put(S3Operation.UPLOAD_PART_COPY, new UploadPartCopyHandler(uploads));
        all.put(S3Operation.COMPLETE_MULTIPART_UPLOAD, new CompleteMultipartUploadHandler(uploads, scheme));
        all.put(S3Operation.ABORT_MULTIPART_UPLOAD, new AbortMultipartUploadHandler(uploads));
        all.put(S3Operation.LIST_PARTS, new ListPartsHandler(uploads));
        all.put(S3Operation.LIST_MULTIPART_UPLOADS, new ListMultipartUploadsHandler(uploads));
    }

    private void addDefaults(String region) {
        ofBucket(S3Operation.GET_BUCKET_LOCATION, () -> Defaults.location(region));
        ofBucket(S3Operation.GET_BUCKET_ACL, Defaults::privateAcl);
        ofBucket(S3Operation.GET_BUCKET_REQUEST_PAYMENT, Defaults::payer);
        ofBucket(S3Operation.GET_BUCKET_VERSIONING, "VersioningConfiguration");
        ofBucket(S3Operation.GET_BUCKET_ACCELERATE, "AccelerateConfiguration");
        ofBucket(S3Operation.GET_BUCKET_LOGGING, "BucketLoggingStatus");
        ofBucket(S3Operation.GET_BUCKET_NOTIFICATION, "NotificationConfiguration");
        ofBucket(S3Operation.GET_BUCKET_CORS, S3Error.NO_SUCH_CORS_CONFIGURATION);
        ofBucket(S3Operation.GET_BUCKET_ENCRYPTION, S3Error.SERVER_SIDE_ENCRYPTION_NOT_FOUND);
        ofBucket(S3Operation.GET_BUCKET_LIFECYCLE, S3Error.NO_SUCH_LIFECYCLE_CONFIGURATION);
        ofBucket(S3Operation.GET_OBJECT_LOCK_CONFIGURATION, S3Error.OBJECT_LOCK_CONFIGURATION_NOT_FOUND);
        ofBucket(S3Operation.GET_BUCKET_OWNERSHIP_CONTROLS, S3Error.OWNERSHIP_CONTROLS_NOT_FOUND);
        ofBucket(S3Operation.GET_BUCKET_POLICY, S3Error.NO_SUCH_BUCKET_POLICY);
        ofBucket(S3Operation.GET_BUCKET_POLICY_STATUS, S3Error.NO_SUCH_BUCKET_POLICY);
        ofBucket(S3Operation.GET_PUBLIC_ACCESS_BLOCK, S3Error.NO_SUCH_PUBLIC_ACCESS_BLOCK);
        ofBucket(S3Operation.GET_BUCKET_REPLICATION, S3Error.REPLICATION_CONFIGURATION_NOT_FOUND);
        ofBucket(S3Operation.GET_BUCKET_TAGGING, S3Error.NO_SUCH_TAG_SET);
        ofBucket(S3Operation.GET_BUCKET_WEBSITE, S3Error.NO_SUCH_WEBSITE_CONFIGURATION);
        ofObject(S3Operation.GET_OBJECT_ACL, Defaults::privateAcl);
        ofObject(S3Operation.GET_OBJECT_TAGGING, Defaults::noTags);
        ofObject(S3Operation.GET_OBJECT_LEGAL_HOLD, Handlers::noLock);
        ofObject(S3Operation.GET_OBJECT_RETENTION, Handlers::noLock);
    }

    private static S3Answer noLock() {
        throw S3Error.INVALID_REQUEST.with("Bucket is missing Object Lock Configuration");
    }

    private void ofBucket(S3Operation operation, String emptyRoot) {
        ofBucket(operation, () -> Defaults.empty(emptyRoot));
    }

    private void ofBucket(S3Operation operation, S3Error error) {
        ofBucket(operation, () -> {
            throw error.plain();
        });
    }

    private void ofBucket(S3Operation operation, Supplier<S3Answer> answer) {
        all.put(operation, new BucketDefaultHandler(buckets, answer));
    }

    private void ofObject(S3Operation operation, Supplier<S3Answer> answer) {
        all.put(operation, new ObjectDefaultHandler(objects, answer));
    }
}

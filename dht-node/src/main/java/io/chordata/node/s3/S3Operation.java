package io.chordata.node.s3;

import static io.chordata.node.s3.S3Request.Level.BUCKET;
import static io.chordata.node.s3.S3Request.Level.OBJECT;
import static io.chordata.node.s3.S3Request.Level.SERVICE;

import io.chordata.node.s3.S3Request.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every operation of the S3 API, with one of our own, and how a request names it: method, what its path names, and query parameters. Of several
 * that fit, the first here counts. {@link Handlers} says which are offered; the others are refused by name, so that a
 * client never takes the answer to another operation for the one it asked for.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html">S3 API
 *     reference, Amazon S3 operations</a>
 */
enum S3Operation {
    GET_ROUTING("GetRouting", "GET", SERVICE, "chordata-routing"),
    LIST_BUCKETS("ListBuckets", "GET", SERVICE),

    GET_BUCKET_ABAC("GetBucketAbac", "GET", BUCKET, "abac"),
    GET_BUCKET_ACCELERATE("GetBucketAccelerateConfiguration", "GET", BUCKET, "accelerate"),
    GET_BUCKET_ACL("GetBucketAcl", "GET", BUCKET, "acl"),
    GET_BUCKET_ANALYTICS("GetBucketAnalyticsConfiguration", "GET", BUCKET, "analytics", "id"),
    LIST_BUCKET_ANALYTICS("ListBucketAnalyticsConfigurations", "GET", BUCKET, "analytics"),
    GET_BUCKET_CORS("GetBucketCors", "GET", BUCKET, "cors"),
    GET_BUCKET_ENCRYPTION("GetBucketEncryption", "GET", BUCKET, "encryption"),
    GET_BUCKET_INTELLIGENT_TIERING(
            "GetBucketIntelligentTieringConfiguration", "GET", BUCKET, "intelligent-tiering", "id"),
    LIST_BUCKET_INTELLIGENT_TIERING("ListBucketIntelligentTieringConfigurations", "GET", BUCKET, "intelligent-tiering"),
    GET_BUCKET_INVENTORY("GetBucketInventoryConfiguration", "GET", BUCKET, "inventory", "id"),
    LIST_BUCKET_INVENTORY("ListBucketInventoryConfigurations", "GET", BUCKET, "inventory"),
    GET_BUCKET_LIFECYCLE("GetBucketLifecycleConfiguration", "GET", BUCKET, "lifecycle"),
    GET_BUCKET_LOCATION("GetBucketLocation", "GET", BUCKET, "location"),
    GET_BUCKET_LOGGING("GetBucketLogging", "GET", BUCKET, "logging"),
    GET_BUCKET_METADATA("GetBucketMetadataConfiguration", "GET", BUCKET, "metadataConfiguration"),
    GET_BUCKET_METADATA_TABLE("GetBucketMetadataTableConfiguration", "GET", BUCKET, "metadataTable"),
    GET_BUCKET_METRICS("GetBucketMetricsConfiguration", "GET", BUCKET, "metrics", "id"),
    LIST_BUCKET_METRICS("ListBucketMetricsConfigurations", "GET", BUCKET, "metrics"),
    GET_BUCKET_NOTIFICATION("GetBucketNotificationConfiguration", "GET", BUCKET, "notification"),
    GET_OBJECT_LOCK_CONFIGURATION("GetObjectLockConfiguration", "GET", BUCKET, "object-lock"),
    GET_BUCKET_OWNERSHIP_CONTROLS("GetBucketOwnershipControls", "GET", BUCKET, "ownershipControls"),
    GET_BUCKET_POLICY("GetBucketPolicy", "GET", BUCKET, "policy"),
    GET_BUCKET_POLICY_STATUS("GetBucketPolicyStatus", "GET", BUCKET, "policyStatus"),
    GET_PUBLIC_ACCESS_BLOCK("GetPublicAccessBlock", "GET", BUCKET, "publicAccessBlock"),
    GET_BUCKET_REPLICATION("GetBucketReplication", "GET", BUCKET, "replication"),
    GET_BUCKET_REQUEST_PAYMENT("GetBucketRequestPayment", "GET", BUCKET, "requestPayment"),
    CREATE_SESSION("CreateSession", "GET", BUCKET, "session"),
    GET_BUCKET_TAGGING("GetBucketTagging", "GET", BUCKET, "tagging"),
    GET_BUCKET_VERSIONING("GetBucketVersioning", "GET", BUCKET, "versioning"),
    GET_BUCKET_WEBSITE("GetBucketWebsite", "GET", BUCKET, "website"),
    LIST_MULTIPART_UPLOADS("ListMultipartUploads", "GET", BUCKET, "uploads"),
    LIST_OBJECT_VERSIONS("ListObjectVersions", "GET", BUCKET, "versions"),
    LIST_OBJECTS_V2("ListObjectsV2", "GET", BUCKET, "list-type"),
    LIST_OBJECTS("ListObjects", "GET", BUCKET),
    HEAD_BUCKET("HeadBucket", "HEAD", BUCKET),

    PUT_BUCKET_ABAC("PutBucketAbac", "PUT", BUCKET, "abac"),
    PUT_BUCKET_ACCELERATE("PutBucketAccelerateConfiguration", "PUT", BUCKET, "accelerate"),
    PUT_BUCKET_ACL("PutBucketAcl", "PUT", BUCKET, "acl"),
    PUT_BUCKET_ANALYTICS("PutBucketAnalyticsConfiguration", "PUT", BUCKET, "analytics"),
    PUT_BUCKET_CORS("PutBucketCors", "PUT", BUCKET, "cors"),
    PUT_BUCKET_ENCRYPTION("PutBucketEncryption", "PUT", BUCKET, "encryption"),
    PUT_BUCKET_INTELLIGENT_TIERING("PutBucketIntelligentTieringConfiguration", "PUT", BUCKET, "intelligent-tiering"),
    PUT_BUCKET_INVENTORY("PutBucketInventoryConfiguration", "PUT", BUCKET, "inventory"),
    PUT_BUCKET_LIFECYCLE("PutBucketLifecycleConfiguration", "PUT", BUCKET, "lifecycle"),
    PUT_BUCKET_LOGGING("PutBucketLogging", "PUT", BUCKET, "logging"),
    UPDATE_METADATA_INVENTORY_TABLE(
            "UpdateBucketMetadataInventoryTableConfiguration", "PUT", BUCKET, "metadataInventoryTable"),
    UPDATE_METADATA_JOURNAL_TABLE(
            "UpdateBucketMetadataJournalTableConfiguration", "PUT", BUCKET, "metadataJournalTable"),
    PUT_BUCKET_METRICS("PutBucketMetricsConfiguration", "PUT", BUCKET, "metrics"),
    PUT_BUCKET_NOTIFICATION("PutBucketNotificationConfiguration", "PUT", BUCKET, "notification"),
    PUT_OBJECT_LOCK_CONFIGURATION("PutObjectLockConfiguration", "PUT", BUCKET, "object-lock"),
    PUT_BUCKET_OWNERSHIP_CONTROLS("PutBucketOwnershipControls", "PUT", BUCKET, "ownershipControls"),
    PUT_BUCKET_POLICY("PutBucketPolicy", "PUT", BUCKET, "policy"),
    PUT_PUBLIC_ACCESS_BLOCK("PutPublicAccessBlock", "PUT", BUCKET, "publicAccessBlock"),
    PUT_BUCKET_REPLICATION("PutBucketReplication", "PUT", BUCKET, "replication"),
    PUT_BUCKET_REQUEST_PAYMENT("PutBucketRequestPayment", "PUT", BUCKET, "requestPayment"),
    PUT_BUCKET_TAGGING("PutBucketTagging", "PUT", BUCKET, "tagging"),
    PUT_BUCKET_VERSIONING("PutBucketVersioning", "PUT", BUCKET, "versioning"),
    PUT_BUCKET_WEBSITE("PutBucketWebsite", "PUT", BUCKET, "website"),
    CREATE_BUCKET("CreateBucket", "PUT", BUCKET),

    DELETE_OBJECTS("DeleteObjects", "POST", BUCKET, "delete"),
    CREATE_BUCKET_METADATA("CreateBucketMetadataConfiguration", "POST", BUCKET, "metadataConfiguration"),
    CREATE_BUCKET_METADATA_TABLE("CreateBucketMetadataTableConfiguration", "POST", BUCKET, "metadataTable"),
    POST_OBJECT("PostObject", "POST", BUCKET),

    DELETE_BUCKET_ANALYTICS("DeleteBucketAnalyticsConfiguration", "DELETE", BUCKET, "analytics"),
    DELETE_BUCKET_CORS("DeleteBucketCors", "DELETE", BUCKET, "cors"),
    DELETE_BUCKET_ENCRYPTION("DeleteBucketEncryption", "DELETE", BUCKET, "encryption"),
    DELETE_BUCKET_INTELLIGENT_TIERING(
            "DeleteBucketIntelligentTieringConfiguration", "DELETE", BUCKET, "intelligent-tiering"),
    DELETE_BUCKET_INVENTORY("DeleteBucketInventoryConfiguration", "DELETE", BUCKET, "inventory"),
    DELETE_BUCKET_LIFECYCLE("DeleteBucketLifecycle", "DELETE", BUCKET, "lifecycle"),
    DELETE_BUCKET_METADATA("DeleteBucketMetadataConfiguration", "DELETE", BUCKET, "metadataConfiguration"),
    DELETE_BUCKET_METADATA_TABLE("DeleteBucketMetadataTableConfiguration", "DELETE", BUCKET, "metadataTable"),
    DELETE_BUCKET_METRICS("DeleteBucketMetricsConfiguration", "DELETE", BUCKET, "metrics"),
    DELETE_BUCKET_OWNERSHIP_CONTROLS("DeleteBucketOwnershipControls", "DELETE", BUCKET, "ownershipControls"),
    DELETE_BUCKET_POLICY("DeleteBucketPolicy", "DELETE", BUCKET, "policy"),
    DELETE_PUBLIC_ACCESS_BLOCK("DeletePublicAccessBlock", "DELETE", BUCKET, "publicAccessBlock"),
    DELETE_BUCKET_REPLICATION("DeleteBucketReplication", "DELETE", BUCKET, "replication"),
    DELETE_BUCKET_TAGGING("DeleteBucketTagging", "DELETE", BUCKET, "tagging"),
    DELETE_BUCKET_WEBSITE("DeleteBucketWebsite", "DELETE", BUCKET, "website"),
    DELETE_BUCKET("DeleteBucket", "DELETE", BUCKET),

    GET_OBJECT_ACL("GetObjectAcl", "GET", OBJECT, "acl"),
    GET_OBJECT_ATTRIBUTES("GetObjectAttributes", "GET", OBJECT, "attributes"),
    GET_OBJECT_LEGAL_HOLD("GetObjectLegalHold", "GET", OBJECT, "legal-hold"),
    GET_OBJECT_RETENTION("GetObjectRetention", "GET", OBJECT, "retention"),
    GET_OBJECT_TAGGING("GetObjectTagging", "GET", OBJECT, "tagging"),
    GET_OBJECT_TORRENT("GetObjectTorrent", "GET", OBJECT, "torrent"),
    LIST_PARTS("ListParts", "GET", OBJECT, "uploadId"),
    GET_OBJECT("GetObject", "GET", OBJECT),
    HEAD_OBJECT("HeadObject", "HEAD", OBJECT),

    PUT_OBJECT_ACL("PutObjectAcl", "PUT", OBJECT, "acl"),
    UPDATE_OBJECT_ENCRYPTION("UpdateObjectEncryption", "PUT", OBJECT, "encryption"),
    PUT_OBJECT_LEGAL_HOLD("PutObjectLegalHold", "PUT", OBJECT, "legal-hold"),
    RENAME_OBJECT("RenameObject", "PUT", OBJECT, "renameObject"),
    PUT_OBJECT_RETENTION("PutObjectRetention", "PUT", OBJECT, "retention"),
    PUT_OBJECT_TAGGING("PutObjectTagging", "PUT", OBJECT, "tagging"),
    UPLOAD_PART_COPY("UploadPartCopy", "PUT", OBJECT, "uploadId", Names.COPY),
    UPLOAD_PART("UploadPart", "PUT", OBJECT, "uploadId"),
    COPY_OBJECT("CopyObject", "PUT", OBJECT, Names.COPY),
    PUT_OBJECT("PutObject", "PUT", OBJECT),

    COMPLETE_MULTIPART_UPLOAD("CompleteMultipartUpload", "POST", OBJECT, "uploadId"),
    CREATE_MULTIPART_UPLOAD("CreateMultipartUpload", "POST", OBJECT, "uploads"),
    RESTORE_OBJECT("RestoreObject", "POST", OBJECT, "restore"),
    SELECT_OBJECT_CONTENT("SelectObjectContent", "POST", OBJECT, "select"),

    ABORT_MULTIPART_UPLOAD("AbortMultipartUpload", "DELETE", OBJECT, "uploadId"),
    DELETE_OBJECT_TAGGING("DeleteObjectTagging", "DELETE", OBJECT, "tagging"),
    DELETE_OBJECT("DeleteObject", "DELETE", OBJECT);

    private record Place(Level level, String method) {}

    /** Names of what names an operation. */
    private static final class Names {
        /** Not a parameter but a header. */
        static final String COPY = "x-amz-copy-source";

        /** Parameters that choose an operation here and merely refine another there. */
        static final Set<String> ALSO_REFINE = Set.of("id", "list-type", COPY);
    }

    private static final Map<Place, List<S3Operation>> BY_PLACE = byPlace();
    private static final Set<String> SUBRESOURCES = subresources();

    private final String apiName;
    private final String method;
    private final Level level;
    private final List<String> markers;

    S3Operation(String apiName, String method, Level level, String... markers) {
        this.apiName = apiName;
        this.method = method;
        this.level = level;
        this.markers = List.of(markers);
    }

    /** True for what may work for minutes before it has an answer, which is then a document. */
    boolean takesLong() {
        return this == COPY_OBJECT || this == UPLOAD_PART_COPY || this == COMPLETE_MULTIPART_UPLOAD;
    }

    /** True for what goes on for as long as each of its steps gets on. */
    boolean isOfManySteps() {
        return this == COPY_OBJECT || this == UPLOAD_PART_COPY || this == DELETE_OBJECTS;
    }

    String apiName() {
        return apiName;
    }

    /** @throws S3Exception METHOD_NOT_ALLOWED if the request names none */
    static S3Operation of(S3Request request) {
        List<S3Operation> candidates = BY_PLACE.getOrDefault(new Place(request.level(), request.method()), List.of());
        for (S3Operation candidate : candidates) {
            if (candidate.isNamedBy(request)) {
                return candidate;
            }
        }
        throw S3Error.METHOD_NOT_ALLOWED.plain().detail("Method", request.method());
    }

    private boolean isNamedBy(S3Request request) {
        for (String marker : markers) {
            boolean there = marker.equals(Names.COPY)
                    ? request.headers().contains(marker)
                    : request.query().has(marker);
            if (!there) {
                return false;
            }
        }
        return !isPlain() || request.query().names().stream().noneMatch(SUBRESOURCES::contains);
    }

    /** True for an operation on the thing itself, which must not answer for one on a subresource. */
    private boolean isPlain() {
        return markers.isEmpty() || this == COPY_OBJECT;
    }

    private static Map<Place, List<S3Operation>> byPlace() {
        Map<Place, List<S3Operation>> all = new HashMap<>();
        for (S3Operation operation : values()) {
            all.computeIfAbsent(new Place(operation.level, operation.method), place -> new ArrayList<>())
                    .add(operation);
        }
        return all;
    }

    private static Set<String> subresources() {
        Set<String> all = new TreeSet<>();
        for (S3Operation operation : values()) {
            all.addAll(operation.markers);
        }
        all.removeAll(Names.ALSO_REFINE);
        return Collections.unmodifiableSet(all);
    }
}

package io.chordata.node.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3OperationTest {
    private final RequestParser parser = new RequestParser(List.of("localhost", "s3.example.org"));

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "GET / ListBuckets",
                "GET /?max-buckets=3 ListBuckets",
                "GET /?chordata-routing GetRouting",
                "GET /b ListObjects",
                "GET /b/ ListObjects",
                "GET /b?prefix=x&unknown=1 ListObjects",
                "GET /b?list-type=2 ListObjectsV2",
                "GET /b?versions ListObjectVersions",
                "GET /b?uploads ListMultipartUploads",
                "GET /b?location ListLocation",
                "HEAD /b HeadBucket",
                "PUT /b CreateBucket",
                "PUT /b?versioning PutBucketVersioning",
                "PUT /b?policy= PutBucketPolicy",
                "GET /b?analytics ListBucketAnalyticsConfigurations",
                "GET /b?analytics&id=1 GetBucketAnalyticsConfiguration",
                "DELETE /b DeleteBucket",
                "DELETE /b?lifecycle DeleteBucketLifecycle",
                "POST /b?delete DeleteObjects",
                "POST /b PostObject",
                "GET /b/k GetObject",
                "GET /b/k?partNumber=2&x-id=GetObject GetObject",
                "GET /b/k?acl GetObjectAcl",
                "GET /b/k?attributes GetObjectAttributes",
                "GET /b/k?uploadId=1 ListParts",
                "HEAD /b/k HeadObject",
                "PUT /b/k PutObject",
                "PUT /b/k?x-id=PutObject PutObject",
                "PUT /b/k?tagging PutObjectTagging",
                "PUT /b/k?legal-hold PutObjectLegalHold",
                "PUT /b/k?uploadId=1&partNumber=2 UploadPart",
                "POST /b/k?uploads CreateMultipartUpload",
                "POST /b/k?uploadId=1 CompleteMultipartUpload",
                "POST /b/k?select&select-type=2 SelectObjectContent",
                "POST /b/k?restore RestoreObject",
                "DELETE /b/k DeleteObject",
                "DELETE /b/k?uploadId=1 AbortMultipartUpload",
                "DELETE /b/k?tagging DeleteObjectTagging",
            })
    void request_byMethodAndUri_namesItsOperation(String method, String uri, String name) {
        S3Operation operation = S3Operation.of(parser.parse(method, uri, host("127.0.0.1:9000")));
        assertThat(operation.apiName()).isEqualTo(name.equals("ListLocation") ? "GetBucketLocation" : name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /",
                "DELETE /",
                "GET /?acl",
                "HEAD /b?acl",
                "DELETE /b?versioning",
                "POST /b?acl",
                "POST /b/k",
                "GET /b/k?versioning",
                "GET /b/k?uploads",
                "PUT /b/k?delete",
                "HEAD /b/k?tagging",
                "DELETE /b/k?acl",
                "PATCH /b/k",
            })
    void request_forASubresourceThatHasNoSuchMethod_isNotTakenForTheThingItself(String line) {
        String[] words = line.split(" ", -1);
        assertThatThrownBy(() -> S3Operation.of(parser.parse(words[0], words[1], host("127.0.0.1"))))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.METHOD_NOT_ALLOWED));
    }

    @Test
    void put_withCopySource_isACopy() {
        MultiMap headers = host("127.0.0.1").add("X-Amz-Copy-Source", "/b/k");
        assertThat(S3Operation.of(parser.parse("PUT", "/b/k", headers))).isEqualTo(S3Operation.COPY_OBJECT);
        assertThat(S3Operation.of(parser.parse("PUT", "/b/k?uploadId=1&partNumber=1", headers)))
                .isEqualTo(S3Operation.UPLOAD_PART_COPY);
    }

    @Test
    void names_ofAllOperations_areUnique() {
        assertThat(S3Operation.values()).extracting(S3Operation::apiName).doesNotHaveDuplicates();
    }

    private static MultiMap host(String host) {
        return MultiMap.caseInsensitiveMultiMap().add("Host", host);
    }
}

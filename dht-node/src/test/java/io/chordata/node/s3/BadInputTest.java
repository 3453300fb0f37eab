package io.chordata.node.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.SpaceGuard.Room;
import io.chordata.node.process.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table "bad input" of the design, each row over HTTP on a whole node. */
@SuppressWarnings("NullAway.Init")
class BadInputTest {
    private static final String ZEROS = "0".repeat(64);
    private static final long NOW = System.currentTimeMillis();

    @TempDir
    static Path directory;

    private static S3TestNode node;
    private static S3TestClient client;

    @BeforeAll
    static void start() {
        node = new S3TestNode(directory);
        client = node.client();
        client.call("PUT", "/bkt");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void body_thatEndsEarly_leavesNothing() {
        long before = node.blocks.stats().blocks();
        for (String uri : new String[] {"/bkt/cut-small", "/bkt/cut-large"}) {
            int sent = uri.endsWith("small") ? 100 : 3 << 20;
            try (HttpConversation conversation = client.connect()) {
                conversation.send(client.head("PUT", uri, sent + 1));
                conversation.send(new byte[sent]);
            }
            Await.until(
                    "the end of " + uri,
                    Duration.ofSeconds(10),
                    () -> node.observed.stream().anyMatch(line -> line.startsWith("PutObject 400")));
            node.observed.clear();
            assertThat(client.get(uri).outcome()).isEqualTo("404 NoSuchKey");
        }
        Await.until(
                "the blocks of the bodies that were cut to go",
                Duration.ofSeconds(10),
                () -> node.blocks.stats().blocks() == before);
    }

    @Test
    void body_thatIsNotWhatWasPromised_isRefusedAndNotStored() {
        String md5 = Base64.getEncoder().encodeToString(new byte[16]);
        assertThat(client.put("/bkt/bad", "x", "Content-MD5", md5).outcome()).isEqualTo("400 BadDigest");
        assertThat(client.put("/bkt/bad", "x", "x-amz-content-sha256", ZEROS).outcome())
                .isEqualTo("400 XAmzContentSHA256Mismatch");
        assertThat(client.put("/bkt/bad", "x", "x-amz-checksum-crc64nvme", "AAAAAAAAAAA=")
                        .outcome())
                .isEqualTo("400 BadDigest");
        assertThat(client.call("PUT", "/bkt/bad", new byte[3 << 20], "Content-MD5", md5)
                        .outcome())
                .isEqualTo("400 BadDigest");
        assertThat(client.get("/bkt/bad").outcome()).isEqualTo("404 NoSuchKey");
    }

    @Test
    void tooMuch_ofAnything_isRefusedByItsName() {
        assertThat(client.put("/bkt/" + "k".repeat(1025), "x").outcome()).isEqualTo("400 KeyTooLongError");
        assertThat(client.put("/bkt/meta", "x", "x-amz-meta-a", "v".repeat(2048))
                        .outcome())
                .isEqualTo("400 MetadataTooLarge");
        assertThat(client.put("/bkt/meta", "x", "x-amz-meta-a", "v".repeat(2047))
                        .outcome())
                .isEqualTo("200");
        assertThat(client.put("/bkt/meta", "x", "x-amz-meta-a", "v".repeat(17_000))
                        .outcome())
                .isEqualTo("400 RequestHeaderSectionTooLarge");
        try (HttpConversation conversation = client.connect()) {
            conversation.send(client.head("PUT", "/bkt/huge", (5L << 30) + 1, "Expect", "100-continue"));
            assertThat(conversation.receive().outcome()).isEqualTo("400 EntityTooLarge");
        }
        assertThat(client.get("/" + "u".repeat(20_000)).outcome()).isEqualTo("400 InvalidURI");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<Delete>",
                "<Delete><Object><Key>a</Key></Object>",
                "<Other/>",
                "<!DOCTYPE x [<!ENTITY a 'b'>]><Delete><Object><Key>&a;</Key></Object></Delete>",
                "<Delete><Object><Key>&nbsp;</Key></Object></Delete>",
            })
    void xml_thatIsMalformed_isRefused(String document) {
        assertThat(delete(document).outcome()).isEqualTo("400 MalformedXML");
        assertThat(client.put("/bkt/k?uploadId=" + "0".repeat(32), "x").status())
                .isEqualTo(400);
    }

    @Test
    void deletes_ofMoreThanAThousand_areRefusedAtOnce() {
        assertThat(delete("<Delete>" + "<Object><Key>a</Key></Object>".repeat(1001) + "</Delete>")
                        .outcome())
                .isEqualTo("400 MalformedXML");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, '/bkt?delete', 8388609",
        "POST, '/bkt/k?uploadId=00000000000000000000000000000000', 4194305",
        "PUT, '/other', 1048577",
    })
    void xml_thatIsTooLong_isRefusedBeforeItIsSent(String method, String uri, long length) {
        try (HttpConversation conversation = client.connect()) {
            String md5 = Base64.getEncoder().encodeToString(new byte[16]);
            conversation.send(client.head(method, uri, length, "Expect", "100-continue", "Content-MD5", md5));
            assertThat(conversation.receive().outcome()).isEqualTo("400 MalformedXML");
        }
    }

    @Test
    void xml_thatIsWrongAtItsBeginning_isRefusedBeforeItsEnd() {
        try (HttpConversation conversation = client.connect()) {
            String md5 = Base64.getEncoder().encodeToString(new byte[16]);
            conversation.send(client.head("POST", "/bkt?delete", 8 << 20, "Content-MD5", md5));
            conversation.send("<Delete><Object><Key>a</Object>");
            assertThat(conversation.receive().outcome()).isEqualTo("400 MalformedXML");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Authorization: AWS4-HMAC-SHA256 nonsense|400 AuthorizationHeaderMalformed",
                "Authorization: AWS a:b|400 InvalidRequest",
                "X-Nothing: 1|403 AccessDenied",
            })
    void authorization_thatIsNone_isRefused(String header, String outcome) {
        String[] parts = header.split(": ", 2);
        assertThat(raw(client.unsigned("GET", "/bkt/k", parts[0], parts[1])).outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Amz-Algorithm=AWS4-HMAC-SHA256|400 AuthorizationQueryParametersError",
                "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Date=b&X-Amz-Expires=1"
                        + "&X-Amz-SignedHeaders=host&X-Amz-Signature=c|400 AuthorizationQueryParametersError",
            })
    void presign_thatIsMalformed_isRefused(String query, String outcome) {
        assertThat(raw(client.unsigned("GET", "/bkt/k?" + query)).outcome()).isEqualTo(outcome);
    }

    @Test
    void signature_thatDoesNotHold_isForbidden() {
        client.put("/bkt/secret", "x");
        byte[] head = client.head("GET", "/bkt/secret", 0);
        String text = new String(head, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("Signature=") + 10;
        char other = text.charAt(at) == '0' ? '1' : '0';
        assertThat(rawText(text.substring(0, at) + other + text.substring(at + 1))
                        .outcome())
                .isEqualTo("403 SignatureDoesNotMatch");
        assertThat(rawText(text.replace(S3TestNode.ACCESS_KEY, "AKIAUNKNOWN")).outcome())
                .isEqualTo("403 InvalidAccessKeyId");
        assertThat(rawText(text.replace("/bkt/secret", "/bkt/other")).outcome()).isEqualTo("403 SignatureDoesNotMatch");
        assertThat(raw(client.unsigned("GET", client.presign("GET", "/bkt/secret", "", 60, NOW)))
                        .text())
                .isEqualTo("x");
        assertThat(raw(client.unsigned("GET", client.presign("GET", "/bkt/secret", "", 60, NOW - 120_000)))
                        .outcome())
                .isEqualTo("403 AccessDenied");
        assertThat(raw(client.unsigned("GET", client.presign("GET", "/bkt/secret", "", 604_801, NOW)))
                        .outcome())
                .isEqualTo("400 AuthorizationQueryParametersError");
    }

    @Test
    void argument_thatIsMalformed_isRefused() {
        assertThat(client.put("/bkt/k", "x", "Content-MD5", "nonsense").outcome())
                .isEqualTo("400 InvalidDigest");
        assertThat(client.get("/bkt/k?versionId=x").outcome()).isEqualTo("400 InvalidArgument");
        assertThat(client.get("/bkt/k?versionId=" + "x".repeat(32)).outcome()).isEqualTo("404 NoSuchVersion");
        assertThat(client.get("/bkt/%ff").status()).isEqualTo(400);
        assertThat(client.get("/bkt?max-keys=x").outcome()).isEqualTo("400 InvalidArgument");
        assertThat(client.get("/bkt?max-keys=-1").outcome()).isEqualTo("400 InvalidArgument");
        assertThat(client.get("/bkt?encoding-type=x").outcome()).isEqualTo("400 InvalidArgument");
        assertThat(client.get("/bkt?list-type=3").outcome()).isEqualTo("400 InvalidArgument");
        assertThat(client.get("/bkt?list-type=2&continuation-token=x").outcome())
                .isEqualTo("400 InvalidArgument");
        assertThat(client.put("/bkt/k?uploadId=" + "0".repeat(32) + "&partNumber=10001", "x")
                        .outcome())
                .isEqualTo("400 InvalidArgument");
        assertThat(client.put("/bkt/k?partNumber=1", "x").outcome()).isEqualTo("400 InvalidArgument");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, '/bkt/plain?partNumber=3', 400 InvalidArgument",
        "DELETE, '/bkt/plain?foo', 501 NotImplemented",
        "DELETE, '/bkt/plain?versionid=x', 501 NotImplemented",
        "DELETE, '/bkt/plain?versions', 405 MethodNotAllowed",
        "PUT, '/bkt/plain?foo=bar', 501 NotImplemented",
        "PUT, '/bkt/plain?versionId=null', 400 InvalidArgument",
        "DELETE, '/bkt-empty?prefix=a', 501 NotImplemented",
    })
    void parameter_thatNobodyKnows_destroysNothing(String method, String uri, String outcome) {
        client.put("/bkt/plain", "x");
        client.call("PUT", "/bkt-empty");
        assertThat(client.call(method, uri).outcome()).isEqualTo(outcome);
        assertThat(client.get("/bkt/plain").text()).isEqualTo("x");
        assertThat(client.get("/bkt-empty").outcome()).isEqualTo("200");
    }

    @Test
    void parameter_thatS3Ignores_isIgnored() {
        assertThat(client.put("/bkt/noted?x-id=PutObject&X-Note=1", "x").outcome())
                .isEqualTo("200");
        assertThat(client.delete("/bkt/noted?x-id=DeleteObject&x-note").outcome())
                .isEqualTo("204");
    }

    @Test
    void payloadHash_thatIsNone_isRefusedWithoutABodyToo() {
        for (String method : List.of("GET", "PUT", "DELETE")) {
            HttpReply reply = client.call(method, "/bkt/hash", "x-amz-content-sha256", "GIBBERISH");
            assertThat(reply.outcome()).isEqualTo("400 InvalidArgument");
            assertThat(reply.element("ArgumentName")).isEqualTo("x-amz-content-sha256");
            assertThat(reply.element("ArgumentValue")).isEqualTo("GIBBERISH");
        }
    }

    @Test
    void authorization_givenTwice_isRefused() {
        String signed = new String(client.head("GET", "/bkt", 0), StandardCharsets.ISO_8859_1);
        assertThat(rawText(signed.replace("\r\n\r\n", "\r\nAuthorization: AWS a:b\r\n\r\n"))
                        .outcome())
                .isEqualTo("400 InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "18446744073709551615", "9223372036854775808", "1e3", ""})
    void objectSize_thatIsNone_isRefused(String size) {
        assertThat(client.call("POST", "/bkt/k?uploadId=" + "0".repeat(32), "x-amz-mp-object-size", size)
                        .outcome())
                .isEqualTo("400 InvalidRequest");
    }

    @Test
    void signature_thatDoesNotMatch_isShownWhatWasSigned() {
        String signed = new String(client.head("GET", "/bkt/a%20b?list", 0), StandardCharsets.ISO_8859_1);
        String signature = signed.replaceFirst("(?s).*Signature=([0-9a-f]*).*", "$1");
        HttpReply reply = rawText(signed.replace(signature, ZEROS));
        assertThat(reply.outcome()).isEqualTo("403 SignatureDoesNotMatch");
        assertThat(reply.element("AWSAccessKeyId")).isEqualTo(S3TestNode.ACCESS_KEY);
        assertThat(reply.element("SignatureProvided")).isEqualTo(ZEROS);
        assertThat(reply.element("CanonicalRequest")).startsWith("GET\n/bkt/a%20b\nlist=\nhost:127.0.0.1:");
        assertThat(reply.element("StringToSign"))
                .startsWith("AWS4-HMAC-SHA256\n")
                .endsWith(sha256(reply.element("CanonicalRequest").getBytes(StandardCharsets.UTF_8)));
        for (String name : List.of("CanonicalRequest", "StringToSign")) {
            byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(reply.element(name + "Bytes"));
            assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(reply.element(name));
        }
    }

    @Test
    void chunk_thatIsSmallAndNotTheLast_isRefusedByItsNumber() {
        String chunks = "2000\r\n" + "a".repeat(8192) + "\r\n5\r\nhello\r\n3\r\nyou\r\n0\r\n\r\n";
        HttpReply reply = client.put(
                "/bkt/chunked",
                chunks,
                "x-amz-content-sha256",
                "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                "x-amz-decoded-content-length",
                "8200");
        assertThat(reply.outcome()).isEqualTo("403 InvalidChunkSizeError");
        assertThat(reply.element("Chunk")).isEqualTo("3");
        assertThat(reply.element("BadChunkSize")).isEqualTo("5");
        assertThat(client.get("/bkt/chunked").outcome()).isEqualTo("404 NoSuchKey");
    }

    @Test
    void put_withoutLength_isRefused() {
        String signed = new String(client.head("PUT", "/bkt/k", 0), StandardCharsets.ISO_8859_1);
        assertThat(rawText(signed.replace("Content-Length: 0\r\n", "")).outcome())
                .isEqualTo("411 MissingContentLength");
        assertThat(rawText(signed.replace("Content-Length: 0\r\n", "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n")
                        .outcome())
                .isEqualTo("411 MissingContentLength");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /none, NoSuchBucket",
        "GET, /none/k, NoSuchBucket",
        "PUT, /none/k, NoSuchBucket",
        "DELETE, /none, NoSuchBucket",
        "GET, '/none?policy', NoSuchBucket",
        "GET, /bkt/none, NoSuchKey",
        "GET, '/bkt/none?acl', NoSuchKey",
        "GET, '/bkt/k?uploadId=00000000000000000000000000000000', NoSuchUpload",
        "GET, '/bkt/k?uploadId=x', NoSuchUpload",
        "DELETE, '/bkt/k?uploadId=00000000000000000000000000000000', NoSuchUpload",
        "PUT, '/bkt/k?partNumber=1&uploadId=00000000000000000000000000000000', NoSuchUpload",
    })
    void thing_thatIsNotThere_isA404OfItsName(String method, String uri, String code) {
        assertThat(client.call(method, uri).outcome()).isEqualTo("404 " + code);
    }

    @Test
    void disk_thatIsFull_refusesWritesAndTakesDeletes() {
        client.put("/bkt/on-full", "x");
        node.room = Room.RECORDS;
        try {
            HttpReply refused = client.call("PUT", "/bkt/large", new byte[1 << 20]);
            assertThat(refused.outcome()).isEqualTo("503 ServiceUnavailable");
            assertThat(refused.header("Retry-After")).isNotEmpty();
            node.room = Room.DELETES;
            assertThat(client.put("/bkt/small", "x").outcome()).isEqualTo("503 ServiceUnavailable");
            assertThat(client.get("/bkt/on-full").text()).isEqualTo("x");
            assertThat(client.delete("/bkt/on-full").outcome()).isEqualTo("204");
        } finally {
            node.room = Room.ALL;
        }
        assertThat(client.put("/bkt/small", "x").outcome()).isEqualTo("200");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, '/bkt?versioning', PutBucketVersioning",
        "PUT, '/bkt?acl', PutBucketAcl",
        "PUT, '/bkt?policy', PutBucketPolicy",
        "DELETE, '/bkt?cors', DeleteBucketCors",
        "PUT, '/bkt/k?tagging', PutObjectTagging",
        "PUT, '/bkt/k?retention', PutObjectRetention",
        "POST, '/bkt/k?restore', RestoreObject",
        "POST, '/bkt/k?select&select-type=2', SelectObjectContent",
        "GET, '/bkt/k?torrent', GetObjectTorrent",
        "GET, '/bkt?session', CreateSession",
        "GET, '/bkt?inventory', ListBucketInventoryConfigurations",
        "POST, '/bkt', PostObject",
    })
    void operation_thatIsNotOffered_isRefusedByName(String method, String uri, String name) {
        HttpReply reply = client.call(method, uri);
        assertThat(reply.outcome()).isEqualTo("501 NotImplemented");
        assertThat(reply.element("Message")).contains(name);
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-server-side-encryption, AES256, 501",
        "x-amz-server-side-encryption-customer-algorithm, AES256, 501",
        "x-amz-tagging, a=b, 501",
        "x-amz-object-lock-mode, GOVERNANCE, 501",
        "x-amz-object-lock-legal-hold, ON, 501",
        "x-amz-acl, public-read, 501",
        "x-amz-acl, private, 200",
        "x-amz-acl, bucket-owner-full-control, 200",
        "x-amz-grant-read, id=1, 501",
        "x-amz-website-redirect-location, /x, 501",
        "x-amz-storage-class, GLACIER, 501",
        "x-amz-storage-class, STANDARD, 200",
        "x-amz-write-offset-bytes, 3, 501",
        "x-amz-if-match-initiated-time, 'Sat, 21 Nov 2026 00:00:00 GMT', 501",
        "x-amz-expected-bucket-owner, 123456789012, 403",
    })
    void header_thatAsksForWhatIsNotOffered_isRefusedByName(String name, String value, int status) {
        HttpReply reply = client.put("/bkt/header", "x", name, value);
        assertThat(reply.status()).isEqualTo(status);
        if (status == 501) {
            assertThat(reply.element("Message")).contains(name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'?versioning', 200, VersioningConfiguration",
        "'?acl', 200, FULL_CONTROL",
        "'?location', 200, LocationConstraint",
        "'?logging', 200, BucketLoggingStatus",
        "'?notification', 200, NotificationConfiguration",
        "'?requestPayment', 200, BucketOwner",
        "'?accelerate', 200, AccelerateConfiguration",
        "'?policy', 404, NoSuchBucketPolicy",
        "'?policyStatus', 404, NoSuchBucketPolicy",
        "'?tagging', 404, NoSuchTagSet",
        "'?cors', 404, NoSuchCORSConfiguration",
        "'?lifecycle', 404, NoSuchLifecycleConfiguration",
        "'?encryption', 404, ServerSideEncryptionConfigurationNotFoundError",
        "'?website', 404, NoSuchWebsiteConfiguration",
        "'?object-lock', 404, ObjectLockConfigurationNotFoundError",
        "'?replication', 404, ReplicationConfigurationNotFoundError",
        "'?publicAccessBlock', 404, NoSuchPublicAccessBlockConfiguration",
        "'?ownershipControls', 404, OwnershipControlsNotFoundError",
    })
    void probe_ofABucket_givesTheDefaultOfS3(String query, int status, String text) {
        HttpReply reply = client.get("/bkt" + query);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text()).contains(text);
    }

    @Test
    void probe_ofAnObject_givesTheDefaultOfS3() {
        client.put("/bkt/probe", "x");
        assertThat(client.get("/bkt/probe?acl").text()).contains("FULL_CONTROL");
        assertThat(client.get("/bkt/probe?tagging").text()).contains("<TagSet></TagSet>");
        assertThat(client.get("/bkt/probe?retention").outcome()).isEqualTo("400 InvalidRequest");
    }

    private static HttpReply delete(String document) {
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        return client.call("POST", "/bkt?delete", body, "x-amz-content-sha256", sha256(body), "Content-MD5", md5(body));
    }

    private static String md5(byte[] body) {
        return Base64.getEncoder().encodeToString(digest("MD5", body));
    }

    private static String sha256(byte[] body) {
        return HexFormat.of().formatHex(digest("SHA-256", body));
    }

    private static byte[] digest(String algorithm, byte[] body) {
        try {
            return MessageDigest.getInstance(algorithm).digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpReply rawText(String head) {
        return raw(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static HttpReply raw(byte[] head) {
        try (HttpConversation conversation = client.connect()) {
            conversation.send(head);
            return conversation.receive();
        }
    }
}

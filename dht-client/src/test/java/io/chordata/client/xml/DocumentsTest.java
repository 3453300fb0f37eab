package io.chordata.client.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.chordata.client.checksum.ChecksumAlgorithm;
import io.chordata.client.model.BucketSummary;
import io.chordata.client.model.DeleteObjectsResult;
import io.chordata.client.model.ListObjectsPage;
import io.chordata.client.model.ListObjectsRequest;
import io.chordata.client.model.ObjectSummary;
import io.chordata.client.model.PartSummary;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
    private static final ListObjectsRequest LIST = ListObjectsRequest.of("bucket");

    private static Buffer xml(String text) {
        return Buffer.buffer("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text);
    }

    @Test
    void listing_ofAPage_isRead() throws XmlException {
        ListObjectsPage page = AnswerDocuments.listObjects(LIST, xml("""
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
                  <EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>
                  <NextContinuationToken>t&amp;1</NextContinuationToken>
                  <Contents><Key>a%2Bb+c%0A</Key><Size>5</Size><ETag>"e1"</ETag>
                    <LastModified>2026-01-02T03:04:05.006Z</LastModified><StorageClass>STANDARD</StorageClass></Contents>
                  <Contents><Key>d</Key><Size>0</Size><ETag>&quot;e2&quot;</ETag></Contents>
                  <CommonPrefixes><Prefix>p%2F</Prefix></CommonPrefixes>
                </ListBucketResult>"""));

        assertThat(page.objects())
                .containsExactly(
                        new ObjectSummary("a+b c\n", 5, "e1", Instant.parse("2026-01-02T03:04:05.006Z"), "STANDARD"),
                        new ObjectSummary("d", 0, "e2", null, ""));
        assertThat(page.commonPrefixes()).containsExactly("p/");
        assertThat(page.next()).contains(LIST.withToken("t&1"));
    }

    @Test
    void listing_thatEnds_hasNothingBehindIt() throws XmlException {
        ListObjectsPage page = AnswerDocuments.listObjects(
                LIST, xml("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"));
        assertThat(page.objects()).isEmpty();
        assertThat(page.next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<ListBucketResult>",
                "<Other/>",
                "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
                "<ListBucketResult><Contents><Key>a</Key><Size>x</Size></Contents></ListBucketResult>",
                "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><ListBucketResult>&e;</ListBucketResult>",
                "<!DOCTYPE ListBucketResult><ListBucketResult/>",
                "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>"
            })
    void listing_thatIsNone_isRefused(String text) {
        assertThatThrownBy(() -> AnswerDocuments.listObjects(LIST, Buffer.buffer(text)))
                .isInstanceOf(XmlException.class);
    }

    @Test
    void buckets_inAListing_areRead() throws XmlException {
        assertThat(AnswerDocuments.listBuckets(xml("""
                <ListAllMyBucketsResult><Owner><ID>o</ID></Owner><Buckets>
                <Bucket><Name>one</Name><CreationDate>2026-01-02T03:04:05Z</CreationDate></Bucket>
                <Bucket><Name>two</Name></Bucket></Buckets></ListAllMyBucketsResult>""")))
                .containsExactly(
                        new BucketSummary("one", Instant.parse("2026-01-02T03:04:05Z")),
                        new BucketSummary("two", null));
    }

    @Test
    void deletion_withFailures_namesThemAlone() throws XmlException {
        DeleteObjectsResult result = AnswerDocuments.deleteObjects(List.of("a", "b"), xml("""
                <DeleteResult><Deleted><Key>a</Key></Deleted>
                <Error><Key>b</Key><Code>InternalError</Code><Message>m</Message></Error></DeleteResult>"""));
        assertThat(result.deleted()).containsExactly("a");
        assertThat(result.failures()).containsExactly(new DeleteObjectsResult.Failure("b", "InternalError", "m"));
    }

    @Test
    void key_thatTheAnswerDoesNotName_isNotDeleted() throws XmlException {
        DeleteObjectsResult result = AnswerDocuments.deleteObjects(List.of("a\u0001", "b", "c"), xml("""
                <DeleteResult><Error><Key>a\uFFFD</Key><Code>InternalError</Code></Error>
                <Deleted><Key>c</Key></Deleted></DeleteResult>"""));
        assertThat(result.deleted()).containsExactly("c");
        assertThat(result.failures())
                .extracting(DeleteObjectsResult.Failure::key, DeleteObjectsResult.Failure::code)
                .containsExactly(tuple("a\u0001", "MalformedAnswer"), tuple("b", "MalformedAnswer"));
        assertThat(AnswerDocuments.deleteObjects(List.of("a"), xml("<DeleteResult/>"))
                        .deleted())
                .isEmpty();
    }

    @Test
    void upload_fromBeginToEnd_isRead() throws XmlException {
        assertThat(AnswerDocuments.createUpload(
                        xml("<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>")))
                .isEqualTo("u1");
        assertThat(AnswerDocuments.completeUpload(
                        xml("<CompleteMultipartUploadResult><ETag>\"e-2\"</ETag></CompleteMultipartUploadResult>")))
                .isEqualTo("e-2");
        AnswerDocuments.PartsPage parts = AnswerDocuments.listParts(xml("""
                <ListPartsResult><IsTruncated>true</IsTruncated>
                <Part><PartNumber>3</PartNumber><Size>9</Size><ETag>"e"</ETag><ChecksumCRC32C>AAAAAA==</ChecksumCRC32C></Part>
                </ListPartsResult>"""));
        assertThat(parts.truncated()).isTrue();
        assertThat(parts.parts())
                .containsExactly(new PartSummary(3, 9, "e", Map.of(ChecksumAlgorithm.CRC32C, "AAAAAA==")));
    }

    @Test
    void error_ofS3OrOfAProxy_isToldApart() {
        assertThat(ErrorDocument.parse(
                        xml("<Error><Code>NoSuchKey</Code><Message>m</Message><Resource>/b/k</Resource></Error>")))
                .contains(new ErrorDocument("NoSuchKey", "m", "/b/k", ""));
        assertThat(ErrorDocument.parse(Buffer.buffer("<html><body>Bad Gateway</body></html>")))
                .isEmpty();
        assertThat(ErrorDocument.parse(Buffer.buffer())).isEmpty();
    }

    @Test
    void requests_withNamesOfAnyKind_areEscaped() throws XmlException {
        Buffer document = RequestDocuments.deleteObjects(List.of("a<b>&\"c", "line\r\n"));

        assertThat(document.toString()).contains("a&lt;b&gt;&amp;&quot;c").contains("line&#13;&#10;");
        XmlNode root = XmlNode.parse(document);
        assertThat(root.children("Object"))
                .extracting(object -> object.text("Key"))
                .containsExactly("a<b>&\"c", "line\r\n");
    }

    @Test
    void completion_ofParts_namesEach() throws XmlException {
        XmlNode root = XmlNode.parse(RequestDocuments.completeUpload(
                List.of(new PartSummary(1, 5, "e1", Map.of()), new PartSummary(2, 5, "e2", Map.of()))));
        assertThat(root.children("Part")).extracting(part -> part.text("ETag")).containsExactly("\"e1\"", "\"e2\"");
        assertThat(root.children("Part").get(1).number("PartNumber")).isEqualTo(2);
    }
}

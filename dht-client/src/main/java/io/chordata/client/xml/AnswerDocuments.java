package io.chordata.client.xml;

import io.chordata.client.checksum.ChecksumAlgorithm;
import io.chordata.client.model.BucketSummary;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.DeleteObjectsResult;
import io.chordata.client.model.DeleteObjectsResult.Failure;
import io.chordata.client.model.ListObjectsPage;
import io.chordata.client.model.ListObjectsRequest;
import io.chordata.client.model.ObjectSummary;
import io.chordata.client.model.PartSummary;
import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads answers; each method fails with {@link XmlException} for another document than its own. */
public final class AnswerDocuments {
    private static final String NOT_NAMED = "the answer does not name this key, so whether it was deleted is unknown";

    private AnswerDocuments() {}

    /** A page of parts, and whether more follow. */
    public record PartsPage(List<PartSummary> parts, boolean truncated) {}

    /** What names an upload within a bucket. */
    public record UploadKey(String key, String uploadId) {}

    public static ListObjectsPage listObjects(ListObjectsRequest request, Buffer document) throws XmlException {
        XmlNode root = root(document, "ListBucketResult");
        UnaryOperator<String> plain = plain(root);
        List<ObjectSummary> objects = new ArrayList<>();
        for (XmlNode entry : root.children("Contents")) {
            objects.add(new ObjectSummary(
                    plain.apply(entry.text("Key")),
                    entry.number("Size"),
                    unquoted(entry.text("ETag")),
                    time(entry.text("LastModified")),
                    entry.text("StorageClass")));
        }
        List<String> prefixes = root.children("CommonPrefixes").stream()
                .map(entry -> plain.apply(entry.text("Prefix")))
                .toList();
        return new ListObjectsPage(request, objects, prefixes, next(root));
    }

    public static List<BucketSummary> listBuckets(Buffer document) throws XmlException {
        XmlNode root = root(document, "ListAllMyBucketsResult");
        return root.child("Buckets").map(all -> all.children("Bucket")).orElse(List.of()).stream()
                .map(bucket -> new BucketSummary(bucket.text("Name"), time(bucket.text("CreationDate"))))
                .toList();
    }

    /**
     * A key is deleted only where the answer says so. One that it names in other characters than these, as some endpoints do
     * where XML has no way to write it, or not at all, has an unknown outcome and is among the failures.
     */
    public static DeleteObjectsResult deleteObjects(List<String> asked, Buffer document) throws XmlException {
        XmlNode root = root(document, "DeleteResult");
        Map<String, Failure> refused = new HashMap<>();
        for (XmlNode error : root.children("Error")) {
            refused.put(error.text("Key"), new Failure(error.text("Key"), error.text("Code"), error.text("Message")));
        }
        Set<String> named = new HashSet<>();
        root.children("Deleted").forEach(entry -> named.add(entry.text("Key")));
        List<String> deleted = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String key : asked) {
            Failure failure = refused.get(key);
            if (failure == null && named.contains(key)) {
                deleted.add(key);
            } else {
                failures.add(
                        failure == null ? new Failure(key, ChordataException.MALFORMED_ANSWER, NOT_NAMED) : failure);
            }
        }
        return new DeleteObjectsResult(deleted, failures);
    }

    /** The ETag of what a copy made, without quotes. */
    public static String copyResult(Buffer document) throws XmlException {
        return unquoted(rootOf(document, "CopyObjectResult", "CopyPartResult").text("ETag"));
    }

    public static String createUpload(Buffer document) throws XmlException {
        String id = root(document, "InitiateMultipartUploadResult").text("UploadId");
        if (id.isEmpty()) {
            throw new XmlException("an upload without an id");
        }
        return id;
    }

    /** The ETag of the object that the parts became, without quotes. */
    public static String completeUpload(Buffer document) throws XmlException {
        return unquoted(root(document, "CompleteMultipartUploadResult").text("ETag"));
    }

    public static PartsPage listParts(Buffer document) throws XmlException {
        XmlNode root = root(document, "ListPartsResult");
        List<PartSummary> parts = new ArrayList<>();
        for (XmlNode part : root.children("Part")) {
            parts.add(new PartSummary(
                    Math.toIntExact(part.number("PartNumber")),
                    part.number("Size"),
                    unquoted(part.text("ETag")),
                    checksums(part)));
        }
        return new PartsPage(parts, isTruncated(root));
    }

    public static List<UploadKey> listUploads(Buffer document) throws XmlException {
        XmlNode root = root(document, "ListMultipartUploadsResult");
        UnaryOperator<String> plain = plain(root);
        return root.children("Upload").stream()
                .map(upload -> new UploadKey(plain.apply(upload.text("Key")), upload.text("UploadId")))
                .toList();
    }

    public static String unquoted(String eTag) {
        return eTag.length() >= 2 && eTag.startsWith("\"") && eTag.endsWith("\"")
                ? eTag.substring(1, eTag.length() - 1)
                : eTag;
    }

    private static XmlNode root(Buffer document, String name) throws XmlException {
        return rootOf(document, name, name);
    }

    private static XmlNode rootOf(Buffer document, String name, String other) throws XmlException {
        XmlNode root = XmlNode.parse(document);
        if (!root.name().equals(name) && !root.name().equals(other)) {
            throw new XmlException("expected " + name + ", got " + root.name());
        }
        return root;
    }

    private static Map<ChecksumAlgorithm, String> checksums(XmlNode part) {
        Map<ChecksumAlgorithm, String> found = new EnumMap<>(ChecksumAlgorithm.class);
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            String value = part.text(algorithm.elementName());
            if (!value.isEmpty()) {
                found.put(algorithm, value);
            }
        }
        return found;
    }

    private static @Nullable String next(XmlNode root) throws XmlException {
        String token = root.text("NextContinuationToken");
        if (isTruncated(root) && token.isEmpty()) {
            throw new XmlException("a page that is cut, with nothing to go on by");
        }
        return isTruncated(root) ? token : null;
    }

    private static boolean isTruncated(XmlNode root) {
        return root.text("IsTruncated").equals("true");
    }

    private static UnaryOperator<String> plain(XmlNode root) {
        return root.text("EncodingType").equals("url")
                ? encoded -> URLDecoder.decode(encoded, StandardCharsets.UTF_8)
                : UnaryOperator.identity();
    }

    private static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}

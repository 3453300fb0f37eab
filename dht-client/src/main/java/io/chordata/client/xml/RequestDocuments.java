package io.chordata.client.xml;

import io.chordata.client.checksum.ChecksumAlgorithm;
import io.chordata.client.model.PartSummary;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes the bodies of requests that have a document. */
public final class RequestDocuments {
    private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

    private RequestDocuments() {}

    /** @param region where the bucket is to be, other than the one without a name */
    public static Buffer createBucket(String region) {
        return document("CreateBucketConfiguration", "<LocationConstraint>" + escape(region) + "</LocationConstraint>");
    }

    /** Not quiet: the answer names each key, so that none is taken for deleted that it does not name. */
    public static Buffer deleteObjects(List<String> keys) {
        StringBuilder text = new StringBuilder();
        keys.forEach(key -> text.append("<Object><Key>").append(escape(key)).append("</Key></Object>"));
        return document("Delete", text);
    }

    /** @param parts in order of their numbers */
    public static Buffer completeUpload(List<PartSummary> parts) {
        StringBuilder text = new StringBuilder();
        for (PartSummary part : parts) {
            text.append("<Part><PartNumber>").append(part.number()).append("</PartNumber><ETag>&quot;");
            text.append(escape(part.eTag())).append("&quot;</ETag>");
            for (Map.Entry<ChecksumAlgorithm, String> checksum :
                    part.checksums().entrySet()) {
                String name = checksum.getKey().elementName();
                text.append('<').append(name).append('>').append(checksum.getValue());
                text.append("</").append(name).append('>');
            }
            text.append("</Part>");
        }
        return document("CompleteMultipartUpload", text);
    }

    /** In base64: what the endpoint holds a document to that must not be damaged on its way. */
    public static String md5(Buffer document) {
        try {
            byte[] bytes = document.getBytes();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    private static Buffer document(String root, CharSequence content) {
        return Buffer.buffer(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + root + NAMESPACE + '>' + content + "</" + root + '>');
    }

    /** Control characters as references: what XML 1.0 has no way to write, S3 takes so all the same. */
    static String escape(String text) {
        StringBuilder target = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> target.append("&lt;");
                case '>' -> target.append("&gt;");
                case '&' -> target.append("&amp;");
                case '"' -> target.append("&quot;");
                default -> {
                    if (c < 0x20) {
                        target.append("&#").append((int) c).append(';');
                    } else {
                        target.append(c);
                    }
                }
            }
        }
        return target.toString();
    }
}

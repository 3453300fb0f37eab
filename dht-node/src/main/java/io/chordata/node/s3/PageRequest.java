package io.chordata.node.s3;

import io.chordata.client.sigv4.UriEncoding;
import io.chordata.node.s3.xml.XmlWriter;
import java.util.List;
import java.util.function.Function;

/**
 * What every listing of a bucket asks: a prefix, a delimiter, how many entries, and whether names are to be encoded so
 * that any XML parser can read them.
 *
 * @param max as asked, at most 1,000
 */
record PageRequest(String prefix, String delimiter, int max, boolean encoded) {
    /** @throws S3Exception INVALID_ARGUMENT */
    static PageRequest of(QueryString query, String maxName) {
        String encoding = query.text("encoding-type");
        if (!encoding.isEmpty() && !encoding.equals("url")) {
            throw S3Error.INVALID_ARGUMENT
                    .with("Invalid Encoding Method specified in Request")
                    .detail("ArgumentName", "encoding-type")
                    .detail("ArgumentValue", encoding);
        }
        int max = query.integer(maxName, Limits.MAX_PAGE, 0, Integer.MAX_VALUE);
        return new PageRequest(
                query.text("prefix"), query.text("delimiter"), Math.min(max, Limits.MAX_PAGE), !encoding.isEmpty());
    }

    /** A key, prefix, delimiter or marker as the answer shows it. */
    String shown(String name) {
        return encoded ? UriEncoding.encodePath(name) : name;
    }

    /**
     * The listing as a document. Without its names encoded unless that was asked for, or one of them holds what XML cannot:
     * no parser would read such a page, and the bucket could not be listed for the sake of one key. The page says so, in
     * EncodingType, as if it had been asked for.
     */
    S3Answer answer(Function<PageRequest, XmlWriter> document) {
        XmlWriter asked = document.apply(this);
        return S3Answer.xml(
                200, asked.isExact() ? asked : document.apply(new PageRequest(prefix, delimiter, max, true)));
    }

    void writeDelimiterAndEncoding(XmlWriter xml) {
        if (!delimiter.isEmpty()) {
            xml.element("Delimiter", shown(delimiter));
        }
        if (encoded) {
            xml.element("EncodingType", "url");
        }
    }

    void writePrefixes(XmlWriter xml, List<String> prefixes) {
        for (String common : prefixes) {
            xml.open("CommonPrefixes").element("Prefix", shown(common)).close();
        }
    }
}

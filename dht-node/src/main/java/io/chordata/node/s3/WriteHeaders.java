package io.chordata.node.s3;

import io.chordata.node.object.ObjectMetadata;
import io.chordata.node.object.WriteConditions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the headers of a write say of the object that is to be. */
final class WriteHeaders {
    static final String USER_PREFIX = "x-amz-meta-";

    /** The headers that an object keeps. */
    static final List<String> STANDARD = List.of(
            "cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires");

    private WriteHeaders() {}

    /**
     * If-Match and If-None-Match as conditions of a write.
     *
     * @throws S3Exception NOT_IMPLEMENTED for both at once, or for If-None-Match other than {@code *}
     */
    static WriteConditions conditions(S3Request request) {
        String ifMatch = request.header("If-Match");
        String ifNoneMatch = request.header("If-None-Match");
        if (ifMatch != null && ifNoneMatch != null) {
            throw S3Error.NOT_IMPLEMENTED.with("If-Match and If-None-Match together are not offered here.");
        }
        if (ifNoneMatch != null && !ifNoneMatch.strip().equals("*")) {
            throw S3Error.NOT_IMPLEMENTED.with("If-None-Match with anything but * is not offered for writes.");
        }
        return ifMatch == null && ifNoneMatch == null
                ? WriteConditions.NONE
                : new WriteConditions(ifMatch == null ? null : ETags.unquoted(ifMatch), ifNoneMatch != null);
    }

    /** @throws S3Exception METADATA_TOO_LARGE */
    static ObjectMetadata metadata(S3Request request) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : STANDARD) {
            String value = standard(request, name);
            if (value != null && !value.isEmpty()) {
                headers.put(name, value);
            }
        }
        return new ObjectMetadata(headers, user(request));
    }

    private static @Nullable String standard(S3Request request, String name) {
        String value = request.header(name);
        return value != null && name.equals("content-encoding") ? withoutAwsChunked(value) : value;
    }

    /** The encoding of the transfer is no property of the object. */
    private static String withoutAwsChunked(String value) {
        List<String> codings = new ArrayList<>();
        for (String coding : Arrays.asList(value.split(",", -1))) {
            if (!coding.strip().equalsIgnoreCase("aws-chunked")) {
                codings.add(coding.strip());
            }
        }
        return String.join(",", codings);
    }

    private static Map<String, String> user(S3Request request) {
        Map<String, String> user = new TreeMap<>();
        int bytes = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(USER_PREFIX)) {
                String shortName = name.substring(USER_PREFIX.length());
                user.merge(shortName, header.getValue(), (first, next) -> first + "," + next);
                bytes += shortName.length() + header.getValue().length();
            }
        }
        if (bytes > Limits.MAX_METADATA_BYTES) {
            throw S3Error.METADATA_TOO_LARGE
                    .plain()
                    .detail("Size", Integer.toString(bytes))
                    .detail("MaxSizeAllowed", Integer.toString(Limits.MAX_METADATA_BYTES));
        }
        return user;
    }
}

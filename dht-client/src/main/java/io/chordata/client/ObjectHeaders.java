package io.chordata.client;

import io.chordata.client.checksum.ChecksumAlgorithm;
import io.chordata.client.http.Answer;
import io.chordata.client.http.ApiRequest;
import io.chordata.client.http.HeaderText;
import io.chordata.client.model.Conditions;
import io.chordata.client.model.ObjectInfo;
import io.chordata.client.model.ObjectMetadata;
import io.chordata.client.model.PartSummary;
import io.chordata.client.model.StoredObject;
import io.chordata.client.retry.RetryAfter;
import io.chordata.client.xml.AnswerDocuments;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The headers that speak of objects, both ways. */
final class ObjectHeaders {
    private static final String USER_PREFIX = "x-amz-meta-";
    private static final String SOURCE_PREFIX = "x-amz-copy-source-";
    private static final List<String> STANDARD = List.of(
            "cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private ObjectHeaders() {}

    static ApiRequest put(ApiRequest request, ObjectMetadata metadata) {
        metadata.headers().forEach(request::header);
        metadata.user().forEach((name, value) -> request.header(USER_PREFIX + name, value));
        return request;
    }

    static ApiRequest put(ApiRequest request, Conditions conditions) {
        return put(request, conditions, "");
    }

    static ApiRequest putOfSource(ApiRequest request, Conditions conditions) {
        return put(request, conditions, SOURCE_PREFIX);
    }

    private static ApiRequest put(ApiRequest request, Conditions conditions, String prefix) {
        return request.header(prefix + "if-match", quoted(conditions.ifMatch()))
                .header(prefix + "if-none-match", quoted(conditions.ifNoneMatch()))
                .header(prefix + "if-modified-since", date(conditions.ifModifiedSince()))
                .header(prefix + "if-unmodified-since", date(conditions.ifUnmodifiedSince()));
    }

    static ObjectInfo info(String bucket, String key, Answer answer) {
        return new ObjectInfo(
                bucket,
                key,
                size(answer),
                eTag(answer),
                instant(answer.header("Last-Modified")),
                metadata(answer),
                checksums(answer),
                answer.header("x-amz-version-id"));
    }

    static StoredObject stored(String bucket, String key, Answer answer) {
        return new StoredObject(bucket, key, eTag(answer), answer.header("x-amz-version-id"));
    }

    static PartSummary part(int number, long size, Answer answer) {
        return new PartSummary(number, size, eTag(answer), checksums(answer));
    }

    private static String eTag(Answer answer) {
        String header = answer.header("ETag");
        if (header == null) {
            throw new IllegalArgumentException("no ETag");
        }
        return AnswerDocuments.unquoted(header);
    }

    /** Of the whole object: what comes behind the slash of a range, or all there is. */
    private static long size(Answer answer) {
        String range = answer.header("Content-Range");
        return range == null ? length(answer) : Long.parseLong(range.substring(range.indexOf('/') + 1));
    }

    /** Of the body. */
    static long length(Answer answer) {
        String length = answer.header("Content-Length");
        if (length == null) {
            throw new IllegalArgumentException("no Content-Length");
        }
        return Long.parseLong(length);
    }

    /** Where in the object the body begins. */
    static long first(Answer answer) {
        String range = answer.header("Content-Range");
        return range == null ? 0 : Long.parseLong(range.substring(range.indexOf(' ') + 1, range.indexOf('-')));
    }

    private static ObjectMetadata metadata(Answer answer) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : STANDARD) {
            String value = answer.header(name);
            if (value != null) {
                headers.put(name, HeaderText.fromWire(value));
            }
        }
        Map<String, String> user = new TreeMap<>();
        answer.headers().forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith(USER_PREFIX)) {
                user.put(name.substring(USER_PREFIX.length()), HeaderText.fromWire(value));
            }
        });
        return new ObjectMetadata(headers, user);
    }

    private static Map<ChecksumAlgorithm, String> checksums(Answer answer) {
        Map<ChecksumAlgorithm, String> found = new EnumMap<>(ChecksumAlgorithm.class);
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            String value = answer.header(algorithm.headerName());
            if (value != null) {
                found.put(algorithm, value);
            }
        }
        return found;
    }

    private static @Nullable String quoted(@Nullable String eTag) {
        return eTag == null || eTag.equals("*") || eTag.startsWith("\"") ? eTag : '"' + eTag + '"';
    }

    private static @Nullable String date(@Nullable Instant time) {
        return time == null ? null : HTTP_DATE.format(time);
    }

    private static @Nullable Instant instant(@Nullable String header) {
        OptionalLong millis = RetryAfter.date(header);
        return millis.isPresent() ? Instant.ofEpochMilli(millis.getAsLong()) : null;
    }
}

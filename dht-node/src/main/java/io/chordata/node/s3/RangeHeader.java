package io.chordata.node.s3;

import io.chordata.node.object.ByteRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Range of a read: {@code bytes=0-9}, {@code bytes=5-} or {@code bytes=-5}. As at S3 anything else, several ranges
 * included, is as if it were not there.
 */
final class RangeHeader {
    private static final int MAX_DIGITS = 18;
    private static final Pattern ONE_RANGE = Pattern.compile("bytes=\\s*+(\\d*+)\\s*+-\\s*+(\\d*+)\\s*+");

    private RangeHeader() {}

    /**
     * @return the bytes asked for, or null for all of them
     * @throws S3Exception INVALID_RANGE if none of the bytes exist
     */
    static @Nullable ByteRange choose(@Nullable String header, long size) {
        Matcher matcher = ONE_RANGE.matcher(header == null ? "" : header);
        if (!matcher.matches()) {
            return null;
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? null : suffix(number(last), size, matcher.group());
        }
        long from = number(first);
        long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
        if (to < from) {
            return null;
        }
        if (from >= size) {
            throw unsatisfiable(matcher.group(), size);
        }
        return new ByteRange(from, Math.min(to, size - 1) - from + 1);
    }

    /** What no long holds is behind the end of any object. */
    private static long number(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(significant);
    }

    private static ByteRange suffix(long length, long size, String header) {
        if (length == 0 || size == 0) {
            throw unsatisfiable(header, size);
        }
        long taken = Math.min(length, size);
        return new ByteRange(size - taken, taken);
    }

    private static S3Exception unsatisfiable(String header, long size) {
        return S3Error.INVALID_RANGE
                .plain()
                .header("Content-Range", "bytes */" + size)
                .detail("RangeRequested", header)
                .detail("ActualObjectSize", Long.toString(size));
    }
}

package io.chordata.client.model;

/**
 * A part of an object's bytes.
 *
 * @param first from 0; with a suffix, how many of the last bytes
 * @param last inclusive; {@link #END} for all that follow
 */
public record ByteRange(long first, long last, boolean isSuffix) {
    public static final long END = Long.MAX_VALUE;

    public ByteRange {
        if (first < 0 || last < first || (isSuffix && first == 0)) {
            throw new IllegalArgumentException("no range of bytes: " + first + " to " + last);
        }
    }

    public static ByteRange from(long first) {
        return new ByteRange(first, END, false);
    }

    /** @param length at least 1 */
    public static ByteRange of(long first, long length) {
        return new ByteRange(first, first + length - 1, false);
    }

    /** The last {@code length} bytes. */
    public static ByteRange suffix(long length) {
        return new ByteRange(length, END, true);
    }

    /** As the Range header has it. */
    public String header() {
        if (isSuffix) {
            return "bytes=-" + first;
        }
        return "bytes=" + first + '-' + (last == END ? "" : Long.toString(last));
    }
}

package io.chordata.client.multipart;

/**
 * Which bytes go into which part of an upload. Parts are numbered from 1 to at most 10,000, and each but the last has at
 * least 5 MiB and at most 5 GiB.
 *
 * @param length of the whole in bytes
 * @param partBytes of every part but the last
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">S3 user guide, Multipart upload
 *     limits</a>
 */
public record PartPlan(long length, long partBytes) {
    public static final int MAX_PARTS = 10_000;
    public static final long MIN_PART_BYTES = 5L << 20;
    public static final long MAX_PART_BYTES = 5L << 30;

    private static final long STEP_BYTES = 1L << 20;
    private static final int PARTS_OF_ONE_SIZE = 1_000;

    public PartPlan {
        requirePartBytes(partBytes);
        if (length < 0 || (length - 1) / partBytes >= MAX_PARTS) {
            throw new IllegalArgumentException(
                    length + " bytes do not go into " + MAX_PARTS + " parts of " + partBytes);
        }
    }

    /** @param wantedPartBytes of each part, unless there would be too many: then as much as it takes, in whole MiB */
    public static PartPlan of(long length, long wantedPartBytes) {
        requirePartBytes(wantedPartBytes);
        long needed = (length + MAX_PARTS - 1) / MAX_PARTS;
        long rounded = (needed + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
        return new PartPlan(length, Math.max(wantedPartBytes, rounded));
    }

    /** How large a part is of a body whose end is not known: it doubles every thousand parts. */
    public static long growingPartBytes(int number, long firstPartBytes) {
        requirePartBytes(firstPartBytes);
        return Math.min(MAX_PART_BYTES, firstPartBytes << ((number - 1) / PARTS_OF_ONE_SIZE));
    }

    /** @throws IllegalArgumentException if no part but the last can have so many */
    public static void requirePartBytes(long partBytes) {
        if (partBytes < MIN_PART_BYTES || partBytes > MAX_PART_BYTES) {
            throw new IllegalArgumentException("a part has 5 MiB to 5 GiB, not " + partBytes + " bytes");
        }
    }

    /** At least 1: a body without a byte is one part without a byte. */
    public int count() {
        return (int) Math.max(1, (length + partBytes - 1) / partBytes);
    }

    /** @param number from 1 */
    public long offset(int number) {
        if (number < 1 || number > count()) {
            throw new IllegalArgumentException("part " + number + " of " + count());
        }
        return (number - 1) * partBytes;
    }

    /** Of one part. */
    public long length(int number) {
        return Math.min(partBytes, length - offset(number));
    }
}

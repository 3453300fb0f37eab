package io.chordata.node.core;

/** A multipart upload; its text is the S3 UploadId. */
public record UploadId(Uint128 value) implements Comparable<UploadId> {
    public static UploadId parse(String hex) {
        return new UploadId(Uint128.parse(hex));
    }

    public static UploadId random(RandomSource random) {
        return new UploadId(random.nextUint128());
    }

    @Override
    public int compareTo(UploadId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

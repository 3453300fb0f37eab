package io.chordata.client.files;

/**
 * What {@code s3://bucket/key} names. The key is taken as it stands: nothing in it is decoded, and slashes are only bytes.
 *
 * @param bucket empty for all buckets
 * @param key empty for the bucket as a whole
 */
public record S3Name(String bucket, String key) {
    private static final String SCHEME = "s3://";

    public S3Name {
        if (bucket.isEmpty() && !key.isEmpty()) {
            throw new IllegalArgumentException("a key without a bucket: '" + key + "'");
        }
    }

    public static boolean isOne(String text) {
        return text.startsWith(SCHEME);
    }

    /** @throws IllegalArgumentException if it is none */
    public static S3Name parse(String text) {
        if (!isOne(text)) {
            throw new IllegalArgumentException("'" + text + "' is not of the form s3://BUCKET/KEY");
        }
        String rest = text.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        return slash < 0 ? new S3Name(rest, "") : new S3Name(rest.substring(0, slash), rest.substring(slash + 1));
    }

    public S3Name withKey(String other) {
        return new S3Name(bucket, other);
    }

    /** The same as a folder: a key that is empty or ends with a slash. */
    public S3Name asFolder() {
        return isFolder() ? this : new S3Name(bucket, key + '/');
    }

    public boolean isFolder() {
        return key.isEmpty() || key.endsWith("/");
    }

    /** Behind the last slash. */
    public String baseName() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return SCHEME + bucket + (key.isEmpty() ? "" : "/" + key);
    }
}

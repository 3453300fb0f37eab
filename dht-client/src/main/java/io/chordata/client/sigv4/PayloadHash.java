package io.chordata.client.sigv4;

/** Values of {@code x-amz-content-sha256} that have a meaning of their own. */
public final class PayloadHash {
    public static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    public static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    public static final String STREAMING = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    public static final String STREAMING_TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    public static final String STREAMING_UNSIGNED_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    private PayloadHash() {}
}

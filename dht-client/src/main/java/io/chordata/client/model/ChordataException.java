package io.chordata.client.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one failure of every call. Its {@link #code} is S3's own where an endpoint answered ({@code NoSuchKey},
 * {@code SlowDown} …), else one of the codes here. A refusal carries no stack trace; the blocking client adds the caller's.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3 API reference, Error
 *     Responses</a>
 */
public final class ChordataException extends RuntimeException {
    /** No connection to any endpoint, or one that broke before an answer came. */
    public static final String CONNECTION_FAILED = "ConnectionFailed";

    /** An endpoint was silent for longer than the idle time-out. */
    public static final String TIMEOUT = "RequestTimedOut";

    /** What arrived is not what the endpoint says that it holds. */
    public static final String CHECKSUM_MISMATCH = "ChecksumMismatch";

    /** An answer that no S3 endpoint should give. */
    public static final String MALFORMED_ANSWER = "MalformedAnswer";

    /** The content to send failed, or is of another length than it said. */
    public static final String CONTENT_FAILED = "ContentFailed";

    /** A file could not be written. */
    public static final String FILE_FAILED = "FileFailed";

    /** The caller cancelled, or closed the client. */
    public static final String CANCELLED = "Cancelled";

    private static final long serialVersionUID = 1;

    private final String code;
    private final int status;
    private final String requestId;
    private final String resource;
    private final boolean outcomeUnknown;

    private ChordataException(Builder from, boolean withTrace) {
        super(from.message, from.cause, true, withTrace);
        this.code = from.code;
        this.status = from.status;
        this.requestId = from.requestId;
        this.resource = from.resource;
        this.outcomeUnknown = from.outcomeUnknown;
    }

    public static ChordataException of(String code, String message) {
        return new Builder(code, message).build();
    }

    public static ChordataException of(String code, String message, @Nullable Throwable cause) {
        return new Builder(code, message).cause(cause).build();
    }

    /** @param message without a stop: code, status and resource are shown around it */
    public static Builder builder(String code, String message) {
        return new Builder(code, message);
    }

    public String code() {
        return code;
    }

    /** Of the HTTP answer; 0 if there was none. */
    public int status() {
        return status;
    }

    /** The message alone, which {@link #getMessage} shows between the rest. */
    public String reason() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }

    /** By which the endpoint's log knows the request; empty if it gave none. */
    public String requestId() {
        return requestId;
    }

    /** {@code /bucket/key}; empty if the failure is of none. */
    public String resource() {
        return resource;
    }

    /** True if what was asked for may have been done, or may yet be: neither a success nor a refusal. */
    public boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }

    /** Whether nothing is there: 404, of whatever kind. */
    public boolean isNotFound() {
        return status == 404;
    }

    /** Whether a condition did not hold: 412, or 304 for a read. */
    public boolean isConditionFailed() {
        return status == 412 || status == 304;
    }

    public Builder toBuilder() {
        Builder builder = new Builder(code, reason());
        return builder.status(status)
                .requestId(requestId)
                .resource(resource)
                .outcomeUnknown(outcomeUnknown)
                .cause(getCause());
    }

    /** The same with the stack of the thread that calls this. */
    public ChordataException withTrace() {
        return new ChordataException(toBuilder(), true);
    }

    @Override
    public String getMessage() {
        StringBuilder text = new StringBuilder(code);
        if (status != 0) {
            text.append(" (").append(status).append(')');
        }
        if (!resource.isEmpty()) {
            text.append(" at ").append(resource);
        }
        text.append(": ").append(reason());
        if (outcomeUnknown) {
            text.append(" [it may have happened all the same]");
        }
        if (!requestId.isEmpty()) {
            text.append(" [request ").append(requestId).append(']');
        }
        return text.toString();
    }

    /** Collects what is known of a failure. */
    public static final class Builder {
        private String code;
        private String message;
        private int status;
        private String requestId = "";
        private String resource = "";
        private boolean outcomeUnknown;
        private @Nullable Throwable cause;

        private Builder(String code, String message) {
            this.code = code;
            this.message = message;
        }

        public Builder code(String value) {
            code = value;
            return this;
        }

        public Builder message(String value) {
            message = value;
            return this;
        }

        public Builder status(int value) {
            status = value;
            return this;
        }

        public Builder requestId(String value) {
            requestId = value;
            return this;
        }

        public Builder resource(String value) {
            resource = value;
            return this;
        }

        public Builder outcomeUnknown(boolean value) {
            outcomeUnknown = value;
            return this;
        }

        public Builder cause(@Nullable Throwable value) {
            cause = value;
            return this;
        }

        public ChordataException build() {
            return new ChordataException(this, false);
        }
    }
}

package io.chordata.node.s3;

import io.chordata.node.s3.xml.XmlWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a handler answers: status, headers, and a body that is a buffer or a stream. Built once, then sent. */
final class S3Answer {
    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable Buffer buffer;
    private @Nullable ReadStream<Buffer> stream;
    private long length;

    private S3Answer(int status) {
        this.status = status;
    }

    /** Without a body. */
    static S3Answer of(int status) {
        return new S3Answer(status);
    }

    static S3Answer xml(int status, XmlWriter document) {
        S3Answer answer = new S3Answer(status).header("Content-Type", "application/xml");
        answer.buffer = document.finish();
        answer.length = answer.buffer.length();
        return answer;
    }

    S3Answer header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Without effect if there is no value. */
    S3Answer optionalHeader(String name, @Nullable String value) {
        return value == null ? this : header(name, value);
    }

    S3Answer body(Buffer bytes) {
        buffer = bytes;
        length = bytes.length();
        return this;
    }

    /** @param bytes paused; gives exactly {@code count} bytes or fails */
    S3Answer body(ReadStream<Buffer> bytes, long count) {
        stream = bytes;
        length = count;
        return this;
    }

    /** The length that a HEAD speaks of without sending the body. */
    S3Answer lengthOnly(long count) {
        length = count;
        return this;
    }

    /** For whoever does not send it. */
    void abandon() {
        if (stream != null) {
            stream.handler(null);
        }
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    @Nullable
    Buffer buffer() {
        return buffer;
    }

    @Nullable
    ReadStream<Buffer> stream() {
        return stream;
    }

    long length() {
        return length;
    }
}

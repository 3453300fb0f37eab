package io.chordata.client.admin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom to ask, as whom, and how long to wait.
 *
 * @param nodes admin ports of any nodes, such as {@code http://127.0.0.1:9001}; the next is asked where one does not answer
 * @param keys null to ask without a signature: a port bound to loopback lets everybody read
 * @param connectMillis to wait for a connection
 * @param answerMillis to wait for an answer on which nothing moves
 * @param answerBytesMax of an answer that is taken; a ring of 100,000 positions has about 70 MB
 */
public record AdminOptions(
        List<URI> nodes, @Nullable Keys keys, int connectMillis, int answerMillis, int answerBytesMax) {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 30_000;
    private static final int ANSWER_BYTES_MAX = 128 << 20;

    /** An access key with its secret, which is not printed. */
    public record Keys(String accessKey, String secretKey) {
        @Override
        public String toString() {
            return "Keys[accessKey=" + accessKey + ']';
        }
    }

    public AdminOptions {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("at least one node must be named");
        }
        nodes.forEach(AdminOptions::check);
        if (connectMillis <= 0 || answerMillis <= 0 || answerBytesMax <= 0) {
            throw new IllegalArgumentException("times and sizes must be positive");
        }
    }

    /** With the usual patience. */
    public static AdminOptions of(List<URI> nodes, @Nullable Keys keys) {
        return new AdminOptions(nodes, keys, CONNECT_MILLIS, ANSWER_MILLIS, ANSWER_BYTES_MAX);
    }

    /**
     * Reads what people write: {@code HOST:PORT} or a URL, several with commas in between.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static List<URI> parse(String text) {
        return Arrays.stream(text.split(",", -1)).map(AdminOptions::address).toList();
    }

    private static URI address(String text) {
        String trimmed = text.strip();
        try {
            URI uri = new URI(trimmed.contains("://") ? trimmed : "http://" + trimmed);
            check(uri);
            return new URI(uri.getScheme() + "://" + uri.getRawAuthority());
        } catch (URISyntaxException e) {
            throw refused(text, e);
        }
    }

    private static void check(URI uri) {
        boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        String path = uri.getRawPath();
        if (!isHttp || uri.getHost() == null || uri.getPort() <= 0 || !(path.isEmpty() || path.equals("/"))) {
            throw refused(uri.toString(), null);
        }
    }

    private static IllegalArgumentException refused(String text, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "expected HOST:PORT of an admin port (as in 127.0.0.1:9001), got '" + text + "'", cause);
    }
}

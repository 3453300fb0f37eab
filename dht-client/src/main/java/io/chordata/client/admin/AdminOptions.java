package io.chordata.client.admin;

import io.vertx.core.net.TrustOptions;
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
 * @param trust whose certificates count where a node is asked by HTTPS, see {@link TrustedAuthority}; null for whom the platform
 *     trusts
 * @param connectMillis to wait for a connection
 * @param answerMillis to wait for an answer on which nothing moves
 * @param answerBytesMax of an answer that is taken; a ring of 100,000 positions has about 70 MB
 */
public record AdminOptions(
        List<URI> nodes,
        @Nullable Keys keys,
        @Nullable TrustOptions trust,
        int connectMillis,
        int answerMillis,
        int answerBytesMax) {
    private static final String HTTP = "http";
    private static final String HTTPS = "https";
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
        return of(nodes, keys, null);
    }

    /** Likewise, trusting an authority of one's own. */
    public static AdminOptions of(List<URI> nodes, @Nullable Keys keys, @Nullable TrustOptions trust) {
        return new AdminOptions(nodes, keys, trust, CONNECT_MILLIS, ANSWER_MILLIS, ANSWER_BYTES_MAX);
    }

    /** The same for other nodes. */
    public AdminOptions asking(List<URI> others) {
        return new AdminOptions(others, keys, trust, connectMillis, answerMillis, answerBytesMax);
    }

    /**
     * Reads what people write: {@code HOST:PORT}, which is asked by HTTP, or a URL, several with commas in between.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static List<URI> parse(String text) {
        return parse(text, false);
    }

    /**
     * Likewise.
     *
     * @param secure whether {@code HOST:PORT} is asked by HTTPS
     */
    public static List<URI> parse(String text, boolean secure) {
        String scheme = secure ? HTTPS : HTTP;
        return Arrays.stream(text.split(",", -1))
                .map(each -> address(each, scheme))
                .toList();
    }

    /** Whether the first node is asked by HTTPS. */
    public boolean isSecure() {
        return HTTPS.equals(nodes.get(0).getScheme());
    }

    private static URI address(String text, String scheme) {
        String trimmed = text.strip();
        try {
            URI uri = new URI(trimmed.contains("://") ? trimmed : scheme + "://" + trimmed);
            check(uri);
            return new URI(uri.getScheme() + "://" + uri.getRawAuthority());
        } catch (URISyntaxException e) {
            throw refused(text, e);
        }
    }

    private static void check(URI uri) {
        boolean isHttp = HTTP.equals(uri.getScheme()) || HTTPS.equals(uri.getScheme());
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

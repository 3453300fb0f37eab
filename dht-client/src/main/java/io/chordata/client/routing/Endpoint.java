package io.chordata.client.routing;

import java.net.URI;
import java.util.Locale;

/**
 * Where requests can be sent.
 *
 * @param basePath before the bucket's name in paths; empty, or with a slash at its beginning and none at its end
 */
public record Endpoint(boolean tls, String host, int port, String basePath) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65_535;

    public Endpoint {
        if (host.isEmpty() || port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("no endpoint: '" + host + ':' + port + "'");
        }
    }

    /** @throws IllegalArgumentException if it is no {@code http://HOST[:PORT]} or {@code https://HOST[:PORT]} */
    public static Endpoint of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException("no endpoint: '" + uri + "'; http://HOST:PORT is one");
        }
        boolean tls = scheme.equals("https");
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return new Endpoint(tls, unbracketed(uri.getHost()), port, path.replaceAll("/+$", ""));
    }

    /** Another node of the same cluster. */
    public Endpoint at(String otherHost, int otherPort) {
        return new Endpoint(tls, otherHost, otherPort, "");
    }

    /** As the Host header has it. */
    public String authority() {
        String name = host.indexOf(':') < 0 ? host : '[' + host + ']';
        return port == (tls ? HTTPS_PORT : HTTP_PORT) ? name : name + ':' + port;
    }

    /** Without a slash at the end. */
    public String url() {
        return (tls ? "https://" : "http://") + authority() + basePath;
    }

    @Override
    public String toString() {
        return url();
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}

package io.chordata.node.config;

/**
 * An address to listen at or to be reached at, written {@code host:port} or {@code [ipv6]:port}.
 *
 * @param host a name or an address, without brackets
 * @param port 0 lets the system pick one
 */
public record HostPort(String host, int port) {
    private static final int MAX_PORT = 65_535;

    public HostPort {
        if (host.isEmpty() || port < 0 || port > MAX_PORT) {
            throw refused(host + ":" + port);
        }
    }

    /** @throws IllegalArgumentException if the text is no address with a port */
    public static HostPort parse(String text) {
        String trimmed = text.strip();
        int colon = trimmed.lastIndexOf(':');
        if (colon < 1) {
            throw refused(text);
        }
        return new HostPort(host(trimmed.substring(0, colon), text), port(trimmed.substring(colon + 1), text));
    }

    private static String host(String written, String text) {
        boolean bracketed = written.startsWith("[") && written.endsWith("]");
        if (!bracketed && written.indexOf(':') >= 0) {
            throw refused(text);
        }
        return bracketed ? written.substring(1, written.length() - 1) : written;
    }

    private static int port(String digits, String text) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw refused(text);
        }
    }

    public HostPort withPort(int other) {
        return new HostPort(host, other);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("expected HOST:PORT (as in 127.0.0.1:9000 or [::1]:9000) with a port up to "
                + MAX_PORT + ", got '" + text + "'");
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}

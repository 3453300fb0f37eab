package io.chordata.node.core;

/**
 * Where other nodes reach a node's internal port.
 *
 * @param host a name or an IP literal (IPv6 without brackets); resolved anew at each connection
 * @param port 1 to 65,535
 */
public record NodeAddress(String host, int port) {
    /** The longest name that DNS knows. */
    public static final int HOST_CHARS_MAX = 253;

    private static final int PORT_MAX = 65_535;

    public NodeAddress {
        if (host.isEmpty() || host.length() > HOST_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "a host name has 1 to " + HOST_CHARS_MAX + " characters, got " + host.length());
        }
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("ports are 1 to " + PORT_MAX + ", got " + port);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}

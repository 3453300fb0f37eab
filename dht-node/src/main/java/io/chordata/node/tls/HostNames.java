package io.chordata.node.tls;

import io.netty.util.NetUtil;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells DNS names and IP addresses apart, by how they are written alone: nothing is looked up. */
public final class HostNames {
    private static final int DNS_MAX = 253;
    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";

    /** The first label may stand for any. The last is no number, as that would be the end of an address (RFC 1123, 2.1). */
    private static final Pattern DNS = Pattern.compile("(\\*\\.)?(" + LABEL + "\\.)*(?![0-9]+$)" + LABEL);

    private static final Pattern IP_V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private HostNames() {}

    public static boolean isKnown(String host) {
        return addressOf(host) != null
                || host.length() <= DNS_MAX && DNS.matcher(host).matches();
    }

    /** Of an address in its usual form its bytes, 4 or 16; null for anything else. */
    static byte @Nullable [] addressOf(String host) {
        boolean isWritten = host.indexOf(':') >= 0
                ? host.matches("[0-9A-Fa-f:.]+")
                : IP_V4.matcher(host).matches();
        return isWritten ? NetUtil.createByteArrayFromIpAddressString(host) : null;
    }
}

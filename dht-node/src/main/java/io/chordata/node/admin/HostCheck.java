package io.chordata.node.admin;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Defends the loopback port against DNS rebinding: a web page of an attacker can make a browser connect here under the
 * attacker's own name, but cannot make it send another name than that in the Host header.
 */
final class HostCheck {
    private HostCheck() {}

    /** @param host the value of the Host header */
    static boolean isLocal(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String name = withoutPort(host.toLowerCase(Locale.ROOT));
        return name.equals("localhost") || name.equals("[::1]") || isLoopbackNumber(name);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    /** 127.0.0.0/8, as four plain numbers. */
    private static boolean isLoopbackNumber(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals("127")) {
            return false;
        }
        for (String part : parts) {
            boolean digits = part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (part.isEmpty() || part.length() > 3 || !digits) {
                return false;
            }
        }
        return true;
    }
}

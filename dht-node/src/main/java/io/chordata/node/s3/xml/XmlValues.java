package io.chordata.node.s3.xml;

import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.object.StoredChecksum;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The texts that elements may have. */
final class XmlValues {
    private XmlValues() {}

    static <T> T once(String path, @Nullable T before, T now) {
        if (before != null) {
            throw new XmlException("more than one " + path);
        }
        return now;
    }

    static void requireBlank(String path, String text) {
        if (!text.isBlank()) {
            throw new XmlException("unexpected text in " + path);
        }
    }

    static int integer(String path, String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new XmlException(path + " is not a number");
        }
    }

    static boolean bool(String path, String text) {
        String value = text.strip();
        if (!value.equals("true") && !value.equals("false")) {
            throw new XmlException(path + " is neither true nor false");
        }
        return value.equals("true");
    }

    /** Without the quotes that may stand around it. */
    static String eTag(String text) {
        String value = text.strip();
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    static StoredChecksum checksum(String path, ChecksumAlgorithm algorithm, String text) {
        try {
            byte[] value = Base64.getDecoder().decode(text.strip());
            if (value.length == algorithm.bytes()) {
                return new StoredChecksum(algorithm, StoredChecksum.Type.FULL_OBJECT, value);
            }
        } catch (IllegalArgumentException e) {
            // answered below, together with values of a wrong length
        }
        throw new XmlException(path + " is not such a checksum in Base64");
    }
}

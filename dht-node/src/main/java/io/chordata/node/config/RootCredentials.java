package io.chordata.node.config;

/**
 * The key pair that may do everything. Printed without its secret.
 *
 * @param accessKey 3 to 128 letters, digits and {@code - . _ ~}
 * @param secretKey 16 to 256 printable ASCII characters
 */
public record RootCredentials(String accessKey, String secretKey) {
    private static final int ACCESS_KEY_MIN = 3;
    private static final int ACCESS_KEY_MAX = 128;
    private static final int SECRET_KEY_MIN = 16;
    private static final int SECRET_KEY_MAX = 256;

    public RootCredentials {
        requireLength("accessKey", accessKey, ACCESS_KEY_MIN, ACCESS_KEY_MAX);
        requireLength("secretKey", secretKey, SECRET_KEY_MIN, SECRET_KEY_MAX);
        if (!accessKey.chars().allMatch(RootCredentials::isUnreserved)) {
            throw new ConfigException("'accessKey' may consist of letters, digits and - . _ ~ only");
        }
        if (!secretKey.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new ConfigException("'secretKey' may consist of printable ASCII characters without blanks only");
        }
    }

    /** What every client sends as it is: the access key stands within a header, between slashes. */
    private static boolean isUnreserved(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
    }

    private static void requireLength(String name, String value, int least, int most) {
        if (value.length() < least || value.length() > most) {
            throw new ConfigException(
                    "'" + name + "' must have " + least + " to " + most + " characters, it has " + value.length());
        }
    }

    @Override
    public String toString() {
        return "RootCredentials[" + accessKey + "]";
    }
}

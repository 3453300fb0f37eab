package io.chordata.client.model;

import org.jspecify.annotations.Nullable;

/**
 * An access key. Shows no secret when printed.
 *
 * @param sessionToken of temporary credentials, where an endpoint gives such; else null
 */
public record Credentials(
        String accessKey, String secretKey, @Nullable String sessionToken) {
    public Credentials {
        if (accessKey.isEmpty() || secretKey.isEmpty()) {
            throw new IllegalArgumentException("an access key and its secret are needed");
        }
    }

    public static Credentials of(String accessKey, String secretKey) {
        return new Credentials(accessKey, secretKey, null);
    }

    @Override
    public String toString() {
        return "Credentials[" + accessKey + ']';
    }
}

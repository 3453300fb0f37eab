package io.chordata.client.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What commands read of the environment. */
final class Environment {
    private static final long SECRET_BYTES_MAX = 4_096;

    private Environment() {}

    /** A key pair. */
    record KeyPair(String accessKey, String secretKey) {
        @Override
        public String toString() {
            return accessKey;
        }
    }

    /** What is empty counts as not given. */
    static @Nullable String given(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** @throws IllegalArgumentException if there is one of two */
    static Optional<KeyPair> keys(Map<String, String> environment) {
        return keys(environment, "CHORDATA_");
    }

    /**
     * Those whose names begin like that.
     *
     * @throws IllegalArgumentException if there is one of two
     */
    static Optional<KeyPair> keys(Map<String, String> environment, String prefix) {
        String accessKey = secret(environment, prefix + "ACCESS_KEY");
        String secretKey = secret(environment, prefix + "SECRET_KEY");
        if ((accessKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException(
                    "set both " + prefix + "ACCESS_KEY and " + prefix + "SECRET_KEY (or ..._FILE), or neither");
        }
        return accessKey == null || secretKey == null
                ? Optional.empty()
                : Optional.of(new KeyPair(accessKey, secretKey));
    }

    private static @Nullable String secret(Map<String, String> environment, String name) {
        String value = given(environment, name);
        String file = given(environment, name + "_FILE");
        return value != null || file == null ? value : read(name, Path.of(file));
    }

    private static String read(String name, Path file) {
        try {
            if (Files.size(file) > SECRET_BYTES_MAX) {
                throw new IllegalArgumentException(name + "_FILE: " + file + " is too long for a key");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(name + "_FILE: cannot read " + file + ": " + e, e);
        }
    }
}

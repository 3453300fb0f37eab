package io.chordata.client.cli;

import io.chordata.client.admin.TrustedAuthority;
import io.chordata.client.cli.Environment.KeyPair;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * S3 endpoints and who one is there: from flags and the environment.
 *
 * @param endpoints at least one, each a URL
 * @param region what signatures name; null for the usual one
 * @param trust whom to trust for https; null for those that Java trusts
 */
public record ObjectAccess(
        List<String> endpoints,
        String accessKey,
        String secretKey,
        @Nullable String region,
        @Nullable TrustOptions trust) {
    public static final String DEFAULT_ENDPOINT = "http://127.0.0.1:9000";

    private static final String PREFIX = "CHORDATA_";

    /** The endpoint's URLs as given, with commas in between. */
    static String endpoints(@Nullable String flag, Map<String, String> environment) {
        String given = flag != null ? flag : Environment.given(environment, PREFIX + "ENDPOINT");
        return given == null ? DEFAULT_ENDPOINT : given;
    }

    /** Those that are given with commas in between. */
    static List<String> split(String endpoints) {
        return Arrays.stream(endpoints.split(",")).map(String::strip).toList();
    }

    /**
     * Reads files of keys and certificates, too; blocks.
     *
     * @param endpoint as a flag has it; null for none
     * @param region as a flag has it; null for none
     * @throws IllegalArgumentException if anything given cannot be used, or no keys are
     */
    public static ObjectAccess of(@Nullable String endpoint, @Nullable String region, Map<String, String> environment) {
        return of(endpoints(endpoint, environment), region, environment, Environment.keys(environment, PREFIX));
    }

    /**
     * Of a second endpoint, which may have keys of its own: {@code CHORDATA_AGAINST_ACCESS_KEY} and so on.
     *
     * @throws IllegalArgumentException as above
     */
    public static ObjectAccess ofOther(String endpoint, @Nullable String region, Map<String, String> environment) {
        Optional<KeyPair> own = Environment.keys(environment, PREFIX + "AGAINST_");
        return of(endpoint, region, environment, own.or(() -> Environment.keys(environment, PREFIX)));
    }

    private static ObjectAccess of(
            String endpoints, @Nullable String region, Map<String, String> environment, Optional<KeyPair> known) {
        KeyPair keys = known.orElseThrow(() -> new IllegalArgumentException(
                "set CHORDATA_ACCESS_KEY and CHORDATA_SECRET_KEY (or ..._FILE) to a key pair of the endpoint"));
        String authority = Environment.given(environment, PREFIX + "ENDPOINT_AUTHORITY");
        return new ObjectAccess(
                split(endpoints),
                keys.accessKey(),
                keys.secretKey(),
                region != null ? region : Environment.given(environment, PREFIX + "REGION"),
                authority == null ? null : TrustedAuthority.read(Path.of(authority)));
    }

    @Override
    public String toString() {
        return accessKey + " at " + endpoints;
    }
}

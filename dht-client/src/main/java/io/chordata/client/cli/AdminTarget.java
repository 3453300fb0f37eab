package io.chordata.client.cli;

import io.chordata.client.admin.AdminOptions;
import io.chordata.client.admin.AdminOptions.Keys;
import io.chordata.client.admin.TrustedAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a command asks, and as whom: from flags and the environment. */
final class AdminTarget {
    private static final String DEFAULT_ADMIN = "127.0.0.1:9001";

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            description = {
                "Admin address of any node, or of several with commas in between; the next is asked where one",
                "does not answer (CHORDATA_ADMIN; " + DEFAULT_ADMIN + "). By HTTPS if CHORDATA_ADMIN_AUTHORITY names a",
                "file of certificates to trust (PEM)."
            })
    private @Nullable String admin;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = {
                "S3 endpoint of a node, or of several with commas in between, whose admin port is the next number, as 'node'",
                "and 'demo' have it unless told otherwise (CHORDATA_ENDPOINT). An admin address counts more."
            })
    private @Nullable String endpoint;

    /** @throws IllegalArgumentException if anything given cannot be used */
    AdminOptions options(Map<String, String> environment) {
        String authority = Environment.given(environment, "CHORDATA_ADMIN_AUTHORITY");
        return AdminOptions.of(
                nodes(environment, authority != null),
                keys(environment),
                authority == null ? null : TrustedAuthority.read(Path.of(authority)));
    }

    private List<URI> nodes(Map<String, String> environment, boolean secure) {
        String address = admin == null && endpoint == null ? Environment.given(environment, "CHORDATA_ADMIN") : admin;
        if (address != null) {
            return AdminOptions.parse(address, secure);
        }
        String s3 = endpoint != null ? endpoint : Environment.given(environment, "CHORDATA_ENDPOINT");
        return AdminOptions.parse(
                s3 == null
                        ? DEFAULT_ADMIN
                        : ObjectAccess.split(s3).stream()
                                .map(each -> besides(URI.create(each)))
                                .collect(Collectors.joining(",")),
                secure);
    }

    private static String besides(URI s3) {
        if (s3.getHost() == null || s3.getPort() <= 0) {
            throw new IllegalArgumentException(
                    "the admin port follows from an endpoint with a port only, not from '" + s3 + "': give --admin");
        }
        return s3.getHost() + ":" + (s3.getPort() + 1);
    }

    /** Null where there are none: a port bound to loopback lets everybody read. */
    private static @Nullable Keys keys(Map<String, String> environment) {
        return Environment.keys(environment)
                .map(pair -> new Keys(pair.accessKey(), pair.secretKey()))
                .orElse(null);
    }
}

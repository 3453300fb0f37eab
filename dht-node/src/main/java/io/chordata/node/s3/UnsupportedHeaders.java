package io.chordata.node.s3;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Headers that ask for something that is not offered. Ignoring one would be a wrong 200: the client would believe its
 * object encrypted, locked or tagged. Values that ask for what is done anyway are fine.
 */
final class UnsupportedHeaders {
    private static final List<String> PREFIXES = List.of(
            "x-amz-server-side-encryption",
            "x-amz-copy-source-server-side-encryption",
            "x-amz-object-lock-",
            "x-amz-grant-");

    /** By name; the values, in lower case, that are fine. */
    private static final Map<String, Set<String>> FINE = Map.ofEntries(
            Map.entry("x-amz-acl", Set.of("private", "bucket-owner-full-control")),
            Map.entry("x-amz-storage-class", Set.of("standard")),
            Map.entry("x-amz-object-ownership", Set.of("bucketownerenforced")),
            Map.entry("x-amz-bucket-object-lock-enabled", Set.of("false")),
            Map.entry("x-amz-tagging-directive", Set.of("copy")),
            Map.entry("x-amz-tagging", Set.of("")),
            Map.entry("x-amz-website-redirect-location", Set.of()),
            Map.entry("x-amz-write-offset-bytes", Set.of()),
            Map.entry("x-amz-if-match-initiated-time", Set.of()),
            Map.entry("x-amz-if-match-last-modified-time", Set.of()),
            Map.entry("x-amz-if-match-size", Set.of()),
            Map.entry("x-amz-mfa", Set.of()));

    private static final Set<String> OWNERS =
            Set.of("x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner");

    private UnsupportedHeaders() {}

    /** @throws S3Exception NOT_IMPLEMENTED by the header's name; ACCESS_DENIED if it names another owner */
    static void refuse(MultiMap headers) {
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey();
            if (name.length() > 6 && (name.charAt(0) == 'x' || name.charAt(0) == 'X')) {
                refuse(name.toLowerCase(Locale.ROOT), header.getValue());
            }
        }
    }

    private static void refuse(String name, String value) {
        Set<String> fine = FINE.get(name);
        boolean unsupported = fine != null
                ? !fine.contains(value.strip().toLowerCase(Locale.ROOT))
                : PREFIXES.stream().anyMatch(name::startsWith);
        if (unsupported) {
            throw S3Error.NOT_IMPLEMENTED
                    .with("What the header " + name + " asks for is not offered here.")
                    .detail("Header", name);
        }
        if (OWNERS.contains(name) && !value.equals(Owner.ACCOUNT)) {
            throw S3Error.ACCESS_DENIED.with("The bucket is not owned by the account in " + name + ".");
        }
    }
}

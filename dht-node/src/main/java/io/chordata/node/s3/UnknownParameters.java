package io.chordata.node.s3;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Query parameters of operations that replace or remove the thing itself. One that is not known there may name something
 * smaller, such as a part or a subresource of a newer API, and ignoring it would destroy more than was meant.
 */
final class UnknownParameters {
    /** S3 ignores these by rule: they carry signatures, names of operations and notes for the access log. */
    private static final String IGNORED_PREFIX = "x-";

    private static final Map<S3Operation, Set<String>> KNOWN = Map.of(
            S3Operation.PUT_OBJECT, Set.of(),
            S3Operation.COPY_OBJECT, Set.of(),
            S3Operation.DELETE_OBJECT, Set.of("versionId"),
            S3Operation.DELETE_BUCKET, Set.of());

    /** Known to other operations. */
    private static final Set<String> MISPLACED = Set.of("partNumber", "versionId");

    private UnknownParameters() {}

    /** @throws S3Exception INVALID_ARGUMENT or NOT_IMPLEMENTED by the parameter's name */
    static void refuse(S3Operation operation, QueryString query) {
        Set<String> known = KNOWN.get(operation);
        if (known == null) {
            return;
        }
        for (String name : query.names()) {
            if (!known.contains(name) && !name.toLowerCase(Locale.ROOT).startsWith(IGNORED_PREFIX)) {
                throw refusal(operation, name, query.text(name));
            }
        }
    }

    private static S3Exception refusal(S3Operation operation, String name, String value) {
        S3Exception refusal = MISPLACED.contains(name)
                ? S3Error.INVALID_ARGUMENT.with("This operation does not accept the query parameter " + name + ".")
                : S3Error.NOT_IMPLEMENTED.with(
                        operation.apiName() + " with the query parameter " + name + " is not offered here.");
        return refusal.detail("ArgumentName", name).detail("ArgumentValue", value);
    }
}

package io.chordata.node.access;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The access keys that count at this moment. Each of them may do everything. Safe for use by many loops. */
@FunctionalInterface
public interface AccessKeys {
    /**
     * The secret of the key, or null if there is no such key. Completes on the caller's loop, mostly at once; fails with
     * {@link KeysUnavailableException} where nobody can tell now.
     */
    Future<@Nullable String> secretOf(String accessKey);
}

package io.chordata.node.s3.auth;

import org.jspecify.annotations.Nullable;

/** The access keys that count at this moment, from memory: every node keeps a copy. */
@FunctionalInterface
public interface AccessKeys {
    /** The secret of the key, or null if there is no such key. */
    @Nullable
    String secretOf(String accessKey);
}

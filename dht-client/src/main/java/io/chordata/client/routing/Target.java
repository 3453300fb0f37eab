package io.chordata.client.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy orders.
 *
 * @param all every endpoint that is known; at least one
 * @param leader the one that leads the key's partition, if that is known
 * @param members those that hold it; empty if nobody knows
 */
public record Target(List<Endpoint> all, @Nullable Endpoint leader, List<Endpoint> members) {
    /** Of a request that any endpoint serves as well. */
    public static Target anyOf(List<Endpoint> all) {
        return new Target(all, null, List.of());
    }
}

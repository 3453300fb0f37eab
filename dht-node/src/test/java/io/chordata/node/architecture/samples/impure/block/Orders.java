package io.chordata.node.architecture.samples.impure.block;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Breaks: iteration order that differs from run to run. The empty and the single one are fine. */
public final class Orders {
    private Orders() {}

    public static Set<String> fine() {
        return Set.of("one");
    }

    public static Map<String, String> fineToo() {
        return Map.of("one", "1");
    }

    public static Set<String> set() {
        return Set.of("one", "two");
    }

    public static Map<String, String> map() {
        return Map.of("one", "1", "two", "2");
    }

    public static Map<String, String> hashed() {
        return new HashMap<>();
    }
}

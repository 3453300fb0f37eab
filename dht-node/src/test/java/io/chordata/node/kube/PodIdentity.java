package io.chordata.node.kube;

import java.util.Map;

/** What the downward API tells a pod of itself. */
record PodIdentity(String namespace, String name, Map<String, String> labels) {
    private static final String LABEL = "metadata.labels['";

    /** @return empty where it has no such label, as in a real pod */
    String field(String path) {
        if (path.startsWith(LABEL) && path.endsWith("']")) {
            return labels.getOrDefault(path.substring(LABEL.length(), path.length() - 2), "");
        }
        return switch (path) {
            case "metadata.name" -> name;
            case "metadata.namespace" -> namespace;
            default -> throw new IllegalArgumentException("no such field is known here: " + path);
        };
    }
}

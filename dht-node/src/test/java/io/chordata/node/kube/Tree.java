package io.chordata.node.kube;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Documents that a test changes before they are parsed. */
record Tree(List<Map<?, ?>> documents) {
    Map<String, Object> object(String kind, String name) {
        return documents.stream()
                .map(Tree::map)
                .filter(document -> kind.equals(document.get("kind"))
                        && name.equals(map(document, "metadata").get("name")))
                .findFirst()
                .orElseThrow();
    }

    Map<String, Object> spec(String kind, String name) {
        return map(object(kind, name), "spec");
    }

    @SuppressWarnings("unchecked") // keys of YAML documents are texts
    static Map<String, Object> map(Object value, String... path) {
        Map<String, Object> map = (Map<String, Object>) value;
        for (String name : path) {
            map = (Map<String, Object>) Objects.requireNonNull(map.get(name), name);
        }
        return map;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Map<String, Object> map, String name) {
        return (List<Object>) Objects.requireNonNull(map.get(name), name);
    }

    /** Fails where nothing is replaced. */
    static void replace(List<Object> texts, String from, String to) {
        List<Object> before = new ArrayList<>(texts);
        texts.replaceAll(text -> text.toString().replace(from, to));
        if (texts.equals(before)) {
            throw new IllegalStateException("no '" + from + "' in " + texts);
        }
    }
}

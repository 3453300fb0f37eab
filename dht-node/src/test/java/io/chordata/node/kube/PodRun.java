package io.chordata.node.kube;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a container runs, as the kubelet works it out: a variable may refer to those before it, an argument to all of them, and a
 * reference to one that is not there stays as it is.
 */
record PodRun(Map<String, String> environment, List<String> arguments) {
    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$)?\\(([A-Za-z_][A-Za-z0-9_]*)\\)");

    static PodRun of(Container container, PodIdentity pod) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvVar variable : container.getEnv()) {
            environment.put(variable.getName(), value(variable, pod, environment));
        }
        return new PodRun(
                environment,
                container.getArgs().stream()
                        .map(argument -> expand(argument, environment))
                        .toList());
    }

    private static String value(EnvVar variable, PodIdentity pod, Map<String, String> before) {
        return variable.getValueFrom() == null
                ? expand(variable.getValue(), before)
                : pod.field(variable.getValueFrom().getFieldRef().getFieldPath());
    }

    private static String expand(String text, Map<String, String> known) {
        return REFERENCE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(expanded(found.group(), known)));
    }

    private static String expanded(String reference, Map<String, String> known) {
        if (reference.startsWith("$$")) {
            return reference.substring(1);
        }
        return known.getOrDefault(reference.substring(2, reference.length() - 1), reference);
    }
}

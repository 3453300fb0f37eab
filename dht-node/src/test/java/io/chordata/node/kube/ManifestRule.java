package io.chordata.node.kube;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Something that manifests keep.
 *
 * @param sentence what; unique
 * @param check throws where they do not
 */
record ManifestRule(String sentence, Consumer<Manifests> check) {
    static final List<ManifestRule> ALL = Stream.of(
                    SetRules.ALL,
                    ServiceRules.ALL,
                    PodRules.ALL,
                    ProgramRules.ALL,
                    FoundingRules.ALL,
                    CertificateRules.ALL,
                    TlsRules.ALL,
                    NetworkRules.ALL,
                    AlertRules.ALL)
            .flatMap(List::stream)
            .toList();

    /** The sentences of those that are broken. */
    static List<String> broken(Manifests manifests) {
        return ALL.stream()
                .filter(rule -> !rule.isKept(manifests))
                .map(ManifestRule::sentence)
                .toList();
    }

    private boolean isKept(Manifests manifests) {
        try {
            check.accept(manifests);
            return true;
        } catch (AssertionError | RuntimeException e) {
            // what is missing altogether, or refused by the program, is not as it should be either
            return false;
        }
    }

    @Override
    public String toString() {
        return sentence;
    }
}

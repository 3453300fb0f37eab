package io.chordata.node.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which package may know which: the table of ARCHITECTURE.md, in code. The packages stand here from top to bottom; what a
 * package may import is always further down. {@code options} in the table means: only the {@code …Options} records.
 */
final class Directions {
    private static final String EVERYTHING = "everything";
    private static final String OPTIONS = "options";

    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("cli", List.of(EVERYTHING)),
            Map.entry("config", List.of(OPTIONS, "core")),
            Map.entry("s3", List.of("s3.auth", "s3.xml", "access", "object", "block", "http", "tls", "core")),
            Map.entry("s3.auth", List.of("access", "object", "block", "core")),
            Map.entry("s3.xml", List.of("object", "block", "core")),
            Map.entry(
                    "admin",
                    List.of(
                            "access",
                            "object",
                            "block",
                            "partition",
                            "ring.status",
                            "ring.view",
                            "storage",
                            "http",
                            "tls",
                            "core")),
            Map.entry("access", List.of("object", "core")),
            Map.entry("object", List.of("object.rules", "partition", "block", "core")),
            Map.entry("object.rules", List.of("partition", "block", "core")),
            Map.entry("block.replica", List.of("block", "partition", "partition.move", "partition.raft", "core")),
            Map.entry("block", List.of("partition", "storage", "core")),
            Map.entry("partition", List.of("partition.force", "partition.move", "partition.raft", "core")),
            Map.entry("partition.force", List.of("partition.raft", "core")),
            Map.entry("partition.move", List.of("partition.raft", "core")),
            Map.entry("partition.raft", List.of("core")),
            Map.entry("ring.status", List.of("ring", "ring.view", "core")),
            Map.entry("ring.orders", List.of("ring.view", "core")),
            Map.entry("ring", List.of("ring.directory", "ring.view", "core")),
            Map.entry("ring.directory", List.of("ring.view", "core")),
            Map.entry("ring.view", List.of("core")),
            Map.entry("founding", List.of("core")),
            Map.entry("rpc", List.of("tls", "core")),
            Map.entry("http", List.of("tls")),
            Map.entry("tls", List.of("core")),
            Map.entry("runtime", List.of("core")),
            Map.entry("storage", List.of("core")),
            Map.entry("core", List.of()));

    private final String root;

    Directions(String root) {
        this.root = root;
    }

    /** Every package that has its place in the table. */
    static Set<String> packages() {
        return MAY_IMPORT.keySet();
    }

    ArchRule arrowsPointDown() {
        return ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(root + "..")
                .should(importOnlyWhatTheTableAllows())
                .because("the packages of ARCHITECTURE.md are layers, and Directions lists what each may import");
    }

    ArchRule packagesHaveNoCycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    private ArchCondition<JavaClass> importOnlyWhatTheTableAllows() {
        return new ArchCondition<>("import only what the table of packages allows") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                    if (!isAllowed(origin, dependency.getTargetClass().getBaseComponentType())) {
                        events.add(SimpleConditionEvent.violated(origin, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private boolean isAllowed(JavaClass origin, JavaClass target) {
        if (!isOurs(target) || origin.getPackageName().equals(target.getPackageName())) {
            return true;
        }
        List<String> allowed = MAY_IMPORT.getOrDefault(nameOf(origin), List.of());
        return allowed.contains(EVERYTHING)
                || allowed.contains(nameOf(target))
                || (allowed.contains(OPTIONS)
                        && outermost(target).getSimpleName().endsWith("Options"));
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(root + ".");
    }

    private String nameOf(JavaClass type) {
        return type.getPackageName().substring(root.length() + 1);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(Directions::outermost).orElse(type);
    }
}

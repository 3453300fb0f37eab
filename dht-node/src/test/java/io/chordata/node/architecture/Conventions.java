package io.chordata.node.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Names with one meaning each, and where the libraries are at home. Code generated from {@code .proto} is exempt. */
final class Conventions {
    /** Belongs to TLS, and stands among HTTP in Vert.x all the same. */
    private static final String CLIENT_AUTH = "io.vertx.core.http.ClientAuth";

    private final String root;

    Conventions(String root) {
        this.root = root;
    }

    ArchRule optionsAreRecords() {
        return classes()
                .that(areOurs())
                .and()
                .haveSimpleNameEndingWith("Options")
                .should()
                .beRecords()
                .because("…Options is a package's configuration: a value, validated once");
    }

    ArchRule viewsAreImmutable() {
        return classes()
                .that(areOurs())
                .and()
                .haveSimpleNameEndingWith("View")
                .should()
                .haveOnlyFinalFields()
                .because("…View is an immutable snapshot");
    }

    ArchRule storesAreDurable() {
        return classes()
                .that(areOurs())
                .and()
                .haveSimpleNameEndingWith("Store")
                .should()
                .resideInAnyPackage(root + ".core", root + ".partition", root + ".storage")
                .because("…Store is durable: a port, or its implementation");
    }

    ArchRule handlersAreOperations() {
        return classes()
                .that(areOurs())
                .and()
                .haveSimpleNameEndingWith("Handler")
                .should()
                .resideInAnyPackage(root + ".s3..")
                .because("…Handler is one S3 operation");
    }

    ArchRule simulatedTwinsAreTests() {
        return noClasses()
                .that(areOurs())
                .should(new ArchCondition<>("begin with Sim") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean simulated = type.getSimpleName().matches("Sim\\p{Lu}.*");
                        events.add(new SimpleConditionEvent(type, simulated, type.getName() + " is simulated"));
                    }
                })
                .because("Sim… is a simulated twin, and those are at home in the test sources");
    }

    ArchRule unitsStandLast() {
        return fields().that(describe(
                        "are numbers",
                        field -> Set.of("int", "long")
                                .contains(field.getRawType().getName())))
                .and()
                .areDeclaredInClassesThat(areOurs())
                .should()
                .haveNameNotMatching("(millis|micros|nanos|seconds|.*(Millis|Micros|Nanos|Seconds))\\p{Lu}.*")
                .because("units stand last in a name");
    }

    ArchRule classesAreFinal() {
        return classes()
                .that(areOurs())
                .and(describe("could be final", Conventions::couldBeFinal))
                .should()
                .haveModifier(JavaModifier.FINAL)
                .because("a class is final until someone needs to extend it");
    }

    ArchRule librariesAreAtHome() {
        return noClasses().that().resideInAPackage(root + "..").should(useOnlyWhereAtHome());
    }

    private DescribedPredicate<JavaClass> areOurs() {
        return describe("are ours", type -> type.getPackageName().startsWith(root) && !isGenerated(type));
    }

    private static boolean isGenerated(JavaClass type) {
        JavaClass outermost = type;
        while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
        }
        return outermost.getSimpleName().endsWith("Protos");
    }

    private static boolean couldBeFinal(JavaClass type) {
        return !type.isInterface()
                && !type.isAnonymousClass()
                && !type.isEnum()
                && !type.getSource()
                        .flatMap(source -> source.getFileName())
                        .filter("package-info.java"::equals)
                        .isPresent()
                && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                && !type.getModifiers().contains(JavaModifier.SYNTHETIC)
                && type.getSubclasses().isEmpty();
    }

    /** A library, by its package, and the packages of ours that may know it. */
    private enum Home {
        ROCKSDB("org.rocksdb", "storage"),
        PICOCLI("picocli", "cli"),
        AALTO("com.fasterxml.aalto", "s3.xml"),
        YAML("org.snakeyaml", "config"),
        HTTP("io.vertx.core.http", "s3", "admin", "http", "cli"),
        CAFFEINE("com.github.benmanes.caffeine", "s3", "s3.auth", "access", "object", "block", "storage"),
        MICROMETER("io.micrometer", "s3", "admin", "cli"),
        LOGBACK("ch.qos.logback", "cli");

        private final String library;
        private final Set<String> homes;

        Home(String library, String... homes) {
            this.library = library;
            this.homes = Set.of(homes);
        }

        boolean isBrokenBy(String ourPackage, JavaClass target) {
            String name = target.getPackageName();
            return (name.equals(library) || name.startsWith(library + "."))
                    && !homes.contains(ourPackage)
                    && !target.getName().equals(CLIENT_AUTH);
        }
    }

    private ArchCondition<JavaClass> useOnlyWhereAtHome() {
        return new ArchCondition<>("use a library outside its home") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                String ourPackage = origin.getPackageName()
                        .substring(Math.min(origin.getPackageName().length(), root.length() + 1));
                origin.getDirectDependenciesFromSelf().forEach(dependency -> {
                    for (Home home : Home.values()) {
                        if (home.isBrokenBy(ourPackage, dependency.getTargetClass())) {
                            events.add(SimpleConditionEvent.satisfied(origin, dependency.getDescription()));
                        }
                    }
                });
            }
        };
    }
}

package io.chordata.node.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what is shipped to the rules; {@link BrokenSamplesTest} shows that each of them can fail. */
class ArchitectureTest {
    private static final String ROOT = "io.chordata.node";
    private static final JavaClasses SHIPPED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.chordata");

    static Stream<ArchRule> rules() {
        Directions directions = new Directions(ROOT);
        Purity purity = new Purity(ROOT);
        Conventions conventions = new Conventions(ROOT);
        return Stream.of(
                directions.arrowsPointDown(),
                directions.packagesHaveNoCycles(),
                purity.vertxIsOnlyValues(),
                purity.streamsAreForBodies(),
                purity.worldIsReachedThroughPorts(),
                purity.callsGiveTheSameAnswerOnEachRun(),
                purity.iterationOrderIsTheSameOnEachRun(),
                conventions.optionsAreRecords(),
                conventions.viewsAreImmutable(),
                conventions.storesAreDurable(),
                conventions.handlersAreOperations(),
                conventions.simulatedTwinsAreTests(),
                conventions.unitsStandLast(),
                conventions.classesAreFinal(),
                conventions.librariesAreAtHome());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void node_asShipped_keepsTheRule(ArchRule rule) {
        rule.allowEmptyShould(true).check(SHIPPED);
    }

    @Test
    void client_asShipped_knowsNothingOfTheNode() {
        assertThat(SHIPPED.stream()
                        .filter(type -> type.getPackageName().startsWith("io.chordata.client"))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith(ROOT)))
                .isEmpty();
    }

    @Test
    void everyPackage_ofTheNode_standsInTheTable() {
        assertThat(SHIPPED.stream()
                        .map(type -> type.getPackageName())
                        .filter(name -> name.startsWith(ROOT))
                        .map(name -> name.substring(ROOT.length() + 1)))
                .isSubsetOf(Directions.packages());
    }
}

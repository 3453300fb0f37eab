package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.mutants.MutatedPackage;
import io.chordata.node.process.Figures;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chord with one rule taken out must fail somewhere; who catches it is a figure of the build. */
class RingMutantsTest {
    @ParameterizedTest
    @EnumSource
    void ring_withARuleTakenOut_isCaught(RingMutant mutant) {
        assertCaught(mutant.name(), RingCatchers.of(mutant));
    }

    @ParameterizedTest
    @EnumSource
    void ring_withAFaultPlanted_isCaught(RingPlant plant, @TempDir Path folder)
            throws IOException, ReflectiveOperationException {
        assertCaught(plant.name(), catchers(MutatedPackage.of(RingNode.class, plant.fault(), folder)));
    }

    @Test
    void ring_loadedLikeAMutant_isNotCaught(@TempDir Path folder) throws ReflectiveOperationException {
        assertThat(catchers(MutatedPackage.unchanged(RingNode.class, folder))).isEmpty();
    }

    private static List<String> catchers(ClassLoader loader) throws ReflectiveOperationException {
        Method ofAllRules = loader.loadClass(RingCatchers.class.getName()).getDeclaredMethod("ofAllRules");
        ofAllRules.setAccessible(true);
        return ((List<?>) ofAllRules.invoke(null)).stream().map(String::valueOf).toList();
    }

    private static void assertCaught(String mutant, List<String> catchers) {
        Figures.note("ring mutant " + mutant + ": caught by " + String.join(", ", catchers));
        assertThat(catchers).as("who catches %s", mutant).isNotEmpty();
    }
}

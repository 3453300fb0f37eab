package io.chordata.node.ring.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.mutants.MutatedPackage;
import io.chordata.node.process.Figures;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That each rule is held by a test: with the rule taken out, one of them must fail. */
class DirectoryMutantsTest {
    private static final int SEEDS = 12;
    private static final String NOBODY = "nobody";
    private static final List<Class<?>> TESTS = List.of(
            StandingTest.class,
            GossipQueueTest.class,
            AgendaTest.class,
            LocalHealthTest.class,
            DirectoryInputTest.class,
            DirectoryTest.class);

    @ParameterizedTest
    @EnumSource
    void mutant_ofTheDirectory_isCaught(Mutant mutant, @TempDir Path folder)
            throws IOException, ReflectiveOperationException {
        String catcher = catcher(MutatedPackage.of(Directory.class, mutant.fault(), folder));
        Figures.note("directory mutant " + mutant + ": caught by " + catcher);
        assertThat(catcher).as("who catches %s", mutant).isNotEqualTo(NOBODY);
    }

    @Test
    void tests_withoutAMutant_allPass(@TempDir Path folder) throws ReflectiveOperationException {
        assertThat(catcher(MutatedPackage.unchanged(Directory.class, folder))).isEqualTo(NOBODY);
    }

    private static String catcher(ClassLoader loader) throws ReflectiveOperationException {
        for (Class<?> tests : TESTS) {
            for (Method test : testsOf(tests.getName(), loader)) {
                if (fails(test, instance(test.getDeclaringClass()))) {
                    return tests.getSimpleName() + "." + test.getName();
                }
            }
        }
        return seedThatFails(loader);
    }

    private static List<Method> testsOf(String name, ClassLoader loader) throws ClassNotFoundException {
        return Arrays.stream(loader.loadClass(name).getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    private static Object instance(Class<?> type) throws ReflectiveOperationException {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private static String seedThatFails(ClassLoader loader) throws ReflectiveOperationException {
        Method run = loader.loadClass(DirectorySimulation.class.getName()).getDeclaredMethod("run", long.class);
        for (long seed = 1; seed <= SEEDS; seed++) {
            if (fails(run, null, seed)) {
                return "seed " + seed;
            }
        }
        return NOBODY;
    }

    private static boolean fails(Method method, @Nullable Object instance, Object... arguments)
            throws IllegalAccessException {
        method.setAccessible(true);
        try {
            method.invoke(instance, arguments);
            return false;
        } catch (InvocationTargetException e) {
            return true;
        }
    }
}

package io.chordata.node.mutants;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.process.Figures;
import java.lang.annotation.Annotation;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each scenario that the design owes exists (it runs where it stands), and fails where the rule behind it is broken. */
class OwedScenariosTest {
    @ParameterizedTest
    @EnumSource
    void scenario_withTheRuleBehindItBroken_fails(OwedScenario owed, @TempDir Path folder) throws Exception {
        Path own = Files.createDirectories(folder.resolve("unchanged"));
        play(
                MutatedPackage.unchanged(owed.shipped(), own, owed.testsIn()).loadClass(owed.testClass()),
                owed.test(),
                own);
        ClassLoader mutated = MutatedPackage.of(owed.shipped(), owed.fault(), folder, owed.testsIn());
        Class<?> tests = mutated.loadClass(owed.testClass());
        assertThatThrownBy(() -> play(tests, owed.test(), folder))
                .as(
                        "%s with its rule broken in %s",
                        owed.catcher(), owed.fault().type())
                .isInstanceOf(InvocationTargetException.class);
        Figures.note("scenario mutant " + owed + " (" + owed.fault().type() + "): caught by " + owed.catcher());
    }

    private static void play(Class<?> tests, String test, Path folder) throws Exception {
        if (tests.isEnum()) {
            playScenario(tests, test);
            return;
        }
        Constructor<?> constructor = tests.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object instance = constructor.newInstance();
        for (Field field : annotated(tests.getDeclaredFields(), TempDir.class)) {
            field.setAccessible(true);
            field.set(instance, Files.createDirectories(folder.resolve(field.getName())));
        }
        for (Method before : annotated(tests.getDeclaredMethods(), BeforeEach.class)) {
            before.setAccessible(true);
            before.invoke(instance);
        }
        Method method = tests.getDeclaredMethod(test);
        method.setAccessible(true);
        method.invoke(instance);
    }

    /** A scenario of Raft, under the rules as they stand in the changed package. */
    private static void playScenario(Class<?> scenarios, String name) throws Exception {
        Class<?> rules = Class.forName(scenarios.getPackageName() + ".RaftRules", true, scenarios.getClassLoader());
        Class<?> scenario = Class.forName(scenarios.getPackageName() + ".Scenario", true, scenarios.getClassLoader());
        Object constant = Arrays.stream(scenarios.getEnumConstants())
                .filter(each -> each.toString().equals(name))
                .findFirst()
                .orElseThrow();
        Field raft = rules.getDeclaredField("RAFT");
        raft.setAccessible(true);
        Method play = scenario.getDeclaredMethod("play", long.class, rules);
        play.setAccessible(true);
        play.invoke(constant, 1L, raft.get(null));
    }

    private static <T extends AccessibleObject> List<T> annotated(T[] members, Class<? extends Annotation> annotation) {
        return Arrays.stream(members)
                .filter(member -> member.isAnnotationPresent(annotation))
                .toList();
    }
}

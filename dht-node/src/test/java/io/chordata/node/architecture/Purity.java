package io.chordata.node.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What keeps the core without a clock, a thread, a disk, a socket and randomness of its own: everything under these
 * packages runs in the simulator and replays from a seed, so it may touch the world through the ports of {@code core} only.
 */
final class Purity {
    /** Vert.x as plain values. What is missing here has an event loop behind it. */
    private static final Set<String> VERTX_VALUES = Set.of(
            "io.vertx.core.AsyncResult",
            "io.vertx.core.CompositeFuture",
            "io.vertx.core.Expectation",
            "io.vertx.core.Future",
            "io.vertx.core.Handler",
            "io.vertx.core.Promise",
            "io.vertx.core.buffer.Buffer");

    private static final Set<String> VERTX_STREAMS =
            Set.of("io.vertx.core.streams.ReadStream", "io.vertx.core.streams.StreamBase");

    /** What Vert.x's buffers are made of: bytes, which a body needs to put together and take apart without copies. */
    private static final Set<String> BUFFER_PACKAGES = Set.of("io.netty.buffer", "io.vertx.core.internal.buffer");

    private static final Set<String> WORLD_PACKAGES = Set.of(
            "java.net", "java.net.http", "java.nio.channels", "java.nio.file", "java.util.logging", "java.util.random");

    private static final Set<String> WORLD_CLASSES = Set.of(
            "java.io.Console",
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.lang.ThreadLocal",
            "java.security.SecureRandom",
            "java.time.Clock",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.Timer",
            "java.util.concurrent.CompletableFuture",
            "java.util.concurrent.CountDownLatch",
            "java.util.concurrent.Executor",
            "java.util.concurrent.ExecutorService",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.ScheduledExecutorService",
            "java.util.concurrent.Semaphore",
            "java.util.concurrent.ThreadLocalRandom");

    /** Owner and method; each gives another answer on each run. */
    private static final Set<String> WORLD_CALLS = Set.of(
            "java.lang.Math.random",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.getProperty",
            "java.lang.System.getenv",
            "java.lang.System.identityHashCode",
            "java.lang.System.nanoTime",
            "java.util.Collection.parallelStream",
            "java.util.Collections.shuffle",
            "java.util.UUID.randomUUID");

    private static final Set<String> UNORDERED_FACTORIES = Set.of(
            "java.util.Map.copyOf",
            "java.util.Map.of",
            "java.util.Map.ofEntries",
            "java.util.Set.copyOf",
            "java.util.Set.of",
            "java.util.stream.Collectors.toMap",
            "java.util.stream.Collectors.toSet",
            "java.util.stream.Collectors.toUnmodifiableMap",
            "java.util.stream.Collectors.toUnmodifiableSet");

    private static final Set<String> UNORDERED_CLASSES =
            Set.of("java.util.HashMap", "java.util.HashSet", "java.util.IdentityHashMap");

    private final String[] purePackages;
    private final String[] streamPackages;

    Purity(String root) {
        purePackages = new String[] {
            root + ".core..",
            root + ".founding..",
            root + ".ring..",
            root + ".partition..",
            root + ".access..",
            root + ".object..",
            root + ".block.."
        };
        streamPackages = new String[] {root + ".object..", root + ".block.."};
    }

    ArchRule vertxIsOnlyValues() {
        return noClasses()
                .that()
                .resideInAnyPackage(purePackages)
                .should()
                .dependOnClassesThat(describe(
                        "have Vert.x's event loop behind them",
                        type -> isVertx(type) && !VERTX_VALUES.contains(type.getName()) && !isForBodies(type)));
    }

    ArchRule streamsAreForBodies() {
        return noClasses()
                .that()
                .resideInAnyPackage(purePackages)
                .and()
                .resideOutsideOfPackages(streamPackages)
                .should()
                .dependOnClassesThat(describe("are streams, or the parts of buffers", Purity::isForBodies));
    }

    ArchRule worldIsReachedThroughPorts() {
        return noClasses()
                .that()
                .resideInAnyPackage(purePackages)
                .should()
                .dependOnClassesThat(describe(
                        "are clocks, threads, files, sockets or randomness",
                        type -> WORLD_PACKAGES.contains(type.getPackageName())
                                || WORLD_CLASSES.contains(type.getName())));
    }

    ArchRule callsGiveTheSameAnswerOnEachRun() {
        return noClasses()
                .that()
                .resideInAnyPackage(purePackages)
                .should()
                .accessTargetWhere(calls(
                        "something that differs from run to run",
                        target -> isIn(WORLD_CALLS, target) || isNow(target)));
    }

    /** One element has one order; two of {@code Set.of} have another in each process. */
    ArchRule iterationOrderIsTheSameOnEachRun() {
        return noClasses()
                .that()
                .resideInAnyPackage(purePackages)
                .should()
                .accessTargetWhere(
                        calls("a collection whose order is not that of insertion or of the keys", Purity::isUnordered))
                .because(
                        "iteration must not depend on hash seeds: use LinkedHashMap, TreeMap, EnumMap, EnumSet or List");
    }

    private static boolean isVertx(JavaClass type) {
        return type.getPackageName().startsWith("io.vertx.")
                || type.getPackageName().startsWith("io.netty.");
    }

    private static boolean isForBodies(JavaClass type) {
        return VERTX_STREAMS.contains(type.getName()) || BUFFER_PACKAGES.contains(type.getPackageName());
    }

    private static DescribedPredicate<JavaAccess<?>> calls(String description, Predicate<AccessTarget> test) {
        return describe(description, access -> test.test(access.getTarget()));
    }

    private static boolean isIn(Set<String> names, AccessTarget target) {
        return names.contains(target.getOwner().getName() + "." + target.getName());
    }

    private static boolean isNow(AccessTarget target) {
        return target.getOwner().getPackageName().equals("java.time")
                && target.getName().equals("now");
    }

    private static boolean isUnordered(AccessTarget target) {
        boolean constructed = target.getName().equals("<init>")
                && UNORDERED_CLASSES.contains(target.getOwner().getName());
        return constructed || (isIn(UNORDERED_FACTORIES, target) && !hasOneElementAtMost(target));
    }

    private static boolean hasOneElementAtMost(AccessTarget target) {
        if (!(target instanceof AccessTarget.MethodCallTarget method)
                || !method.getName().equals("of")) {
            return false;
        }
        int arguments = method.getRawParameterTypes().size();
        boolean isSet = method.getOwner().getName().equals("java.util.Set");
        boolean isArray = arguments == 1 && method.getRawParameterTypes().get(0).isArray();
        return !isArray && arguments <= (isSet ? 1 : 2);
    }
}

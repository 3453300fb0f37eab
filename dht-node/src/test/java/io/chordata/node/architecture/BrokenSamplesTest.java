package io.chordata.node.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Each rule, held against a sample that breaks it: a check that was never seen to fail proves nothing. */
class BrokenSamplesTest {
    private static final String SAMPLES = "io.chordata.node.architecture.samples.";
    private static final Purity IMPURE = new Purity(SAMPLES + "impure");
    private static final Conventions NAMES = new Conventions(SAMPLES + "names");

    @Test
    void arrowUp_fromCoreAndConfig_isRefused() {
        assertThat(violations("upward", new Directions(SAMPLES + "upward").arrowsPointDown()))
                .contains("core.Word", "config.Loader")
                .doesNotContain("object.Rule.<");
    }

    @Test
    void cycle_ofTwoPackages_isRefused() {
        assertThat(violations("cycle", new Directions(SAMPLES + "cycle").packagesHaveNoCycles()))
                .contains("Cycle detected", "block.Body", "partition.Entry");
    }

    @Test
    void eventLoop_inAPartition_isRefused() {
        assertThat(violations("impure", IMPURE.vertxIsOnlyValues()))
                .contains("io.vertx.core.Vertx", "io.vertx.core.Context", "setTimer");
    }

    @Test
    void stream_inAPartition_isRefused() {
        assertThat(violations("impure", IMPURE.streamsAreForBodies())).contains("io.vertx.core.streams.ReadStream");
    }

    @Test
    void world_inARule_isRefused() {
        assertThat(violations("impure", IMPURE.worldIsReachedThroughPorts()))
                .contains("java.lang.Thread", "java.util.Random", "java.io.File", "java.nio.file.Path")
                .contains("java.net.Socket", "java.time.Clock", "ThreadLocalRandom");
    }

    @Test
    void clockAndDice_inCore_areRefused() {
        assertThat(violations("impure", IMPURE.callsGiveTheSameAnswerOnEachRun()))
                .contains("currentTimeMillis", "nanoTime", "Instant.now", "randomUUID", "Math.random");
    }

    @Test
    void unorderedCollection_ofSeveral_isRefused() {
        assertThat(violations("impure", IMPURE.iterationOrderIsTheSameOnEachRun()))
                .contains("Orders.set()", "Orders.map()", "Orders.hashed()")
                .doesNotContain("Orders.fine");
    }

    @Test
    void options_thatAreNoRecord_areRefused() {
        assertThat(violations("names", NAMES.optionsAreRecords())).contains("DiskOptions");
    }

    @Test
    void view_thatChanges_isRefused() {
        assertThat(violations("names", NAMES.viewsAreImmutable())).contains("RingView.nodes");
    }

    @Test
    void store_outsideStorage_isRefused() {
        assertThat(violations("names", NAMES.storesAreDurable())).contains("CacheStore");
    }

    @Test
    void handler_outsideTheEdge_isRefused() {
        assertThat(violations("names", NAMES.handlersAreOperations())).contains("BodyHandler");
    }

    @Test
    void simulatedTwin_amongTheReal_isRefused() {
        assertThat(violations("names", NAMES.simulatedTwinsAreTests())).contains("SimDisk");
    }

    @Test
    void unit_inTheMiddleOfAName_isRefused() {
        assertThat(violations("names", NAMES.unitsStandLast())).contains("millisToWait");
    }

    @Test
    void class_withoutSubclass_mustBeFinal() {
        assertThat(violations("names", NAMES.classesAreFinal()))
                .contains("core.Wait")
                .doesNotContain("RingView");
    }

    @Test
    void library_outsideItsHome_isRefused() {
        assertThat(violations("names", NAMES.librariesAreAtHome())).contains("picocli.CommandLine");
    }

    private static String violations(String sample, ArchRule rule) {
        JavaClasses classes = new ClassFileImporter().importPackages(SAMPLES + sample);
        assertThat(classes).as("sample " + sample).isNotEmpty();
        return String.join("\n", rule.evaluate(classes).getFailureReport().getDetails());
    }
}

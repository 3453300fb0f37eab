package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.sim.Seeds;
import io.chordata.node.sim.SimPeerNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ServiceSimulationTest {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceSimulationTest.class);
    private static final int NEW_SEEDS = Integer.getInteger("chordata.serviceSeeds", 300);

    /** Each failed once. */
    private static final long[] PAST_FAILURES = {};

    @Test
    void nodes_underFaults_areOneRingAndOneDirectoryInTheEnd() {
        long[] seeds = LongStream.concat(LongStream.of(PAST_FAILURES), Seeds.ofThisCommit(NEW_SEEDS))
                .toArray();
        LOG.info("seeds {} and {} to {}", PAST_FAILURES, seeds[PAST_FAILURES.length], seeds[seeds.length - 1]);
        List<ServiceSimulation.Outcome> outcomes = new ArrayList<>();
        for (long seed : seeds) {
            outcomes.add(run(seed));
        }
        report(outcomes);
        if (seeds.length >= 300) {
            assertEverythingHappened(outcomes);
        }
    }

    private static ServiceSimulation.Outcome run(long seed) {
        try {
            return ServiceSimulation.run(seed);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\nreplay: mvn -pl dht-node -am test -Dtest=ServiceSimulationTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dchordata.seed=" + seed,
                    e);
        }
    }

    private static void report(List<ServiceSimulation.Outcome> outcomes) {
        LOG.info(
                "{} runs, {} events, {} lookups, {} splits found, {} suspicions; the slowest convergence took {} ms",
                outcomes.size(),
                outcomes.stream().mapToLong(ServiceSimulation.Outcome::events).sum(),
                outcomes.stream().mapToLong(ServiceSimulation.Outcome::lookups).sum(),
                outcomes.stream()
                        .mapToLong(ServiceSimulation.Outcome::splitsFound)
                        .sum(),
                outcomes.stream()
                        .mapToLong(ServiceSimulation.Outcome::suspicions)
                        .sum(),
                outcomes.stream()
                        .mapToLong(ServiceSimulation.Outcome::convergedAfterMillis)
                        .max()
                        .orElse(0));
        for (ServiceSimulation.Act act : ServiceSimulation.Act.values()) {
            LOG.info("{} {}", act, count(outcomes, act));
        }
        for (SimPeerNetwork.Fault fault : SimPeerNetwork.Fault.values()) {
            LOG.info("{} {}", fault, count(outcomes, fault));
        }
    }

    private static long count(List<ServiceSimulation.Outcome> outcomes, ServiceSimulation.Act act) {
        return outcomes.stream()
                .mapToLong(outcome -> outcome.acts().getOrDefault(act, 0L))
                .sum();
    }

    private static long count(List<ServiceSimulation.Outcome> outcomes, SimPeerNetwork.Fault fault) {
        return outcomes.stream()
                .mapToLong(outcome -> outcome.networkFaults().get(fault.ordinal()))
                .sum();
    }

    private static void assertEverythingHappened(List<ServiceSimulation.Outcome> outcomes) {
        assertThat(ServiceSimulation.Act.values())
                .allSatisfy(
                        act -> assertThat(count(outcomes, act)).as("%s", act).isPositive());
        assertThat(SimPeerNetwork.Fault.values())
                .allSatisfy(fault ->
                        assertThat(count(outcomes, fault)).as("%s", fault).isPositive());
        assertThat(outcomes.stream()
                        .mapToLong(ServiceSimulation.Outcome::splitsFound)
                        .sum())
                .isPositive();
    }

    @Test
    void sameSeed_runTwice_hasTheSameTrace() {
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(ServiceSimulation.run(seed)).isEqualTo(ServiceSimulation.run(seed));
        }
    }
}

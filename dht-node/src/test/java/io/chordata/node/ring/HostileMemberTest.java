package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.process.Figures;
import io.chordata.node.ring.ServiceCluster.SimNode;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.sim.Seeds;
import io.chordata.node.sim.SimRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What one member can do to the others that says whatever decodes: nothing that outlives it. */
class HostileMemberTest {
    private static final int NEW_SEEDS = Integer.getInteger("chordata.hostileSeeds", 30);
    private static final long HEAL_MILLIS = 120_000;

    /**
     * A node asked ever less often, trusted itself again, and then took one liar for all that was left; in the other one, it asked
     * nobody but nodes that the liar had invented.
     */
    private static final long[] PAST_FAILURES = {341_439_787_565_057L, 866_070_079_471_626L};

    @Test
    void memberThatSaysWhateverDecodes_harmsNobody_andIsForgottenWhenItIsGone() {
        long[] seeds = LongStream.concat(LongStream.of(PAST_FAILURES), Seeds.ofThisCommit(NEW_SEEDS))
                .toArray();
        long said = 0;
        long slowest = 0;
        for (long seed : seeds) {
            Run run = new Run(seed);
            slowest = Math.max(slowest, run.run());
            said += run.liar.said;
        }
        Figures.note("hostile member: " + seeds.length + " runs, " + said + " messages; the ring was right again after "
                + slowest + " ms at most");
    }

    /** Who is not known yet cannot object. */
    @Test
    void newcomer_thatWasSaidToHaveStartedCountlessTimes_joins() {
        ServiceCluster cluster = new ServiceCluster(1).form(3);
        SimNode newcomer = cluster.add();
        Liar liar = new Liar(cluster, cluster.scheduler.random().fork());
        liar.name(new Contact(newcomer.id, new NodeAddress("nowhere", 1), Long.MAX_VALUE));
        cluster.run(100);
        liar.stop();
        newcomer.start(ServiceCluster.addressOf(0));
        cluster.await("a ring with it", 30_000, cluster::isWhole);
    }

    private static final class Run {
        private final long seed;
        private final ServiceCluster cluster;
        private final SimRandom random;
        private final Liar liar;

        Run(long seed) {
            this.seed = seed;
            cluster = new ServiceCluster(seed);
            random = cluster.scheduler.random().fork();
            cluster.form(2 + random.nextInt(5));
            cluster.run(20_000);
            cluster.hasLiar = true;
            liar = new Liar(cluster, random.fork());
        }

        long run() {
            try {
                lie();
                liar.stop();
                return cluster.await("the ring of the honest", HEAL_MILLIS, cluster::isWhole);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + " at " + cluster.nowMillis() + " ms: " + e.getMessage()
                                + "\nreplay: mvn -pl dht-node -am test -Dtest=HostileMemberTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dchordata.seed=" + seed,
                        e);
            }
        }

        private void lie() {
            liar.introduceItself();
            int acts = 200 + random.nextInt(1_000);
            for (int i = 0; i < acts; i++) {
                liar.speak();
                cluster.run(random.nextInt(100));
                for (SimNode node : cluster.nodes) {
                    assertThat(node.refused).as("node %d", node.number).isNull();
                    assertThat(node.isJoined())
                            .as("node %d is on the ring", node.number)
                            .isTrue();
                }
            }
        }
    }
}

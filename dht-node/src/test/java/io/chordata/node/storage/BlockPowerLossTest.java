package io.chordata.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.chordata.node.sim.SimFileDisk;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The power goes at any step of the real segment code; see {@link BlockStoreWorld}. */
class BlockPowerLossTest {
    private static final int SEEDS = 1000;
    private static final int LIVES = 3;
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.chordata.node.storage");
    private static final long FIRST_SEED = Long.getLong("chordata.seed", 1);

    /** Losing power is logged as a failing disk each time. */
    @BeforeAll
    static void quieten() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(null);
    }

    private static final class Sums {
        long writes;
        long drops;
        long compactions;
        long refusedWrites;
        long failures;
        long lostBatches;
        long tornPages;
        long lostPages;
        long flippedBits;
        long lostNames;

        void add(BlockStoreWorld world) {
            writes += world.acknowledgedWrites();
            drops += world.acknowledgedDrops();
            compactions += world.compactions();
            refusedWrites += world.refusedWrites();
            failures += world.failures();
            lostBatches += world.lostBatches();
            tornPages += world.fileDisk.tornPages();
            lostPages += world.fileDisk.lostPages();
            flippedBits += world.fileDisk.flippedBits();
            lostNames += world.fileDisk.lostNames();
        }
    }

    @Test
    void blocks_afterPowerLossAtAnyStep_areThereIfAcknowledgedAndGoneIfDropped() {
        Sums sums = new Sums();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            sums.add(run(seed, disk -> {}));
        }
        assertThat(sums.writes).isGreaterThan(SEEDS * 20L);
        assertThat(sums.drops).isGreaterThan(SEEDS);
        assertThat(sums.compactions).isGreaterThan(SEEDS / 10);
        assertThat(sums.refusedWrites).isPositive();
        assertThat(sums.failures).isPositive();
        assertThat(sums.lostBatches).isPositive();
        assertThat(sums.tornPages).isPositive();
        assertThat(sums.lostPages).isPositive();
        assertThat(sums.flippedBits).isPositive();
        assertThat(sums.lostNames).isPositive();
    }

    @Test
    void run_ofTheSameSeed_hasTheSameTrace() {
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(run(seed, disk -> {}).scheduler.traceHash())
                    .as("seed=%d", seed)
                    .isEqualTo(run(seed, disk -> {}).scheduler.traceHash());
        }
    }

    /** The mutants: with a kind of sync taken out, what the test looks for must be found. */
    @Test
    void powerLossTest_withoutFileSyncs_fails() {
        assertMutantIsCaught(SimFileDisk::ignoreFileSyncs);
    }

    @Test
    void powerLossTest_withoutDirectorySyncs_fails() {
        assertMutantIsCaught(SimFileDisk::ignoreDirectorySyncs);
    }

    private static void assertMutantIsCaught(Consumer<SimFileDisk> mutation) {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= SEEDS; seed++) {
                        run(seed, mutation);
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed=");
    }

    private static BlockStoreWorld run(long seed, Consumer<SimFileDisk> mutation) {
        BlockStoreWorld world = new BlockStoreWorld(seed);
        try {
            mutation.accept(world.fileDisk);
            for (int life = 0; life < LIVES; life++) {
                live(world);
            }
            world.check();
            return world;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed=" + seed + "; replay with -Dchordata.seed=" + seed, e);
        }
    }

    /** From a good start to the end by kill or power loss, and on until a start survives. */
    private static void live(BlockStoreWorld world) {
        int end = world.random.nextInt(4);
        if (end < 2) {
            world.files().losePowerAfter(world.random.nextInt(500));
        }
        world.live(100 + world.random.nextInt(500));
        if (end == 2 && world.settle() && !world.isFailing()) {
            world.check();
        }
        end(world);
        while (!world.start(world.random.chance(0.3) ? world.random.nextInt(60) : Long.MAX_VALUE)) {
            end(world);
        }
        world.files().losePowerAfter(Long.MAX_VALUE);
        world.check();
    }

    /** Where it lost its power it may as well have been killed. */
    private static void end(BlockStoreWorld world) {
        if (world.random.chance(0.7)) {
            world.losePower();
        } else {
            world.kill();
        }
    }
}

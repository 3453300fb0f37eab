package io.chordata.node.partition.raft;

import io.chordata.node.sim.SimRandom;

/**
 * How those around the machines behave in a run.
 *
 * @param batchChance that the turn goes on after an event, so that several share one
 * @param syncMaxMillis the longest that a disk usually needs
 * @param stallChance that it needs up to two seconds
 * @param applyMaxMillis the longest until something committed is applied
 * @param loadMaxMillis the longest until entries are read back from the disk
 * @param checkpointChance that after entries are applied the rows are synced and the log before them may go
 * @param keptEntries how many entries before the synced rows stay at most
 * @param snapshotFailureChance that a snapshot is not made, and that it does not arrive
 */
record RaftHabits(
        double batchChance,
        int syncMaxMillis,
        double stallChance,
        int applyMaxMillis,
        int loadMaxMillis,
        double checkpointChance,
        int keptEntries,
        double snapshotFailureChance) {

    /** Of a scenario, in which nothing comes by chance. */
    static final RaftHabits PLAIN = new RaftHabits(0, 2, 0, 2, 2, 0, 1_000_000, 0);

    static RaftHabits draw(SimRandom random) {
        return new RaftHabits(
                random.chance(0.5) ? 0 : 0.7,
                1 + random.nextInt(random.chance(0.2) ? 100 : 10),
                random.chance(0.5) ? 0 : 0.002,
                1 + random.nextInt(random.chance(0.2) ? 200 : 10),
                1 + random.nextInt(random.chance(0.3) ? 200 : 20),
                random.chance(0.3) ? 0.01 : 0.15,
                random.nextInt(random.chance(0.5) ? 5 : 60),
                random.chance(0.5) ? 0 : 0.2);
    }
}

package io.chordata.node.cluster;

import io.chordata.node.core.BodyId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.StateMachine;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.sim.SimRandom;
import java.util.function.Consumer;

/**
 * Which release runs on each machine. In some runs there are two, of which the later knows a behaviour level more: machines begin
 * with the earlier one, and change to the later as they start again.
 */
final class Releases {
    private static final int FIRST = LogEntry.CURRENT_LEVEL;
    private static final int LATER = FIRST + 1;
    private static final double MIXED_CHANCE = 0.3;

    /** By which none of the seeds that failed before there were two has two. */
    private static final long SALT = 5;

    private static final double UPGRADE_CHANCE = 0.5;

    private final SimRandom random;
    private final boolean areTwo;
    private boolean isRolledOut;

    /** Apart from all else that is drawn, so that runs with one release are as they would be without this. */
    Releases(long seed) {
        this.random = new SimRandom(seed + SALT);
        this.areTwo = random.chance(MIXED_CHANCE);
    }

    /**
     * What a machine knows that starts.
     *
     * @param before what it knew until now; 0 if it starts for the first time
     */
    int levelFrom(int before) {
        boolean mayBeLater = areTwo && (before > 0 || isRolledOut);
        return mayBeLater && (before == LATER || isRolledOut || random.chance(UPGRADE_CHANCE)) ? LATER : FIRST;
    }

    /** Who starts from now on runs the newest. */
    void rollOut() {
        isRolledOut = true;
    }

    boolean isOutdated(int level) {
        return areTwo && level < LATER;
    }

    /** @param violated is told of an entry that the release cannot know how to apply */
    static StateMachine at(int level, StateMachine machine, Consumer<String> violated) {
        return new Leveled(level, machine, violated);
    }

    private record Leveled(int level, StateMachine machine, Consumer<String> violated) implements StateMachine {
        @Override
        public byte[] apply(Entry entry, RowWriter rows) {
            if (entry.level() > level) {
                violated.accept(entry.partition() + " applied entry " + entry.index() + " of level " + entry.level()
                        + ", and knows " + level);
            }
            return machine.apply(entry, rows);
        }

        @Override
        public byte[] query(PartitionId partition, byte[] query, Rows rows) {
            return machine.query(partition, query, rows);
        }

        @Override
        public boolean isDropped(BodyId body, Rows rows) {
            return machine.isDropped(body, rows);
        }

        @Override
        public boolean isKnown(byte[] command, int atLevel) {
            return machine.isKnown(command, atLevel);
        }

        @Override
        public boolean freesSpace(byte[] command) {
            return machine.freesSpace(command);
        }
    }
}

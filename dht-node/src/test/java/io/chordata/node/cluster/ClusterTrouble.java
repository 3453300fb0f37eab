package io.chordata.node.cluster;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.SpaceGuard.Room;
import io.chordata.node.sim.SimPeerNetwork.Weather;
import io.chordata.node.sim.SimRandom;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes faults happen, one after the other. Which kinds a run has, and how often, follows from its seed. What destroys the
 * only copy of something must be allowed.
 */
final class ClusterTrouble {
    private static final long HOUR_MILLIS = 3_600_000;
    private static final int ZONE_LOOKS = 10;
    private static final int ZONE_LOOK_MILLIS = 100;

    private final Cluster cluster;
    private final SimRandom random;
    private final boolean isAlone;
    private boolean hasYear;
    private final boolean hasWildClocks;
    private final int machinesMax;
    private @Nullable NodeId wiped;

    /** Where blocks rot; null for nowhere, then disks may be lost. Both at once could take all copies of something. */
    private final @Nullable Machine rotting;

    private final Map<ClusterFault, Long> counts = new EnumMap<>(ClusterFault.class);

    ClusterTrouble(Cluster cluster, SimRandom random) {
        this.cluster = cluster;
        this.random = random;
        this.isAlone = cluster.machines.size() == 1;
        this.hasWildClocks = isAlone || random.chance(0.15);
        boolean mayRot = isAlone || (cluster.placement.replicas() >= 3 && cluster.machines.size() >= 3);
        this.rotting =
                mayRot && random.chance(0.5) ? cluster.machines.get(random.nextInt(cluster.machines.size())) : null;
        this.machinesMax = cluster.machines.size() + 2;
    }

    Map<ClusterFault, Long> counts() {
        return counts;
    }

    void count(ClusterFault fault) {
        counts.merge(fault, 1L, Long::sum);
    }

    /** Lets faults happen for so long. */
    void reign(long millis) {
        long end = cluster.scheduler.nowMillis() + millis;
        while (cluster.scheduler.nowMillis() < end) {
            cluster.run(20 + random.nextInt(1_000));
            happen();
        }
    }

    private void happen() {
        Machine machine = cluster.present().get(random.nextInt(cluster.present().size()));
        if (!machine.isUp()) {
            boot(machine);
        } else if (machine.records.isRotten() && random.chance(0.3)) {
            machine.loseDisks(cluster.newNode());
        } else if (machine.process().failure() != null) {
            losePower(machine);
        } else if (isAlone || random.chance(0.5)) {
            happenTo(machine);
        } else {
            happenBetween(machine);
        }
    }

    private void happenTo(Machine machine) {
        switch (random.nextInt(20)) {
            case 0, 1, 2 -> kill(machine);
            case 3, 4, 5 -> losePower(machine);
            case 6 -> ofAll(random.chance(0.5));
            case 7 -> stop(machine);
            case 8, 9 -> pause(machine);
            case 10, 11 -> setClock(machine);
            case 12, 13 -> fill(machine);
            case 14, 15 -> slowDown(machine);
            case 16 -> failOrBeAway(machine);
            case 17 -> failBlocks(machine);
            default -> rot(machine);
        }
    }

    private void happenBetween(Machine machine) {
        switch (random.nextInt(16)) {
            case 0 -> cut(false);
            case 1 -> cut(true);
            case 2, 3 -> mendWays();
            case 4 -> worsenNetwork();
            case 5 -> betterNetwork();
            case 6, 7 -> wipe(machine);
            case 8, 9, 10 -> join();
            case 11, 12 -> drain(machine);
            case 13 -> rotRecords(machine);
            case 14 -> loseZoneOf(machine);
            default -> leave();
        }
    }

    private void cut(boolean isOneWay) {
        count(isOneWay ? ClusterFault.CUT_ONE_WAY : ClusterFault.CUT);
        long sides = random.nextLong();
        cluster.network.cut((from, to) ->
                isOneWay ? isLeft(from, sides) && !isLeft(to, sides) : isLeft(from, sides) != isLeft(to, sides));
    }

    private static boolean isLeft(NodeAddress address, long sides) {
        return (sides >>> address.port() & 1) == 1;
    }

    private void mendWays() {
        count(ClusterFault.MENDED_WAYS);
        cluster.network.mend();
    }

    private void worsenNetwork() {
        count(ClusterFault.BAD_NETWORK);
        cluster.network.become(new Weather(
                5 + random.nextInt(100),
                random.nextInt(4) / 300.0,
                random.nextInt(4) / 200.0,
                1 + random.nextInt(5_000)));
    }

    private void betterNetwork() {
        count(ClusterFault.GOOD_NETWORK);
        cluster.network.become(Weather.FAIR);
    }

    /** One at a time: as long as its copies are not replaced, the others are needed. */
    private void wipe(Machine machine) {
        if (mayLoseDisksOf(machine)) {
            count(ClusterFault.WIPED);
            wiped = machine.id;
            machine.loseDisks(cluster.newNode());
        }
    }

    private boolean mayLoseDisksOf(Machine machine) {
        return rotting == null && (wiped == null || !cluster.mayBeMember(wiped)) && cluster.toleratesLossOf(machine.id);
    }

    /** It comes back, finds out, and serves nothing until its operator takes the disks away. */
    private void rotRecords(Machine machine) {
        if (mayLoseDisksOf(machine)) {
            boolean isOfPower = random.chance(0.5);
            if (isOfPower) {
                machine.losePower();
            } else {
                machine.kill();
            }
            if (machine.records.rot(random)) {
                count(ClusterFault.ROTTEN_RECORDS);
                wiped = machine.id;
            }
            cluster.run(random.nextInt(500));
            machine.boot();
        }
    }

    private void loseZoneOf(Machine machine) {
        List<Machine> lost = cluster.up().stream()
                .filter(other -> other.zone.equals(machine.zone))
                .toList();
        for (int i = 0; i < ZONE_LOOKS && !cluster.isMoving(); i++) {
            cluster.run(ZONE_LOOK_MILLIS);
        }
        if (lost.size() < cluster.up().size() && cluster.isMoving()) {
            count(ClusterFault.ZONE_LOST_IN_MOVE);
            lost.stream().filter(Machine::isUp).forEach(Machine::losePower);
        }
    }

    private void failOrBeAway(Machine machine) {
        if (hasWildClocks && random.chance(0.5)) {
            beAwayForHours(machine);
        } else {
            failSync(machine);
        }
    }

    private void beAwayForHours(Machine machine) {
        count(ClusterFault.RETURN_AFTER_HOURS);
        machine.losePower();
        cluster.run(random.nextInt(4_000));
        long hours = 1 + random.nextInt(40);
        cluster.machines.forEach(other -> other.clock.jump(hours * HOUR_MILLIS));
        cluster.run(random.nextInt(2_000));
        boot(machine);
    }

    private void join() {
        if (cluster.present().size() < machinesMax) {
            count(ClusterFault.JOIN);
            boot(cluster.add());
        }
    }

    private void drain(Machine machine) {
        if (machine.isIn
                && cluster.machines.stream().filter(other -> other.isIn).count() > cluster.placement.replicas()) {
            count(ClusterFault.DRAIN);
            machine.isIn = false;
        }
    }

    /** Whoever was drained and holds nothing goes for ever: nobody may miss it. */
    void leave() {
        for (Machine machine : cluster.present()) {
            if (!machine.isIn && machine.isUp() && !cluster.mayBeMember(machine.id)) {
                count(ClusterFault.LEAVE);
                machine.isGone = true;
                stop(machine);
            }
        }
    }

    private void boot(Machine machine) {
        count(ClusterFault.RETURN);
        machine.coldReadChance = random.nextInt(3) * 0.1;
        machine.busyChance = random.nextInt(3) * 0.02;
        machine.boot();
    }

    private void kill(Machine machine) {
        count(ClusterFault.KILL);
        machine.kill();
    }

    private void losePower(Machine machine) {
        count(ClusterFault.POWER_LOSS);
        machine.losePower();
    }

    private void ofAll(boolean isPower) {
        count(isPower ? ClusterFault.POWER_LOSS_OF_ALL : ClusterFault.KILL_OF_ALL);
        cluster.up().forEach(isPower ? Machine::losePower : Machine::kill);
        cluster.run(random.nextInt(2_000));
        cluster.present().stream().filter(machine -> random.chance(0.9)).forEach(this::boot);
    }

    private void stop(Machine machine) {
        count(ClusterFault.STOP);
        machine.stop();
        cluster.await("a stop", 60_000, () -> !machine.isUp());
    }

    private void pause(Machine machine) {
        count(ClusterFault.PAUSE);
        machine.pause(1 + random.nextInt(random.chance(0.2) ? 20_000 : 2_000));
    }

    private void setClock(Machine machine) {
        if (hasWildClocks && !hasYear && random.chance(0.2)) {
            count(ClusterFault.CLOCK_A_YEAR_AHEAD);
            hasYear = true;
            machine.clock.jump(365 * 24 * HOUR_MILLIS);
            return;
        }
        boolean isForward = random.chance(0.6);
        count(isForward ? ClusterFault.CLOCK_FORWARD : ClusterFault.CLOCK_BACK);
        long millis = 1 + random.nextLong(0, hasWildClocks && random.chance(0.5) ? 30 * HOUR_MILLIS : 3_000);
        machine.clock.jump(isForward ? millis : -millis);
    }

    private void fill(Machine machine) {
        if (machine.room != Room.ALL) {
            count(ClusterFault.DISK_WITH_ROOM);
            machine.room = Room.ALL;
            return;
        }
        boolean isOfBlocks = random.chance(0.5);
        count(isOfBlocks ? ClusterFault.DISK_FULL_FOR_BLOCKS : ClusterFault.DISK_FULL);
        machine.room = isOfBlocks ? Room.RECORDS : Room.DELETES;
    }

    private void slowDown(Machine machine) {
        if (machine.diskMillisMax > Machine.DISK_MILLIS_MAX) {
            machine.setDiskMillisMax(Machine.DISK_MILLIS_MAX);
            return;
        }
        count(ClusterFault.SLOW_DISK);
        machine.setDiskMillisMax(10 + random.nextInt(1_000));
    }

    /** The node stops acknowledging; somebody starts it again in a while. */
    private void failSync(Machine machine) {
        count(ClusterFault.FAILED_SYNC);
        machine.process().records.failNextSync();
        cluster.run(random.nextInt(3_000));
        losePower(machine);
    }

    private void failBlocks(Machine machine) {
        count(ClusterFault.FAILED_BLOCK_DISK);
        machine.process().blocks.fail("the simulated sync failed");
        cluster.run(random.nextInt(3_000));
        losePower(machine);
    }

    private void rot(Machine machine) {
        List<BlockRef> blocks = machine.blocks.blocks();
        if ((isAlone || machine == rotting) && !blocks.isEmpty()) {
            count(ClusterFault.ROTTEN_BLOCK);
            machine.blocks.corrupt(blocks.get(random.nextInt(blocks.size())));
        }
    }

    /** All is as it should be from now on; what is down comes back. */
    /** Clocks, too: whoever has the only whole log of a group does not lead by one that is far off. */
    void mend() {
        cluster.network.become(Weather.FAIR);
        cluster.network.mend();
        cluster.releases.rollOut();
        for (Machine machine : cluster.present()) {
            machine.clock.mend();
            machine.room = Room.ALL;
            machine.coldReadChance = 0;
            machine.busyChance = 0;
            machine.setDiskMillisMax(Machine.DISK_MILLIS_MAX);
            if (machine.records.isRotten()) {
                machine.loseDisks(cluster.newNode());
            } else if (machine.isUp()
                    && (machine.process().failure() != null || cluster.releases.isOutdated(machine.level))) {
                machine.losePower();
            }
            if (!machine.isUp()) {
                machine.boot();
            }
        }
    }
}

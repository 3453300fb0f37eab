package io.chordata.node.founding;

import io.chordata.node.core.Ballot;
import io.chordata.node.core.NodeId;
import io.chordata.node.founding.FoundingWorld.Fault;
import io.chordata.node.founding.FoundingWorld.Site;
import io.chordata.node.sim.SimRandom;
import java.util.Set;
import java.util.TreeSet;

/**
 * One random run: some machines that name each other are told to found, crash, restart, are cut off, lose messages and, in
 * some runs, disks. Then all is well for a while, and they must have come together. In other runs they name only one of them
 * in common; then it is enough that they found no two clusters.
 */
final class FoundingSimulation {
    private static final int STEPS = 60;
    private static final long CALM_MILLIS = 120_000;

    private final FoundingWorld world;
    private final SimRandom random;
    private final boolean wipes;
    private final boolean inCommon;
    private final int size;
    private int faults;

    /** What a run came to; equal for equal runs. */
    record Outcome(int foundings, int withdrawals, int releases, int faults, boolean stuck, long traceHash) {}

    private FoundingSimulation(long seed, VoteRules rules, Fault fault) {
        SimRandom choice = new SimRandom(seed ^ 0x5DEECE66DL);
        size = 2 + choice.nextInt(4);
        inCommon = choice.chance(0.3);
        wipes = !inCommon && choice.chance(0.4);
        world = new FoundingWorld(seed, size, rules, fault);
        if (inCommon) {
            world.allNameTheFirst();
        } else {
            world.allNameEachOther();
        }
        random = world.random();
    }

    static Outcome run(long seed) {
        return run(seed, seed % 2 == 0 ? VoteRules.ALL : EagerRules.ALL_BUT_PATIENCE, Fault.NONE);
    }

    static Outcome run(long seed, VoteRules rules, Fault fault) {
        return new FoundingSimulation(seed, rules, fault).play();
    }

    private Outcome play() {
        world.setCalm(false);
        double inits = random.chance(0.2) ? 1 : random.chance(0.8) ? 0.5 : 0;
        world.sites().forEach(site -> site.setInit(random.chance(inits)));
        for (int step = 0; step < STEPS; step++) {
            disturb(world.site(random.nextInt(size)));
            world.advanceMillis(random.nextLong(0, 3_000));
        }
        world.setCalm(true);
        world.sites().forEach(site -> site.cut(0));
        world.sites().forEach(Site::start);
        boolean mustFound = world.sites().stream().anyMatch(FoundingSimulation::isDriving);
        world.advanceMillis(CALM_MILLIS);
        boolean stuck = checkEnd(mustFound);
        return new Outcome(world.foundings(), world.withdrawals(), world.releases(), faults, stuck, world.traceHash());
    }

    private void disturb(Site site) {
        faults++;
        switch (random.nextInt(10)) {
            case 0, 1 -> site.crash();
            case 2 -> site.cut(random.nextInt(2));
            case 3 -> world.sites().forEach(other -> other.cut(0));
            case 4 -> tell(site, random.chance(0.3));
            case 5 -> wipe(site);
            default -> site.start();
        }
    }

    /** At its next start, and at once if it runs. */
    private static void tell(Site site, boolean init) {
        site.setInit(init);
        if (init && site.isUp()) {
            site.tell();
        }
    }

    private void wipe(Site site) {
        if (wipes && random.chance(0.4)) {
            site.wipe();
        }
    }

    private static boolean isDriving(Site site) {
        Ballot ballot = site.ballot();
        return site.isInit() || site.identity() != null || ballot != null && ballot.isIntent();
    }

    /** Whether somebody waits for a node whose disk is gone. */
    private boolean checkEnd(boolean mustFound) {
        Set<String> clusters = new TreeSet<>();
        int members = 0;
        for (Site site : world.sites()) {
            if (site.identity() != null) {
                clusters.add(site.identity().cluster().toString());
                members++;
            }
        }
        boolean stuck = isStuck();
        boolean together = inCommon || members == (mustFound ? size : 0);
        if (world.refusals() > 0 || clusters.size() > 1 || !stuck && !together) {
            throw new AssertionError("not together: " + world);
        }
        if (!wipes && (stuck && !inCommon || world.foundings() > 1)) {
            throw new AssertionError("without a lost disk: " + world);
        }
        return stuck;
    }

    private boolean isStuck() {
        Set<NodeId> alive = new TreeSet<>();
        world.sites().forEach(site -> {
            if (site.ballot() != null) {
                alive.add(site.ballot().node());
            }
        });
        boolean anyMember = world.sites().stream().anyMatch(site -> site.identity() != null);
        return !anyMember
                && world.sites().stream()
                        .map(Site::ballot)
                        .anyMatch(ballot -> ballot != null
                                && ballot.isPromise()
                                && ballot.vote() != null
                                && !alive.contains(ballot.vote().founder()));
    }
}

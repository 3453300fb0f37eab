package io.chordata.node.sim;

/** The simulated machine has no power: thrown by everything that a process does with a disk from then on. */
public final class SimPowerLoss extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SimPowerLoss() {
        super("power loss", null, false, false);
    }
}

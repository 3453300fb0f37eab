package io.chordata.node.architecture.samples.names.core;

/** Breaks: the unit stands in the middle of the name, and the class could be final. */
public class Wait {
    private final long millisToWait;

    public Wait(long millisToWait) {
        this.millisToWait = millisToWait;
    }

    public long value() {
        return millisToWait;
    }
}

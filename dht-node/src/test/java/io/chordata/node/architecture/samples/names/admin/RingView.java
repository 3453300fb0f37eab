package io.chordata.node.architecture.samples.names.admin;

/** Breaks: a view does not change. */
public final class RingView {
    private int nodes;

    public int grow() {
        return ++nodes;
    }
}

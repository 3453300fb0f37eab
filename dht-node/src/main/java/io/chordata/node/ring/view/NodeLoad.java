package io.chordata.node.ring.view;

/**
 * What a node has to do, in figures that only inform: they change all the time, so no decision that several nodes must make
 * alike depends on them.
 *
 * @param partitions how many it is a member of
 * @param leaders how many of those it leads
 * @param load tasks that run on its machine or wait for it, per core, over a minute; 1 for more
 */
public record NodeLoad(
        int partitions,
        int leaders,
        long objects,
        long blocks,
        long bytesUsed,
        long bytesFree,
        double load,
        NodeVitals vitals) {
    public static final NodeLoad NONE = new NodeLoad(0, 0, 0, 0, 0, 0, 0);

    public NodeLoad {
        check("partitions", partitions);
        check("leaders", leaders);
        check("objects", objects);
        check("blocks", blocks);
        check("bytesUsed", bytesUsed);
        check("bytesFree", bytesFree);
        if (!(load >= 0 && load <= 1)) {
            throw new IllegalArgumentException("load is 0 to 1, got " + load);
        }
    }

    /** Of a node that does not tell how its process fares. */
    public NodeLoad(
            int partitions, int leaders, long objects, long blocks, long bytesUsed, long bytesFree, double load) {
        this(partitions, leaders, objects, blocks, bytesUsed, bytesFree, load, NodeVitals.UNTOLD);
    }

    private static void check(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " cannot be negative, got " + value);
        }
    }
}

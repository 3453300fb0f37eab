package io.chordata.node.core;

/** The port to the event loops of this process. */
public interface Loops {
    /** The caller's own loop; on a thread that is none, one that is picked for it. */
    Loop current();

    /** The loop that owns the partition: its number modulo the number of loops. */
    Loop ownerOf(PartitionId partition);
}

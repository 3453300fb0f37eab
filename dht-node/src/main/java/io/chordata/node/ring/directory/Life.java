package io.chordata.node.ring.directory;

import java.util.Comparator;

/**
 * One start of a node. The incarnation rises durably at each start; the nonce, drawn anew at each, tells apart two starts
 * that count as the same one, as those of a copied or rolled-back disk do.
 *
 * @param incarnation how often the node was started, from 1
 */
record Life(long incarnation, long nonce) implements Comparable<Life> {
    private static final Comparator<Life> ORDER =
            Comparator.comparingLong(Life::incarnation).thenComparingLong(Life::nonce);

    Life {
        if (incarnation < 1) {
            throw new IllegalArgumentException("incarnations start at 1, got " + incarnation);
        }
    }

    /** Whether both count as the same start without being it: two disks, or one that was set back. */
    boolean isTwinOf(Life other) {
        return incarnation == other.incarnation && nonce != other.nonce;
    }

    @Override
    public int compareTo(Life other) {
        return ORDER.compare(this, other);
    }
}

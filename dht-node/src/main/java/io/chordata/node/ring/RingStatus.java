package io.chordata.node.ring;

import io.chordata.node.ring.view.Contact;
import java.util.List;

/**
 * How one node stands on the ring, at one moment.
 *
 * @param pointers of its positions that are on the ring, in the order of the ring
 * @param fingers of all of them, each position once
 */
public record RingStatus(Contact self, RingPhase phase, List<Pointers> pointers, List<Finger> fingers) {
    public RingStatus {
        pointers = List.copyOf(pointers);
        fingers = List.copyOf(fingers);
    }
}

package io.chordata.node.ring;

import io.chordata.node.ring.view.Contact;

/** Where a node's messages go. They may be lost, late, doubled, and in any order. */
public interface Outbox {
    void send(Contact to, RingMessage message);
}

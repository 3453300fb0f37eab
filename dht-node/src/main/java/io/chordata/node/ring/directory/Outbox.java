package io.chordata.node.ring.directory;

import io.chordata.node.core.Peer;

/** What the directory has done: called while an inbound event is handled, and must not call back. */
public interface Outbox {
    /** May get lost. */
    void send(Peer to, DirectoryMessage message);

    void tell(DirectoryEvent event);

    /** Replaces the durable image. */
    void store(byte[] image);
}

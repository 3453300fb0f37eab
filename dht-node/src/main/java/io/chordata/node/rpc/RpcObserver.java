package io.chordata.node.rpc;

import io.chordata.node.core.Peers.Service;

/** Told what happens between nodes. Called on any event loop: be quick, do not throw. */
public interface RpcObserver {
    RpcObserver NONE = new RpcObserver() {};

    /** A peer proved itself; {@code dialed} tells by which side the connection was made. */
    default void opened(boolean dialed) {}

    /** A connection ended or could not be made; {@link #opened} was called before if it was open once. */
    default void closed(boolean dialed, Closing why) {}

    /** A message was dropped, as its peer could not be reached or too much waits for it. */
    default void dropped(Service service) {}

    /** A call got its answer {@code nanos} after it was made. */
    default void answered(Service service, long nanos) {}

    /** A call was refused, or got no answer. */
    default void failed(Service service) {}

    /** A frame came that nobody waits for: a late answer, or a kind that this side of a connection does not take. */
    default void stray() {}
}

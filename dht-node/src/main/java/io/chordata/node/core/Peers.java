package io.chordata.node.core;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * The port to the other nodes of the cluster. Messages of one loop to one peer and service keep their order; each arrives at
 * most once. Only nodes that proved to know the cluster secret are heard or spoken to.
 */
public interface Peers {
    /**
     * Hands over a message that nobody waits for. It is dropped, and {@link Listener#onUnreachable} told, where the peer
     * cannot be reached; it is dropped in silence where too much is waiting for that peer already.
     */
    void send(Peer to, Service service, Buffer message);

    /**
     * Asks and waits for the answer, which comes on the caller's loop. Fails with {@link PeerUnreachableException} when no
     * answer came within {@code timeoutMillis}, the connection broke, or too much is waiting: whether the peer has acted
     * then is unknown.
     */
    Future<Buffer> call(Peer to, Service service, Buffer request, long timeoutMillis);

    /** From now on {@code receiver} gets what other nodes send to {@code service}. One receiver for each service. */
    void serve(Service service, Receiver receiver);

    /** What messages are for; each service encodes its own. The numbers are part of the protocol. */
    enum Service {
        RING(1),
        DIRECTORY(2);

        private final int number;

        Service(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /** Called on the event loop of the connection. A failed future, or an exception, reaches the asker as a refusal. */
    interface Receiver {
        /** A message that wants no answer. */
        void onMessage(NodeId from, Buffer message);

        Future<Buffer> onCall(NodeId from, Buffer request);
    }

    /** Told about connections, on any loop. */
    interface Listener {
        /** A connection to the peer broke, or none could be made. A hint: the peer may be back at once. */
        void onUnreachable(Peer peer);
    }
}

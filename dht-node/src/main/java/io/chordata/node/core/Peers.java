package io.chordata.node.core;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * The port to the other nodes of the cluster. Messages of one loop to one peer and service keep their order; each arrives at
 * most once. Only nodes that proved to know the cluster secret are heard or spoken to.
 *
 * <p>Nodes of two clusters refuse each other. A node that has no cluster yet is a newcomer: between it and any other node
 * only {@link Service#FOUNDING} is served, other requests are refused, and other messages dropped in silence.
 */
public interface Peers {
    /**
     * Hands over a message that nobody waits for. It is dropped, and {@link Listener#onUnreachable} told, where the peer
     * cannot be reached; it is dropped in silence where too much is waiting for that peer already.
     *
     * @throws IllegalArgumentException if the message is larger than the service takes
     */
    void send(Peer to, Service service, Buffer message);

    /**
     * Asks and waits for the answer, which comes on the caller's loop. Fails with {@link PeerUnreachableException} when no
     * answer came within {@code timeoutMillis}, the connection broke, or too much is waiting: whether the peer has acted
     * then is unknown, unless the exception says that the question never left. Fails with {@link PeerRefusedException} when the peer is alive and answered with a refusal.
     *
     * @throws IllegalArgumentException if the request is larger than the service takes
     */
    Future<Buffer> call(Peer to, Service service, Buffer request, long timeoutMillis);

    /** From now on {@code receiver} gets what other nodes send to {@code service}. One receiver for each service. */
    void serve(Service service, Receiver receiver);

    /** What messages are for; each service encodes its own. The numbers are part of the protocol. */
    enum Service {
        RING(1, 1 << 20),
        DIRECTORY(2, 128 << 10),
        /** How nodes without a cluster come to one. */
        FOUNDING(3, 4 << 10),
        /** What operators want to know of other nodes. */
        STATUS(4, 1 << 20),
        /** What the replicas of partitions say to each other. A message holds at least one entry of a log. */
        GROUPS(5, 5 << 20),
        /** Commands and queries for replicas elsewhere. */
        PARTITIONS(6, 5 << 20),
        /** Blocks of bodies, in pieces: what else is to be said to a peer waits behind one of them at a time. */
        BLOCKS(7, 512 << 10),
        /** Who becomes, and who is no more, a member of which partition. */
        MOVES(8, 16 << 10),
        /** What operators want done with another node. */
        ORDERS(9, 4 << 10),
        /** What is left of a partition whose majority is gone, and how it is to go on. */
        FORCE(10, 64 << 10);

        private final int number;
        private final int bytesMax;

        Service(int number, int bytesMax) {
            this.number = number;
            this.bytesMax = bytesMax;
        }

        public int number() {
            return number;
        }

        /** Whether nodes may say it to each other of which one or both have no cluster yet. */
        public boolean isForNewcomers() {
            return this == FOUNDING;
        }

        /** The largest message, request or answer. What waits in memory for a slow peer grows with it. */
        public int bytesMax() {
            return bytesMax;
        }
    }

    /**
     * Called on the event loop of the connection. A failed future, an exception, or an answer larger than the service takes
     * reaches the asker as a refusal. Nobody waits for an answer longer than the asker does.
     */
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

package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.Contact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What directories say to each other. Each message takes news along.
 *
 * @param sender which start of the sender speaks; its id is the transport's to prove
 */
public record DirectoryMessage(Header sender, Body body, List<Update> news) {
    public DirectoryMessage {
        news = List.copyOf(news);
    }

    /**
     * @param version the sender's own, so that an old word of it can be told from a new one
     * @param known tag of the addressee's words as the sender knows them; 0 if it does not know the addressee
     * @param load the sender's
     */
    record Header(
            Life life, long version, int known, @Nullable Load load) {}

    /** What the message is for. Its {@code accept} calls the visitor's method for it. */
    sealed interface Body {
        void accept(Visitor visitor);
    }

    interface Visitor {
        void onPing(Ping ping);

        void onAck(Ack ack);

        void onPingRequest(PingRequest request);

        void onPingResult(PingResult result);

        void onGossip(Gossip gossip);

        void onExchangeRequest(ExchangeRequest request);

        void onExchangeReply(ExchangeReply reply);

        void onRefusal(Refusal refusal);
    }

    /** Are you there? */
    record Ping(long number) implements Body {
        @Override
        public void accept(Visitor visitor) {
            visitor.onPing(this);
        }
    }

    /** I am. Repeats the number of the ping. */
    record Ack(long number) implements Body {
        @Override
        public void accept(Visitor visitor) {
            visitor.onAck(this);
        }
    }

    /** Ping {@code target} for me, and tell me. */
    record PingRequest(long number, NodeId target) implements Body {
        @Override
        public void accept(Visitor visitor) {
            visitor.onPingRequest(this);
        }
    }

    /** Whether the target of the ping request of this number has answered (Lifeguard's "nack" if not). */
    record PingResult(long number, boolean reached) implements Body {
        @Override
        public void accept(Visitor visitor) {
            visitor.onPingResult(this);
        }
    }

    /** Nothing but the news. */
    record Gossip() implements Body {
        @Override
        public void accept(Visitor visitor) {
            visitor.onGossip(this);
        }
    }

    /**
     * Asks for the nodes in which the two tables differ.
     *
     * @param after only nodes behind this id; null: from the first
     * @param hashes of the sender's table, one for each of its buckets
     */
    record ExchangeRequest(long number, @Nullable NodeId after, List<Long> hashes) implements Body {
        ExchangeRequest {
            hashes = List.copyOf(hashes);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.onExchangeRequest(this);
        }
    }

    /**
     * A piece of the answerer's table.
     *
     * @param buckets those that differ, as a set of bits
     * @param upTo the piece holds all in those buckets up to this id; null: to the last
     * @param members by rising id
     */
    record ExchangeReply(
            long number, long buckets, @Nullable NodeId upTo, List<Update> members) implements Body {
        ExchangeReply {
            members = List.copyOf(members);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.onExchangeReply(this);
        }
    }

    /**
     * You are not, or no longer, of this cluster.
     *
     * @param refused the start that is refused, so that a later one of the same node takes no notice
     * @param other who has the place instead, where that is the reason
     */
    record Refusal(
            Life refused, RefusalReason reason, @Nullable Contact other) implements Body {
        @Override
        public void accept(Visitor visitor) {
            visitor.onRefusal(this);
        }
    }
}

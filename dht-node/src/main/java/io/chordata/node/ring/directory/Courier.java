package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.ring.directory.DirectoryMessage.Body;
import io.chordata.node.ring.directory.DirectoryMessage.Header;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends, with the news that belongs into each message. */
final class Courier {
    private final Parts parts;
    private final Own own;

    Courier(Parts parts, Own own) {
        this.parts = parts;
        this.own = own;
    }

    void send(Entry to, Body body) {
        send(to.peer(), to, body, own.load());
    }

    /** To a node that is not in the table, or at another address than there. */
    void send(Peer to, Body body) {
        send(to, null, body, null);
    }

    /** Tells this start that it has no place here. Nothing else: whatever it asked or said does not count. */
    void refuse(Peer to, DirectoryMessage.Refusal refusal) {
        parts.count(Counter.REFUSALS);
        post(to, new DirectoryMessage(header(null, null), refusal, List.of()));
    }

    /** A piece of the table in place of news. */
    void sendPiece(Entry to, Body body, List<Update> piece) {
        post(to.peer(), new DirectoryMessage(header(to, null), body, piece));
    }

    private void send(Peer to, @Nullable Entry entry, Body body, @Nullable Load load) {
        post(to, new DirectoryMessage(header(entry, load), body, newsFor(entry)));
    }

    private void post(Peer to, DirectoryMessage message) {
        if (!own.isSilent()) {
            parts.outbox().send(to, message);
        }
    }

    private Header header(@Nullable Entry to, @Nullable Load load) {
        int known = to == null ? 0 : to.tag();
        return new Header(own.life(), own.standing().version(), known, load);
    }

    /**
     * First, what the addressee must hear: who speaks, unless it knows, and what is held of itself, unless it is well (the buddy
     * system of Lifeguard, section IV-C). Then gossip, as much as fits.
     */
    private List<Update> newsFor(@Nullable Entry to) {
        List<Update> news = new ArrayList<>();
        if (to == null || !to.knows(own.tag()) || to.member().verdict() != Verdict.LIVE) {
            news.add(own.update());
        }
        if (to != null && to.member().verdict() != Verdict.LIVE) {
            news.add(to.update());
        }
        int bytes = news.stream().mapToInt(Update::bytesMax).sum();
        List<NodeId> told = news.stream().map(Update::node).toList();
        NodeId addressee = to == null ? own.node() : to.node();
        news.addAll(parts.gossip()
                .take(
                        parts.options().gossipBytesMax() - bytes,
                        sendsMax(),
                        node -> !told.contains(node) && !node.equals(addressee)));
        return news;
    }

    private int sendsMax() {
        double spread = Math.ceil(Math.log1p(parts.table().upCount()));
        return (int) Math.max(1, parts.options().gossipMultiplier() * spread);
    }
}

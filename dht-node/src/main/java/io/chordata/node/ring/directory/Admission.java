package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.ring.directory.DirectoryMessage.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Whether a sender is who this node takes it for. A start that is no later than one that is known comes from a copied or
 * rolled-back disk, or from a process that was thought gone; it is told so and not heard.
 */
final class Admission {
    private final Parts parts;
    private final Own own;
    private final Courier courier;
    private final Successions successions;

    Admission(Parts parts, Own own, Courier courier, Successions successions) {
        this.parts = parts;
        this.own = own;
        this.courier = courier;
        this.successions = successions;
    }

    boolean admits(NodeId from, DirectoryMessage message) {
        Update introduction = introduction(from, message);
        if (from.equals(own.node())) {
            meetTwin(from, message.sender().life(), introduction);
            return false;
        }
        Entry entry = parts.table().get(from);
        if (entry == null) {
            return isIntroduced(introduction);
        }
        return admits(entry, message.sender().life(), introduction);
    }

    private boolean admits(Entry entry, Life life, @Nullable Update introduction) {
        Life known = entry.member().standing().life();
        if (entry.member().isDecommissioned()) {
            refuse(entry, life, RefusalReason.DECOMMISSIONED, introduction);
            return false;
        }
        if (life.equals(known)) {
            return true;
        }
        if (isNonsense(entry.member(), introduction)) {
            return true;
        }
        if (life.isTwinOf(known) || life.compareTo(known) < 0) {
            refuse(entry, life, reason(entry, life), introduction);
            return false;
        }
        return isIntroduced(introduction) && succeeds(entry, introduction);
    }

    /** What is known of it cannot be: somebody else said so. It must not keep the node out for ever. */
    private static boolean isNonsense(Member known, @Nullable Update introduction) {
        return introduction != null
                && known.standing().isFarAheadOf(introduction.member().standing());
    }

    private boolean succeeds(Entry entry, @Nullable Update introduction) {
        boolean hasMoved = introduction != null
                && !entry.member().address().equals(introduction.member().address());
        if (introduction != null && hasMoved && parts.isWell(entry.node())) {
            successions.begin(entry, introduction);
            return false;
        }
        return true;
    }

    /** Another process speaks in this node's name. One of the two has to go, and both know which. */
    private void meetTwin(NodeId from, Life life, @Nullable Update introduction) {
        int byLife = life.compareTo(own.life());
        if (byLife == 0) {
            parts.count(Counter.DROPPED_NONSENSE);
        } else if (byLife > 0) {
            own.refuse(
                    own.reasonOf(life),
                    from,
                    introduction == null ? null : introduction.member().stated().contact());
        } else if (introduction != null) {
            courier.refuse(
                    peerOf(introduction),
                    new Refusal(life, own.reasonOf(life), own.member().stated().contact()));
        }
    }

    private static RefusalReason reason(Entry known, Life life) {
        boolean isTwin = life.isTwinOf(known.member().standing().life());
        return isTwin && known.member().isUp() ? RefusalReason.ALREADY_LIVE : RefusalReason.STALE_START;
    }

    private void refuse(Entry known, Life life, RefusalReason reason, @Nullable Update introduction) {
        Peer peer = introduction == null ? known.peer() : peerOf(introduction);
        courier.refuse(peer, new Refusal(life, reason, known.member().stated().contact()));
    }

    private boolean isIntroduced(@Nullable Update introduction) {
        if (introduction == null) {
            parts.count(Counter.DROPPED_UNKNOWN);
        }
        return introduction != null;
    }

    private static Peer peerOf(Update update) {
        return new Peer(update.member().address(), update.node());
    }

    /** What the sender says of itself, if it does. */
    private static @Nullable Update introduction(NodeId from, DirectoryMessage message) {
        for (Update update : message.news()) {
            boolean isOfSender = update.node().equals(from)
                    && update.member().standing().life().equals(message.sender().life());
            if (isOfSender && update.member().verdict() == Verdict.LIVE) {
                return update;
            }
        }
        return null;
    }
}

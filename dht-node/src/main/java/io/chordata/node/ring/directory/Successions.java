package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.ring.directory.DirectoryMessage.Ping;
import io.chordata.node.ring.directory.DirectoryMessage.Refusal;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A node that is held to be up is said to be another than it is known to be: to have started anew, or to have said other words
 * of itself. So the address that is known is asked a few times. What answers there says itself what it is; if nobody does, what
 * was said is believed.
 *
 * <p>Where the node itself comes from another address, either it was moved, and its death is not known yet, or somebody started a
 * copy of its disk. If the earlier start still answers, the later one is refused.
 */
final class Successions {
    private static final int PINGS = 3;
    private static final int OPEN_MAX = 64;

    private final Parts parts;
    private final Courier courier;
    private final Consumer<Update> onSucceeded;
    private final Map<NodeId, Claim> open = new TreeMap<>();

    /** @param isItself whether the node said so itself */
    private record Claim(Update update, boolean isItself, long number, int pings, Agenda.Task next) {
        Standing standing() {
            return update.member().standing();
        }
    }

    Successions(Parts parts, Courier courier, Consumer<Update> onSucceeded) {
        this.parts = parts;
        this.courier = courier;
        this.onSucceeded = onSucceeded;
    }

    /** It comes from another address than is known. */
    void begin(Entry first, Update claim) {
        begin(first, claim, true);
    }

    /** Somebody else says so. */
    void beginOnHearsay(Entry first, Update claim) {
        parts.count(Counter.HEARSAY_ASKED);
        begin(first, claim, false);
    }

    private void begin(Entry first, Update claim, boolean isItself) {
        if (!open.containsKey(first.node()) && open.size() < OPEN_MAX) {
            ask(first, claim, isItself, parts.numbers().next(), 1);
        }
    }

    /** Whether it answers an open question. */
    boolean onAck(Entry first, long number) {
        Claim claim = open.get(first.node());
        if (claim == null || claim.number() != number) {
            return false;
        }
        open.remove(first.node());
        parts.agenda().cancel(claim.next());
        if (claim.isItself() && isLater(claim, first)) {
            refuse(claim.update().member(), first.member());
        }
        return true;
    }

    private static boolean isLater(Claim claim, Entry first) {
        return claim.standing().life().compareTo(first.member().standing().life()) > 0;
    }

    private void refuse(Member second, Member first) {
        courier.refuse(
                new Peer(second.address(), second.node()),
                new Refusal(
                        second.standing().life(),
                        RefusalReason.ALREADY_LIVE,
                        first.stated().contact()));
    }

    /** With who asks: if the node did start anew, it may not know this one. */
    private void ask(Entry first, Update update, boolean isItself, long number, int pings) {
        long wait = parts.health().scale(parts.options().probeTimeoutMillis());
        Agenda.Task next = parts.agenda().in(wait, () -> onSilence(first.node()));
        open.put(first.node(), new Claim(update, isItself, number, pings, next));
        courier.send(first.peer(), new Ping(number));
    }

    private void onSilence(NodeId node) {
        Claim claim = open.remove(node);
        Entry first = parts.table().get(node);
        if (claim == null || first == null) {
            return;
        }
        boolean isStillNewer = claim.standing().overrides(first.member().standing());
        if (isStillNewer && first.member().isUp() && claim.pings() < PINGS) {
            ask(first, claim.update(), claim.isItself(), claim.number(), claim.pings() + 1);
        } else {
            onSucceeded.accept(claim.update());
        }
    }
}

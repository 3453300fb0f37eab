package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.ring.directory.DirectoryMessage.Ping;
import io.chordata.node.ring.directory.DirectoryMessage.Refusal;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A node that is held to be up starts anew at another address. Either it was moved, and its death is not known yet; or somebody
 * started a copy of its disk. So the old address is asked a few times: where the earlier start still answers, the later one is
 * refused, else it takes the place.
 */
final class Successions {
    private static final int PINGS = 3;
    private static final int OPEN_MAX = 64;

    private final Parts parts;
    private final Courier courier;
    private final Consumer<Update> onSucceeded;
    private final Map<NodeId, Claim> open = new TreeMap<>();

    private record Claim(Update update, long number, int pings, Agenda.Task next) {}

    Successions(Parts parts, Courier courier, Consumer<Update> onSucceeded) {
        this.parts = parts;
        this.courier = courier;
        this.onSucceeded = onSucceeded;
    }

    void begin(Entry first, Update claim) {
        if (!open.containsKey(first.node()) && open.size() < OPEN_MAX) {
            ask(first, claim, parts.numbers().next(), 1);
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
        Member second = claim.update().member();
        courier.refuse(
                new Peer(second.address(), second.node()),
                new Refusal(
                        second.standing().life(),
                        RefusalReason.ALREADY_LIVE,
                        first.member().stated().contact()));
        return true;
    }

    private void ask(Entry first, Update update, long number, int pings) {
        long wait = parts.health().scale(parts.options().probeTimeoutMillis());
        Agenda.Task next = parts.agenda().in(wait, () -> onSilence(first.node()));
        open.put(first.node(), new Claim(update, number, pings, next));
        courier.send(first, new Ping(number));
    }

    private void onSilence(NodeId node) {
        Claim claim = open.remove(node);
        Entry first = parts.table().get(node);
        if (claim == null || first == null) {
            return;
        }
        boolean isStillFirst = claim.update()
                        .member()
                        .standing()
                        .life()
                        .compareTo(first.member().standing().life())
                > 0;
        if (isStillFirst && first.member().isUp() && claim.pings() < PINGS) {
            ask(first, claim.update(), claim.number(), claim.pings() + 1);
        } else {
            onSucceeded.accept(claim.update());
        }
    }
}

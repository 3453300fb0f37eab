package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Applies claims to the table. One rule goes beyond the order of {@link Standing}: no node believes by hearsay that another,
 * which it holds to be up, is down. It takes that for a suspicion, so that the other can object; otherwise one node that was cut
 * off and saw all others fail would, on its return, have everyone declare everyone down.
 */
final class Judge {
    private static final long MINUTE_MILLIS = 60_000;

    private final Parts parts;
    private final Own own;
    private final Suspicions suspicions;
    private final Runnable onChanged;
    private long fullToldMillis = Long.MIN_VALUE;

    Judge(Parts parts, Own own, Runnable onChanged) {
        this.parts = parts;
        this.own = own;
        this.onChanged = onChanged;
        this.suspicions = new Suspicions(parts, this::declareDown);
    }

    /** @param isNews whether to pass it on: not what a newcomer learns that everyone knows */
    void hear(Update update, NodeId source, boolean isNews) {
        Entry entry = parts.table().get(update.node());
        if (own.node().equals(update.node())) {
            own.onClaim(update.member(), source);
        } else if (entry == null) {
            admit(update, source, isNews);
        } else {
            weigh(entry, update, source, isNews);
        }
    }

    /** This node's own probe failed. */
    void accuse(Entry entry) {
        if (entry.suspicion() != null) {
            confirm(entry, own.node());
        } else if (entry.member().isUp()) {
            replace(entry, entry.member().with(Verdict.SUSPECT), own.node(), true);
        }
    }

    void decommission(Entry entry) {
        replace(entry, entry.member().with(Verdict.DECOMMISSIONED), null, true);
    }

    /** From the image: without a word to anybody. */
    void restore(Member member) {
        add(member).note(parts.agenda().now());
    }

    void forget(Entry entry) {
        suspicions.stop(entry);
        parts.table().remove(entry);
        parts.order().remove(entry.node());
        parts.gossip().remove(entry.node());
        parts.tell(DirectoryEvent.Kind.LEFT, entry.member(), null);
        onChanged.run();
    }

    private void weigh(Entry entry, Update update, NodeId source, boolean isNews) {
        Member before = entry.member();
        Member claim = soften(before, update.member());
        NodeId accuser = Objects.requireNonNullElse(update.accuser(), source);
        if (claim.standing().overrides(before.standing())) {
            replace(entry, claim, accuser, isNews);
        } else if (isConfirmation(before, claim)) {
            confirm(entry, accuser);
        }
        entry.offer(update.member().standing().life(), update.load());
    }

    private Member soften(Member before, Member claim) {
        if (claim.verdict() != Verdict.DOWN || before.isDown()) {
            return claim;
        }
        parts.count(Counter.SOFTENED);
        return claim.with(Verdict.SUSPECT);
    }

    private static boolean isConfirmation(Member before, Member claim) {
        return claim.verdict() == Verdict.SUSPECT && before.standing().equals(claim.standing());
    }

    private void confirm(Entry entry, NodeId accuser) {
        if (suspicions.confirm(entry, accuser)) {
            parts.gossip().add(new Update(entry.member(), accuser, null));
        }
    }

    private void declareDown(Entry entry) {
        parts.count(Counter.DECLARED_DOWN);
        replace(entry, entry.member().with(Verdict.DOWN), own.node(), true);
    }

    private void replace(Entry entry, Member next, @Nullable NodeId accuser, boolean isNews) {
        Member before = entry.member();
        parts.table().change(entry, next);
        settle(entry, accuser);
        passOn(new Update(next, accuser, entry.load()), isNews);
        if (!before.record().equals(next.record())) {
            parts.tell(DirectoryEvent.Kind.of(before.state(), next.state()), before, next);
        }
        onChanged.run();
    }

    private void admit(Update update, NodeId source, boolean isNews) {
        Member member = update.member();
        if (member.isForgettable()) {
            return;
        }
        if (parts.table().size() >= parts.options().nodesMax() && !makeRoom()) {
            tellFull(member.node());
            return;
        }
        Entry entry = add(member);
        entry.offer(member.standing().life(), update.load());
        settle(entry, Objects.requireNonNullElse(update.accuser(), source));
        passOn(update, isNews);
        parts.tell(DirectoryEvent.Kind.of(null, member.state()), null, member);
        onChanged.run();
    }

    private void passOn(Update update, boolean isNews) {
        if (isNews) {
            parts.gossip().add(update);
        } else {
            parts.gossip().remove(update.node());
        }
    }

    private Entry add(Member member) {
        Entry entry = parts.table().add(member);
        parts.order().add(member.node());
        return entry;
    }

    /** Starts or ends the suspicion, as the row now demands. */
    private void settle(Entry entry, @Nullable NodeId accuser) {
        entry.note(parts.agenda().now());
        if (entry.member().isUp() && entry.member().verdict() == Verdict.SUSPECT) {
            suspicions.start(entry, Objects.requireNonNullElse(accuser, own.node()));
        } else {
            suspicions.stop(entry);
        }
    }

    private boolean makeRoom() {
        for (Entry entry : parts.table().all()) {
            if (entry.member().isForgettable()) {
                forget(entry);
                return true;
            }
        }
        return false;
    }

    private void tellFull(NodeId node) {
        long now = parts.agenda().now();
        if (fullToldMillis == Long.MIN_VALUE || now - fullToldMillis >= MINUTE_MILLIS) {
            fullToldMillis = now;
            parts.outbox().tell(new DirectoryEvent.TableFull(node));
        }
    }
}

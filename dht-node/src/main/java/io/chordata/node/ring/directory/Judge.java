package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies claims to the table. Three rules go beyond the order of {@link Standing}, so that one node that is wrong does not have
 * all others be wrong with it.
 *
 * <ul>
 *   <li>No node believes by hearsay that another, which it holds to be up, is down. It takes that for a suspicion, so that the
 *       other can object; otherwise one node that was cut off and saw all others fail would, on its return, have everyone
 *       declare everyone down.
 *   <li>Where a node is up, and was heard, hearsay of another start of it, or of other words, is a reason to ask it
 *       ({@link Successions}). Only if it is silent is the hearsay believed.
 *   <li>Numbers that are further ahead of what is known than they can be are nonsense, whichever of the two they are: a node's
 *       own words then override greater ones.
 * </ul>
 */
final class Judge {
    private static final long MINUTE_MILLIS = 60_000;
    /** Objections of a node, the record unchanged, that nobody need be asked about. */
    private static final long OBJECTIONS_UNASKED_MAX = 16;

    private final Parts parts;
    private final Own own;
    private final Suspicions suspicions;
    private final BiConsumer<Entry, Update> asker;
    private final Runnable onChanged;
    private long fullToldMillis = Long.MIN_VALUE;

    /** @param asker asks a node about what is said of it */
    Judge(Parts parts, Own own, BiConsumer<Entry, Update> asker, Runnable onChanged) {
        this.parts = parts;
        this.own = own;
        this.asker = asker;
        this.onChanged = onChanged;
        this.suspicions = new Suspicions(parts, this::declareDown);
    }

    /**
     * @param source who says so: hearsay, unless that is the node itself
     * @param isNews whether to pass it on: not what a newcomer learns that everyone knows
     */
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
        boolean isHearsay = !source.equals(update.node());
        Member claim = isHearsay ? hearsay(before, update.member()) : ownWords(before, update.member());
        NodeId accuser = Objects.requireNonNullElse(update.accuser(), source);
        if (isHearsay && isNonsense(before, claim)) {
            parts.count(Counter.DROPPED_NONSENSE);
        } else if (!holds(before, claim, isHearsay)) {
            confirmIfSame(entry, claim, accuser);
        } else if (isHearsay && isToBeAsked(entry, claim)) {
            asker.accept(entry, update);
        } else {
            replace(entry, claim, accuser, isNews);
        }
        entry.offer(update.member().standing().life(), update.load());
    }

    /** Of words that are known others only ever raise the verdict. */
    private Member hearsay(Member before, Member claim) {
        boolean isKnown = claim.standing().isSameWord(before.standing());
        return soften(before, isKnown ? before.with(claim.verdict()) : claim);
    }

    private static Member ownWords(Member before, Member claim) {
        return claim.standing().isSameWord(before.standing()) ? claim.with(before.verdict()) : claim;
    }

    private static boolean isNonsense(Member before, Member claim) {
        return !claim.isDecommissioned() && claim.standing().isFarAheadOf(before.standing());
    }

    /** A node's own words also hold where somebody told them wrong. */
    private static boolean holds(Member before, Member claim, boolean isHearsay) {
        if (isHearsay || before.isDecommissioned() || claim.standing().overrides(before.standing())) {
            return claim.standing().overrides(before.standing());
        }
        return claim.standing().isSameWord(before.standing())
                ? !claim.equals(before)
                : before.standing().isFarAheadOf(claim.standing());
    }

    private static boolean isToBeAsked(Entry entry, Member claim) {
        Member before = entry.member();
        return before.isUp()
                && entry.isHeard()
                && !claim.isDecommissioned()
                && !claim.standing().isSameWord(before.standing())
                && !isObjection(before, claim);
    }

    /** The node said the same once more. */
    private static boolean isObjection(Member before, Member claim) {
        return claim.standing().life().equals(before.standing().life())
                && claim.standing().version() - before.standing().version() <= OBJECTIONS_UNASKED_MAX
                && claim.stated().equals(before.stated())
                && claim.hasStopped() == before.hasStopped()
                && claim.holdsData() == before.holdsData();
    }

    private void confirmIfSame(Entry entry, Member claim, NodeId accuser) {
        if (isConfirmation(entry.member(), claim)) {
            confirm(entry, accuser);
        }
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
        if (!parts.table().hasRoomFor(places(next) - places(before))) {
            tellFull(next.node());
            return;
        }
        parts.table().change(entry, next);
        settle(entry, accuser);
        passOn(new Update(next, accuser, entry.load()), isNews);
        if (!before.record().equals(next.record())) {
            parts.tell(DirectoryEvent.Kind.of(before.state(), next.state()), before, next);
        }
        onChanged.run();
    }

    private static int places(Member member) {
        return member.stated().candidates().size();
    }

    private void admit(Update update, NodeId source, boolean isNews) {
        Member member = update.member();
        if (member.isForgettable()) {
            return;
        }
        boolean isHearsay = !source.equals(update.node());
        if (!parts.table().hasRoomFor(places(member))
                || (parts.table().size() >= parts.options().nodesMax() && !makeRoom(isHearsay))) {
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

    /** For a node that comes itself also those make room that are down and were never heard: perhaps they never were. */
    private boolean makeRoom(boolean isForHearsay) {
        for (Entry entry : parts.table().all()) {
            boolean isNobody = !isForHearsay && entry.member().isDown() && !entry.isHeard();
            if (entry.member().isForgettable() || isNobody) {
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

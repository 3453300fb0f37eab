package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeRecord;
import org.jspecify.annotations.Nullable;

/** This node's own row: it alone gives its record, and objects to what others hold of it. */
final class Own {
    private final Parts parts;
    private final Entry entry;
    private final Doubts doubts = new Doubts();
    private boolean silent;

    Own(Parts parts, NodeRecord record, boolean holdsData) {
        this.parts = parts;
        Life life = new Life(record.contact().incarnation(), parts.random().nextLong());
        this.entry = parts.table().add(new Member(record, new Standing(life, 1, Verdict.LIVE), false, holdsData));
        parts.gossip().add(entry.update());
    }

    NodeId node() {
        return entry.node();
    }

    Member member() {
        return entry.member();
    }

    Standing standing() {
        return entry.member().standing();
    }

    int tag() {
        return entry.tag();
    }

    Life life() {
        return standing().life();
    }

    Update update() {
        return entry.update();
    }

    @Nullable
    Load load() {
        return entry.load();
    }

    void setLoad(NodeLoad figures) {
        Load before = entry.load();
        entry.offer(life(), new Load(before == null ? 1 : before.number() + 1, figures));
    }

    /** Whether it no longer says a word. */
    boolean isSilent() {
        return silent;
    }

    void fallSilent() {
        silent = true;
        parts.agenda().close();
    }

    void restate(NodeRecord record, boolean holdsData) {
        if (!record.node().equals(node())) {
            throw new IllegalArgumentException("node " + node() + " cannot speak for " + record.node());
        }
        become(new Member(record, nextStanding(), false, holdsData || member().holdsData()));
    }

    /** The next node is probed. */
    void onPeriod() {
        doubts.onPeriod(parts.table().upCount());
    }

    /** A node answered a question of this one. */
    void onAnswer(NodeId by) {
        doubts.onAnswer(by);
    }

    /**
     * Takes up what others say of this node. An accusation meets an objection. The end is, while nobody answers this node any
     * more: a decommission; a later start; and words that this process never said, though in this very life, as then its memory
     * was copied, and the answers go to the copy.
     */
    void onClaim(Member claim, NodeId source) {
        Standing theirs = claim.standing();
        int byLife = theirs.life().compareTo(life());
        if (claim.isDecommissioned()) {
            doubt(RefusalReason.DECOMMISSIONED, source, null);
        } else if (theirs.isFarAheadOf(standing())) {
            parts.count(Counter.DROPPED_NONSENSE);
        } else if (byLife > 0) {
            doubt(reasonOf(theirs.life()), source, claim.stated().contact());
        } else if (byLife == 0 && theirs.overrides(standing())) {
            onOtherWords(claim, source);
        }
    }

    private void onOtherWords(Member claim, NodeId source) {
        if (claim.standing().version() > standing().version()) {
            doubt(RefusalReason.ALREADY_LIVE, source, claim.stated().contact());
        }
        object(claim.standing());
    }

    private void doubt(RefusalReason reason, NodeId by, @Nullable Contact other) {
        if (doubts.isAnswered()) {
            parts.count(Counter.DOUBTED);
        } else {
            refuse(reason, by, other);
        }
    }

    /** The node says that this start has no place in the cluster. */
    void onRefusal(NodeId by, DirectoryMessage.Refusal refusal) {
        if (doubts.onRefusal(by)) {
            refuse(refusal.reason(), by, refusal.other());
        } else {
            parts.count(Counter.DOUBTED);
        }
    }

    /** How a start that is not this one, but no earlier, ends it. */
    RefusalReason reasonOf(Life other) {
        return other.isTwinOf(life()) ? RefusalReason.ALREADY_LIVE : RefusalReason.STALE_START;
    }

    /** Ends this node; without effect after the first time. */
    void refuse(RefusalReason reason, NodeId by, @Nullable Contact other) {
        if (silent) {
            return;
        }
        fallSilent();
        parts.outbox().tell(new DirectoryEvent.Refused(reason, by, other));
    }

    void stop() {
        become(new Member(member().stated(), nextStanding(), true, member().holdsData()));
    }

    /** Marks the row for the others and for the image; this node then has its end. */
    void decommission() {
        become(member().with(Verdict.DECOMMISSIONED));
    }

    /** Whoever accuses this node may be right that it is slow. */
    private void object(Standing theirs) {
        if (silent) {
            return;
        }
        parts.count(Counter.OBJECTIONS);
        parts.health().worse(1);
        Standing over =
                new Standing(life(), Math.max(theirs.version(), standing().version()) + 1, Verdict.LIVE);
        become(new Member(member().stated(), over, false, member().holdsData()));
    }

    private Standing nextStanding() {
        return new Standing(life(), standing().version() + 1, Verdict.LIVE);
    }

    private void become(Member next) {
        parts.table().change(entry, next);
        parts.gossip().add(entry.update());
    }
}

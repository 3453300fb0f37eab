package io.chordata.node.ring.directory;

import io.chordata.node.ring.view.Contact;

/** Takes over what was known when the node last ran. */
final class Restorer {
    private final Parts parts;
    private final Own own;
    private final Judge judge;

    Restorer(Parts parts, Own own, Judge judge) {
        this.parts = parts;
        this.own = own;
        this.judge = judge;
    }

    /** A damaged image is no reason not to start: the others know all that it held. */
    void restore(byte[] image) {
        if (image.length == 0) {
            return;
        }
        try {
            ImageCodec.decode(image).forEach(this::restore);
        } catch (MalformedException e) {
            parts.outbox().tell(new DirectoryEvent.ImageUnreadable(e.reason()));
        }
    }

    private void restore(Member member) {
        if (member.node().equals(own.node())) {
            checkOwn(member);
        } else if (parts.table().get(member.node()) == null
                && parts.table().size() < parts.options().nodesMax()) {
            judge.restore(member.verdict() == Verdict.SUSPECT ? member.with(Verdict.LIVE) : member);
        }
    }

    /** Each start is later than those before; one that is not stands on a disk that was set back. */
    private void checkOwn(Member before) {
        Contact contact = before.stated().contact();
        if (before.isDecommissioned()) {
            own.refuse(RefusalReason.DECOMMISSIONED, own.node(), null);
        } else if (contact.incarnation() >= own.life().incarnation()) {
            own.refuse(RefusalReason.STALE_START, own.node(), contact);
        }
    }
}

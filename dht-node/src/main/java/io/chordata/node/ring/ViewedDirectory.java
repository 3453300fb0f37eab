package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.directory.Directory;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Position;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The directory as the ring of the same node sees it: by the view that is made of what it tells. */
final class ViewedDirectory implements RingDirectory {
    private final NodeId self;
    private final ViewKeeper views;
    private final Directory directory;

    ViewedDirectory(NodeId self, ViewKeeper views, Directory directory) {
        this.self = self;
        this.views = views;
        this.directory = directory;
    }

    @Override
    public @Nullable Contact random(RandomSource random) {
        List<Contact> others = views.current().nodes().stream()
                .filter(record -> record.isOnRing() && !record.node().equals(self))
                .map(NodeRecord::contact)
                .toList();
        return others.isEmpty() ? null : others.get(random.nextInt(others.size()));
    }

    @Override
    public @Nullable Position successor(RingId id, Predicate<NodeId> test) {
        return views.current().successor(id, record -> record.state().isRoutable() && test.test(record.node()));
    }

    @Override
    public boolean refuses(Contact contact) {
        NodeRecord record = views.current().node(contact.node());
        return record != null
                && (record.state() == NodeState.DECOMMISSIONED
                        || !record.contact().equals(contact));
    }

    /** Of whom it holds to be up; of its death in this life it would tell. */
    @Override
    public boolean watches(Contact contact) {
        NodeRecord record = views.current().node(contact.node());
        return record != null && record.state().isRoutable() && record.contact().equals(contact);
    }

    @Override
    public void onHeard(long nowMillis, Contact contact) {
        directory.onHeard(nowMillis, contact.node());
    }

    @Override
    public void onSilent(long nowMillis, NodeId node) {
        directory.onUnreachable(nowMillis, node);
    }
}

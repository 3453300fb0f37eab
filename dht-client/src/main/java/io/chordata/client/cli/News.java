package io.chordata.client.cli;

import io.chordata.client.admin.AdminEvent;
import io.chordata.client.admin.AdminEvent.LeaderChanged;
import io.chordata.client.admin.AdminEvent.NodeChanged;
import io.chordata.client.admin.AdminEvent.PartitionMoved;
import io.chordata.client.admin.AdminEvent.Repaired;
import io.chordata.client.admin.AdminEvent.Warning;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The latest events that a person wants to know of. Safe for use by many threads. */
final class News {
    private static final int KEPT_MAX = 100;

    private final Deque<AdminEvent> latest = new ArrayDeque<>();

    synchronized void note(AdminEvent event) {
        if (text(event, new NodeNames(List.of())).isPresent()) {
            latest.add(event);
            if (latest.size() > KEPT_MAX) {
                latest.remove();
            }
        }
    }

    /** Oldest first. */
    synchronized List<AdminEvent> latest() {
        return List.copyOf(latest);
    }

    /** Nothing for what is shown elsewhere, or happens all the time. */
    static Optional<String> text(AdminEvent event, NodeNames names) {
        if (event instanceof NodeChanged node) {
            return Optional.of(Texts.printable(node.name()) + " "
                    + node.change().replace('_', ' ') + ": is " + node.state().replace('_', ' '));
        }
        if (event instanceof LeaderChanged leader) {
            String node = leader.node();
            return Optional.of("partition " + leader.partition() + " is led by "
                    + (node == null ? "nobody" : names.of(node)) + " (term " + leader.term() + ")");
        }
        if (event instanceof PartitionMoved moved) {
            String learners = moved.learners().isEmpty() ? "" : ", learning: " + names.of(moved.learners());
            return Optional.of("partition " + moved.partition() + " is " + Texts.lower(moved.state()) + ": "
                    + names.of(moved.voters()) + learners);
        }
        if (event instanceof Repaired repaired) {
            return Optional.of(names.of(repaired.node()) + " got " + repaired.blocks() + " blocks ("
                    + Texts.bytes(repaired.bytes()) + ") from others");
        }
        return event instanceof Warning warning
                ? Optional.of("warning: " + Texts.printable(warning.detail()))
                : Optional.empty();
    }
}

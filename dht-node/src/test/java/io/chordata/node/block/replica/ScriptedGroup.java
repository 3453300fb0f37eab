package io.chordata.node.block.replica;

import io.chordata.node.core.BodyId;
import io.chordata.node.core.NodeId;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A partition's log as a script: one list of entries that the members follow, each at its own pace. An entry is committed once
 * a majority has it synced. Stands for the consensus, which has simulations of its own.
 */
final class ScriptedGroup {
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Member, Follower> followers = new LinkedHashMap<>();
    private Configuration configuration;
    private long committed;

    /** A new configuration, a drop, or neither. */
    record Entry(
            @Nullable Configuration configuration, @Nullable BodyId drop) {}

    /** How far a member follows the log. What is not synced is forgotten in a crash. */
    static final class Follower {
        final Member self;
        long has;
        long synced;
        long knownCommitted;
        boolean retired;

        Follower(Member self, long from) {
            this.self = self;
            has = from;
            synced = from;
            knownCommitted = from;
        }
    }

    ScriptedGroup(List<NodeId> founders) {
        List<Member> voters = founders.stream().map(node -> new Member(node, 0)).toList();
        configuration = new Configuration(0, voters, List.of(), List.of());
        entries.add(new Entry(configuration, null));
        voters.forEach(voter -> followers.put(voter, new Follower(voter, 0)));
    }

    /** The newest, committed or not. */
    Configuration configuration() {
        return configuration;
    }

    long last() {
        return entries.size() - 1;
    }

    Entry entry(long index) {
        return entries.get((int) index);
    }

    Configuration configurationAt(long index) {
        for (long i = index; ; i--) {
            Configuration found = entry(i).configuration();
            if (found != null) {
                return found;
            }
        }
    }

    /** Appends the change; a learner that it adds begins with the state of that entry. */
    Configuration change(Change change) {
        String refusal = change.refusal(configuration);
        if (refusal != null) {
            throw new IllegalStateException(refusal);
        }
        configuration = change.apply(configuration, entries.size());
        entries.add(new Entry(configuration, null));
        if (change instanceof Change.AddLearner) {
            Member learner = new Member(((Change.AddLearner) change).node(), last());
            followers.put(learner, new Follower(learner, last()));
        }
        return configuration;
    }

    long drop(BodyId body) {
        entries.add(new Entry(null, body));
        return last();
    }

    /** What a leader that was cut off had appended behind {@code index} is gone, as no majority had it. */
    void cutBehind(long index) {
        if (index < committed) {
            throw new IllegalStateException("committed up to " + committed);
        }
        while (last() > index) {
            entries.remove(entries.size() - 1);
        }
        configuration = configurationAt(index);
        for (Follower follower : followers.values()) {
            follower.has = Math.min(follower.has, index);
            follower.synced = Math.min(follower.synced, index);
        }
    }

    long committed() {
        long now = committed;
        while (now < last() && isSyncedByMajority(now + 1)) {
            now++;
        }
        committed = now;
        return committed;
    }

    private boolean isSyncedByMajority(long index) {
        BlockTag tag = new BlockTag(0, configuration);
        return tag.isMajority(member -> {
            Follower follower = followers.get(member);
            return follower != null && follower.synced >= index;
        });
    }

    /** The one of the node's newest stay, if it is over or not. */
    @Nullable
    Follower follower(NodeId node) {
        Follower newest = null;
        for (Follower follower : followers.values()) {
            if (follower.self.node().equals(node)
                    && (newest == null || follower.self.tenure() >= newest.self.tenure())) {
                newest = follower;
            }
        }
        return newest;
    }

    void forget(Member learner) {
        followers.remove(learner);
    }
}

package io.chordata.node.partition.raft;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what is asked for, in order. */
final class RecordingOutbox implements RaftOutbox {
    final List<Write> writes = new ArrayList<>();
    final List<RaftMessage> messages = new ArrayList<>();
    final List<Long> commits = new ArrayList<>();
    final List<Confirmed> confirmed = new ArrayList<>();
    final List<String> others = new ArrayList<>();

    record Confirmed(long round, long index) {}

    @Override
    public void persist(Write write) {
        writes.add(write);
    }

    @Override
    public void send(RaftMessage message) {
        messages.add(message);
    }

    @Override
    public void load(Member follower, long from, long to) {
        others.add("load " + from + " to " + to + " for " + follower);
    }

    @Override
    public void prepareSnapshot(Member follower) {
        others.add("snapshot for " + follower);
    }

    @Override
    public void install(Member leader, long index) {
        others.add("install " + index + " of " + leader);
    }

    @Override
    public void commit(long index) {
        commits.add(index);
    }

    @Override
    public void confirmReads(long round, long index) {
        confirmed.add(new Confirmed(round, index));
    }

    @Override
    public void changeRole(RaftRole role, long term, @Nullable Member leader) {
        others.add(role + " in term " + term);
    }

    @Override
    public void changeConfiguration(Configuration configuration) {
        others.add("configuration " + configuration.index());
    }
}

package io.chordata.node.partition.raft;

import io.chordata.node.partition.raft.RaftMessage.Body;
import io.chordata.node.partition.raft.RaftMessage.VoteAnswer;
import io.chordata.node.sim.SimRandom;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One machine of a group, node 1, whose peers say what a test wants and whose disk syncs when a test wants. */
final class LoneMachine {
    static final Member SELF = Members.founder(1);
    static final Member SECOND = Members.founder(2);
    static final Member THIRD = Members.founder(3);
    static final Configuration THREE = new Configuration(0, Members.founders(1, 2, 3), List.of(), List.of());

    final RecordingOutbox outbox = new RecordingOutbox();
    final Map<RaftEvent, Integer> events = new EnumMap<>(RaftEvent.class);
    final RaftGroup group;
    private final Configuration configuration;
    private long nowMillis;

    /**
     * @param applied up to where the log is known to be committed
     * @param terms of the entries of its log
     */
    LoneMachine(Configuration configuration, HardState hardState, long applied, long... terms) {
        this(0, configuration, hardState, applied, terms);
    }

    private LoneMachine(
            long startMillis, Configuration configuration, HardState hardState, long applied, long... terms) {
        this.nowMillis = startMillis;
        this.configuration = configuration;
        TermRuns runs = new TermRuns(0, 0);
        for (int i = 0; i < terms.length; i++) {
            runs.append(i + 1, terms[i]);
        }
        this.group = new RaftGroup(
                SELF,
                0,
                new RaftStart(hardState, runs, applied, List.of(configuration), 0, 1),
                RaftOptions.DEFAULT,
                new SimRandom(1),
                event -> events.merge(event, 1, Integer::sum),
                outbox,
                startMillis);
    }

    /** One of three that found a group. */
    static LoneMachine ofThree() {
        return new LoneMachine(THREE, HardState.NONE, 0);
    }

    /** One of three whose clock, which counts from anywhere, begins there. */
    static LoneMachine ofThreeFrom(long startMillis) {
        return new LoneMachine(startMillis, THREE, HardState.NONE, 0);
    }

    static HardState inTerm(long term) {
        return new HardState(0, term, null);
    }

    void hear(Member from, long term, Body body) {
        group.onMessage(new RaftMessage(from, SELF, 0, term, body));
        group.flush();
    }

    void tick(long millis) {
        nowMillis += millis;
        group.onTick(nowMillis, nowMillis);
        group.flush();
    }

    /** Time goes on, and nobody tells it. */
    void pass(long millis) {
        nowMillis += millis;
    }

    boolean isDue() {
        return group.isDue(nowMillis, nowMillis);
    }

    long nowMillis() {
        return nowMillis;
    }

    /** Ticks, as often as usual. */
    void letPass(long millis) {
        for (long passed = 0; passed < millis; passed += 50) {
            tick(50);
        }
    }

    /** Everything written so far is synced. */
    void sync() {
        if (!outbox.writes.isEmpty()) {
            group.onPersisted(outbox.writes.get(outbox.writes.size() - 1).number());
            group.flush();
        }
    }

    /** What it said since the last call. */
    List<Body> said() {
        List<Body> bodies = outbox.messages.stream().map(RaftMessage::body).toList();
        outbox.messages.clear();
        return bodies;
    }

    /** It stands for election, and gets as far as {@code role}. */
    LoneMachine become(RaftRole role) {
        letPass(RaftOptions.DEFAULT.electionMaxMillis() + 100);
        if (role != RaftRole.PRE_CANDIDATE) {
            grant(true, group.view().term() + 1);
        }
        if (role == RaftRole.LEADER) {
            sync();
            grant(false, group.view().term());
        }
        if (group.view().role() != role) {
            throw new AssertionError("it is " + group.view());
        }
        said();
        return this;
    }

    private void grant(boolean preVote, long term) {
        for (Member voter : configuration.voters()) {
            if (!voter.equals(SELF)) {
                hear(voter, term, new VoteAnswer(preVote, true));
            }
        }
    }

    static LogEntry entry(long index, long term) {
        return new LogEntry(index, term, 0, 1, EntryKind.COMMAND, new byte[] {1});
    }
}

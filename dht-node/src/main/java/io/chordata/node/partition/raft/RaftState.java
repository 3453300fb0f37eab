package io.chordata.node.partition.raft;

import io.chordata.node.core.RandomSource;
import io.chordata.node.partition.raft.RaftMessage.Body;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of a {@link RaftGroup} share: term and vote, role, log, time, and what is to leave at the end of the turn.
 */
final class RaftState {
    final Member self;
    private final int number;
    final RaftOptions options;
    final RaftRules rules;
    final WriteQueue writes = new WriteQueue();
    RaftLog log;
    /** The latest reading of a clock that only goes forward. */
    long nowMillis;
    /** The latest reading of this node's clock, since 1970. */
    long wallMillis;

    private final RandomSource random;
    private final RaftEventCounter events;
    private final List<RaftMessage> messages = new ArrayList<>();
    private HardState hardState;
    private RaftRole role = RaftRole.FOLLOWER;
    private @Nullable Member leader;
    private long leaderHeardMillis;
    private boolean leaderLost;
    private long leaderLostMillis;
    private long electionDueMillis;
    private boolean roleChanged;
    private boolean configurationChanged = true;

    RaftState(
            Member self,
            int number,
            RaftStart start,
            RaftOptions options,
            RaftRules rules,
            RandomSource random,
            RaftEventCounter events,
            long nowMillis) {
        this.self = self;
        this.number = number;
        this.options = options;
        this.rules = rules;
        this.random = random;
        this.events = events;
        this.log = new RaftLog(start);
        this.hardState = start.hardState();
        this.nowMillis = nowMillis;
        expectLeader();
        if (isSoleVoter()) {
            electionDueMillis = nowMillis;
        }
        if (rules.isGenerationOver(hardState.generation(), hardState.promised())) {
            become(RaftRole.STOPPED, null);
        }
    }

    void count(RaftEvent event) {
        events.count(event);
    }

    HardState hardState() {
        return hardState;
    }

    long term() {
        return hardState.term();
    }

    @Nullable
    Member vote() {
        return hardState.vote();
    }

    Configuration configuration() {
        return log.configuration();
    }

    boolean isSoleVoter() {
        return configuration().voters().equals(List.of(self))
                && !configuration().isJoint();
    }

    RaftRole role() {
        return role;
    }

    @Nullable
    Member leader() {
        return leader;
    }

    void enterTerm(long term) {
        hardState = hardState.inTerm(term);
        writes.changeHardState();
    }

    void voteFor(Member candidate) {
        hardState = hardState.votedFor(candidate);
        writes.changeHardState();
    }

    /** From now on its log stays as it is, unless it is the survivor that the generation is begun from. */
    void promise(long generation) {
        if (generation > hardState.promised()) {
            hardState = hardState.promisedTo(generation);
            writes.changeHardState();
        }
        become(RaftRole.STOPPED, null);
    }

    void giveWay() {
        hardState = hardState.givingWay();
        writes.changeHardState();
    }

    /** Goes on alone, in a generation of its own: all that is in its log stays there. */
    void beginGeneration(long generation) {
        hardState = hardState.inGeneration(generation);
        writes.changeHardState();
        Configuration alone = new Configuration(log.last() + 1, List.of(self), List.of(), List.of());
        append(EntryKind.CONFIGURATION, ConfigurationCodec.encode(alone), log.lastLevel());
        configurationChanged = true;
        become(RaftRole.FOLLOWER, null);
        electionDueMillis = nowMillis;
    }

    /** An entry of this term. */
    long append(EntryKind kind, byte[] data, int level) {
        long index = log.last() + 1;
        long time = rules.stamp(log.lastTimeMillis(), wallMillis);
        LogEntry entry = new LogEntry(index, term(), time, level, kind, data);
        log.append(entry);
        writes.append(entry);
        return index;
    }

    void become(RaftRole newRole, @Nullable Member newLeader) {
        boolean sameLeader = newLeader == null ? leader == null : newLeader.equals(leader);
        roleChanged |= newRole != role || !sameLeader;
        role = newRole;
        leader = newLeader;
        expectLeader();
    }

    boolean takeRoleChanged() {
        boolean changed = roleChanged;
        roleChanged = false;
        return changed;
    }

    void changeConfiguration() {
        configurationChanged = true;
    }

    boolean takeConfigurationChanged() {
        boolean changed = configurationChanged;
        configurationChanged = false;
        return changed;
    }

    /** The leader of this term spoke. */
    void hearLeader() {
        leaderHeardMillis = nowMillis;
        leaderLost = false;
        expectLeader();
    }

    /** Waits, for a time drawn anew, before it campaigns. */
    void expectLeader() {
        electionDueMillis = nowMillis + randomBetween(options.electionMinMillis(), options.electionMaxMillis());
    }

    /**
     * The connection to the leader broke: it is taken for dead. One survivor campaigns at once, each other one if those before it
     * had their time and nobody leads.
     */
    void loseLeader() {
        leaderLost = true;
        leaderLostMillis = nowMillis;
        long lost = options.lostLeaderMillis();
        int place = configuration().placeInLine(self, leader, number + term());
        long wait = place == 0 ? 0 : randomBetween(place * lost, (place + 1) * lost);
        electionDueMillis = Math.min(electionDueMillis, nowMillis + wait);
    }

    /** Another survivor of the leader campaigns, and has this one's word. */
    void letCampaign() {
        long lost = options.lostLeaderMillis();
        electionDueMillis = Math.max(electionDueMillis, nowMillis + randomBetween(lost, 2 * lost));
    }

    /** Whoever is before it in line cannot be elected. */
    void campaignNext() {
        electionDueMillis = Math.min(electionDueMillis, nowMillis);
    }

    boolean isLeaderLost() {
        return leaderLost;
    }

    /** It heard nobody because it stood still. */
    void forgivePause() {
        if (!leaderLost) {
            expectLeader();
        }
    }

    /** Others may notice a little later that the leader is dead: for a while, a campaign that failed is soon repeated. */
    void campaignAgainSoonIfLeaderLost() {
        if (leaderLost && nowMillis - leaderLostMillis < options.electionMinMillis()) {
            long lost = options.lostLeaderMillis();
            electionDueMillis = nowMillis + randomBetween(lost / 3, 2 * lost);
        }
    }

    boolean isElectionDue() {
        return nowMillis >= electionDueMillis;
    }

    /** Whether a leader was heard so lately that whoever wants to be elected is refused (thesis, section 4.2.3). */
    boolean isLeaderHeard() {
        return role == RaftRole.LEADER
                || (leader != null && !leaderLost && nowMillis - leaderHeardMillis < options.electionMinMillis());
    }

    private long randomBetween(long from, long to) {
        return from + random.nextInt(Math.toIntExact(to - from));
    }

    void send(Member to, Body body) {
        sendInTerm(to, term(), body);
    }

    void sendInTerm(Member to, long term, Body body) {
        messages.add(new RaftMessage(self, to, hardState.generation(), term, body));
    }

    /** Sends it once everything decided so far is synced. */
    void sendDurably(Member to, Body body) {
        RaftMessage message = new RaftMessage(self, to, hardState.generation(), term(), body);
        if (!rules.isDurableBeforeTold() || !writes.hold(message)) {
            messages.add(message);
        }
    }

    void onPersisted(long number) {
        log.persistedTo(writes.onPersisted(number, messages));
    }

    void flushMessages(RaftOutbox outbox) {
        List<RaftMessage> sent = List.copyOf(messages);
        messages.clear();
        sent.forEach(outbox::send);
    }
}

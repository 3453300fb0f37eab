package io.chordata.node.ring;

import io.chordata.node.core.Clock;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the parts of one node share: its members, what it knows of others, and what it is about to say to them. */
final class Ring {
    final Contact self;
    final RingOptions options;
    final ChordRules rules;
    final RandomSource random;
    final RingDirectory directory;
    final RingCounters counters = new RingCounters();
    final KnownNodes known;
    final OpenQuestions questions;
    final RoutingTable table;
    final Lookups lookups;

    private final Clock clock;
    private final NavigableMap<RingId, RingMember> members = new TreeMap<>();
    /** The same once more, as they are gone through after each event. */
    private List<RingMember> listed = List.of();

    private final Map<Contact, List<Notice>> notices = new LinkedHashMap<>();
    private long changes;
    private long nextOfMembersMillis;
    private boolean timersMoved = true;
    private long quietRoundMillis;

    Ring(
            Contact self,
            RingOptions options,
            ChordRules rules,
            RandomSource random,
            Clock clock,
            RingDirectory directory) {
        this.self = self;
        this.options = options;
        this.rules = rules;
        this.random = random;
        this.clock = clock;
        this.directory = directory;
        this.known = new KnownNodes(self, rules, counters);
        this.questions = new OpenQuestions(options, rules, self);
        this.table = new RoutingTable(this);
        this.lookups = new Lookups(this);
    }

    /** The own positions that are on the ring, in its order. */
    NavigableMap<RingId, RingMember> members() {
        return members;
    }

    List<RingMember> listed() {
        return listed;
    }

    void enter(RingMember member) {
        members.put(member.self().id(), member);
        listed = List.copyOf(members.values());
        onTimer();
    }

    void leave(RingMember member) {
        members.remove(member.self().id());
        listed = List.copyOf(members.values());
        onTimer();
    }

    /** A member has another time at which it wants to do something next. */
    void onTimer() {
        timersMoved = true;
    }

    /** When the first member wants to do something. Most events move no timer, and then no member is looked at. */
    long nextOfMembersMillis() {
        if (timersMoved) {
            long next = Long.MAX_VALUE;
            for (RingMember member : listed) {
                next = Math.min(
                        next, Math.min(member.nextMillis(), member.fingers().nextMillis()));
            }
            nextOfMembersMillis = next;
            timersMoved = false;
        }
        return nextOfMembersMillis;
    }

    void count(RingRule rule) {
        counters.count(rule);
    }

    /** Something that others could see has changed. */
    void onChange() {
        changes++;
        table.invalidate();
    }

    long changes() {
        return changes;
    }

    boolean isSelf(Position position) {
        return position.owner().node().equals(self.node());
    }

    void ask(Contact to, Question question, Asker asker) {
        questions.ask(known.newest(to), question, asker);
    }

    void tell(Position to, Notice notice) {
        notices.computeIfAbsent(known.newest(to.owner()), node -> new ArrayList<>())
                .add(notice);
    }

    boolean hasNotices() {
        return !notices.isEmpty();
    }

    /** What is to be told to one node; notices to the own node come like all others. */
    Map.Entry<Contact, List<Notice>> takeNotices() {
        Map.Entry<Contact, List<Notice>> first = notices.entrySet().iterator().next();
        Map.Entry<Contact, List<Notice>> taken = Map.entry(first.getKey(), List.copyOf(first.getValue()));
        notices.remove(first.getKey());
        return taken;
    }

    boolean isDead(long nowMillis, Position position) {
        return !isSelf(position) && known.isDead(nowMillis, position.owner().node());
    }

    /** For round trips alone, which on a fast network are fractions of a millisecond. */
    long nowMicros() {
        return TimeUnit.NANOSECONDS.toMicros(clock.monotonicNanos());
    }

    /** Between 0.9 and 1.1 times as long, so that nodes do not fall into step. */
    long jittered(long millis) {
        long spread = Math.max(1, millis / 5);
        return millis - spread / 2 + random.nextInt((int) spread);
    }

    /** When all quiet members have their next round together, so that they share messages and moments. */
    long nextQuietRound(long nowMillis) {
        if (quietRoundMillis <= nowMillis) {
            quietRoundMillis = nowMillis + jittered(options.quietPeriodMillis());
        }
        return quietRoundMillis;
    }

    /** The own member nearest before the id; null if no position is on the ring. */
    @Nullable
    RingMember before(RingId id) {
        Map.Entry<RingId, RingMember> lower = members.lowerEntry(id);
        Map.Entry<RingId, RingMember> nearest = lower != null ? lower : members.lastEntry();
        return nearest == null ? null : nearest.getValue();
    }

    /** The own member nearest at or behind the id; null if no position is on the ring. */
    @Nullable
    RingMember behind(RingId id) {
        Map.Entry<RingId, RingMember> higher = members.ceilingEntry(id);
        Map.Entry<RingId, RingMember> nearest = higher != null ? higher : members.firstEntry();
        return nearest == null ? null : nearest.getValue();
    }

    /** The own member that comes next behind this one; itself if it is the only one. */
    RingMember nextOwn(RingMember member) {
        Map.Entry<RingId, RingMember> higher = members.higherEntry(member.self().id());
        return (higher != null ? higher : members.firstEntry()).getValue();
    }

    /** How many positions the ring has, by how close together those are that follow the own ones. */
    double estimatedPositions() {
        double share = 0;
        long entries = 0;
        for (RingMember member : members.values()) {
            SuccessorList successors = member.successors();
            if (!successors.isLost() && !member.isAlone()) {
                share += member.self().id().distanceTo(successors.last().id()).toDouble() * 0x1p-128;
                entries += successors.entries().size();
            }
        }
        return entries == 0 ? 1 : entries / share;
    }
}
